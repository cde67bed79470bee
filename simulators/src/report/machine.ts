import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** On what, and of what, a run was made. */
export interface Machine {
  /** Version of Fenghuo, and the commit with a `+` when files differ from it; null outside of a checkout. */
  version: string;
  commit: string | null;
  node: string;
  system: string;
  processor: string;
  cores: number;
  memoryGb: number;
  /** Processes that ran or waited, on average over 1, 5 and 15 minutes: above the cores, others had their part. */
  load: number[];
}

export async function describeMachine(project: string): Promise<Machine> {
  const { version } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as {
    version: string;
  };
  const [commit, changed] = await Promise.all([
    git(project, ['rev-parse', '--short=12', 'HEAD']),
    git(project, ['status', '--porcelain', '--untracked-files=no']),
  ]);
  return {
    version,
    commit: commit === null ? null : `${commit}${changed === '' ? '' : '+'}`,
    node: process.version,
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model ?? '–',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg(),
  };
}

function git(folder: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', ['-C', folder, ...args], { timeout: 5_000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : null),
    );
  });
}
