import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Child, sentenceOf } from '../station/child.ts';
import { Failure } from '../station/failure.ts';

/** What the built screen is made of. Folders are taken whole, tests left out. */
const sources = [
  'contracts/src',
  'screen/src',
  'screen/public',
  'screen/index.html',
  'screen/package.json',
  'screen/vite.config.ts',
  'package-lock.json',
];

/** In the built folder: digest of the sources that it was built from. */
const stampFile = 'screen/dist/built-from.json';

/** Digest of everything that the screen is built from. Contents, not times: a checkout has no true times. */
export async function sourceDigest(project: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of await filesOf(project, source))
      hash.update(file).update(await readFile(join(project, file)));
  return hash.digest('hex');
}

async function filesOf(project: string, path: string): Promise<string[]> {
  const found = await stat(join(project, path)).catch(() => null);
  if (found === null) return [];
  if (!found.isDirectory()) return [path];
  const entries = await readdir(join(project, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .sort();
}

/** True when the built screen is that of these sources. */
export async function isScreenFresh(project: string, digest: string): Promise<boolean> {
  const stamp = await readFile(join(project, stampFile), 'utf8').catch(() => null);
  return stamp?.includes(digest) === true && existsSync(join(project, 'screen/dist/index.html'));
}

export interface BuildScreenOptions {
  project: string;
  onProgress: (doing: string) => void;
  /** Told of the process, so that a stop in between ends it too. */
  onChild?: (child: Child) => void;
}

/** Builds the screen if it is not there or not of these sources. True when it had to. */
export async function ensureScreen({ project, onProgress, onChild }: BuildScreenOptions): Promise<boolean> {
  const digest = await sourceDigest(project);
  if (await isScreenFresh(project, digest)) return false;
  const child = new Child({
    name: 'build of the screen',
    ...npmRun(['run', 'build', '-w', 'screen']),
    cwd: project,
    env: process.env,
    onLine: (line) => onProgress(line.trim()),
  });
  child.start();
  onChild?.(child);
  const ended = await child.ended;
  if (ended.code !== 0) throw new Failure('screen-failed', sentenceOf(ended, child.name));
  await writeFile(join(project, stampFile), `${JSON.stringify({ digest })}\n`);
  return true;
}

/** The npm that started us, by the Node that runs us; else the one on the path. */
function npmRun(args: string[]): { command: string; args: string[] } {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js')
    ? { command: process.execPath, args: [npm, ...args] }
    : { command: 'npm', args };
}
