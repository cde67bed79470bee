import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { copiesOf, project, readDockerIgnore, type Stage, said } from './docker-files.ts';

/** Stands in for what the screen's build leaves, which no check here looks into. */
export const builtPage = '<!doctype html><title>built</title>';

/**
 * Lays out at `app` what the last stage copies to its working directory: files of the repository less those
 * that are ignored, the packages that npm counts as the server's, a stand-in for the built screen.
 */
export async function layOut(stages: readonly Stage[], app: string): Promise<void> {
  for (const { from, sources, target } of copiesOf(stages.at(-1)!)) {
    if (from === 'dependencies') await layOutPackages(stages, join(app, target));
    else if (from === 'screen') await layOutPage(join(app, target));
    else for (const source of sources) await copyFromProject(source, join(app, target));
  }
}

async function copyFromProject(source: string, target: string): Promise<void> {
  const keptOut = readDockerIgnore();
  const isFolder = (await stat(join(project, source))).isDirectory();
  await cp(join(project, source), isFolder ? target : join(target, source), {
    recursive: true,
    filter: (path) => !keptOut(relative(project, path)),
  });
}

async function layOutPage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), builtPage);
}

/**
 * Links to the packages that npm counts as those of the workspaces that the stage installs, less what it
 * removes. A package's own dependencies are found from where it really lies: npm answers for those.
 */
async function layOutPackages(stages: readonly Stage[], folder: string): Promise<void> {
  const stage = stages.find(({ name }) => name === 'dependencies')!;
  const command = said(stage, 'RUN');
  const workspaces = command.match(/--workspace \S+/g)!.flatMap((option) => option.split(' '));
  const removed = /rm -rf (.*)$/.exec(command)![1]!;
  const list = ['ls', '--parseable', '--all', '--omit=dev', ...workspaces];
  const { stdout } = await promisify(execFile)('npm', list, { cwd: project });
  const paths = stdout.split('\n').map((path) => relative(project, path));
  for (const path of paths.filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))) {
    if (path.startsWith(removed)) continue;
    const link = join(folder, relative('node_modules', path));
    await mkdir(dirname(link), { recursive: true });
    const workspace = /^node_modules\/@fenghuo\/(.*)$/.exec(path)?.[1];
    await symlink(workspace === undefined ? join(project, path) : join('../..', workspace), link);
  }
}

/** Every file below a folder with the time of its last change: equal before and after means nothing was written. */
export async function fingerprint(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = await Promise.all(files.map(async (file) => `${file} ${(await stat(file)).mtimeMs}`));
  return lines.sort();
}
