import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterSettings } from './cluster-settings.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { commandLineOf } from './process-command-line.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';
import type { ServiceUser } from './service-user.ts';
import { programFailure } from './startup-failures.ts';

/** A cluster: the folder with `data` and `log` below it, the programs for it, and who runs them. */
export interface Cluster {
  folder: string;
  binaries: PostgresBinaries;
  /** Null when Postgres runs as ourselves. */
  user: ServiceUser | null;
}

export interface LivingPostmaster {
  pid: number;
  port: number;
}

/** Recovery after a crash replays up to `max_wal_size`; a start that takes longer than this has failed. Seconds. */
const startSeconds = 600;
/** A fast shutdown writes one checkpoint. Seconds. */
const stopSeconds = 120;

export const dataFolderOf = (cluster: Cluster) => join(cluster.folder, 'data');
const logFolderOf = (cluster: Cluster) => join(cluster.folder, 'log');

export function runPostgresProgram(
  cluster: Cluster,
  name: string,
  args: readonly string[],
): Promise<ProgramEnd> {
  const { folder, user } = cluster;
  return runProgram({ program: join(cluster.binaries.folder, 'bin', name), args, user, folder });
}

/**
 * The postmaster that runs on this cluster, null when there is none. A pid file whose process is gone, or is
 * by now another program or a postmaster of another folder, counts as none.
 */
export async function findPostmaster(cluster: Cluster): Promise<LivingPostmaster | null> {
  const data = dataFolderOf(cluster);
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  const line = await commandLineOf(pid);
  return line !== null && isPostmasterOf(line, data) ? { pid, port } : null;
}

/** Whether a command line is what `pg_ctl start` made of this data folder. */
export function isPostmasterOf(commandLine: string, dataFolder: string): boolean {
  const withSlashes = (text: string) => text.replaceAll('\\', '/').replaceAll('"', '');
  const [, folder] = /\bpostgres(?:\.exe)? -D (.*)$/s.exec(withSlashes(commandLine).trimEnd()) ?? [];
  return folder === withSlashes(dataFolder);
}

export type StartOutcome = { started: true } | { started: false; because: 'port-taken' | 'still-in-use' };

/**
 * Starts the postmaster in a session of its own, so that a Ctrl-C meant for us does not reach it, and waits
 * until it accepts connections. Throws a StartupError unless another try can help: on another port, or when
 * the last processes of a killed postmaster have let go of its memory.
 */
export async function startPostmaster(cluster: Cluster, port: number): Promise<StartOutcome> {
  const [data, logFolder] = [dataFolderOf(cluster), logFolderOf(cluster)];
  const startLog = join(logFolder, 'start.log');
  await rm(join(data, 'postmaster.pid'), { force: true });
  await rm(startLog, { force: true });
  await writeFile(join(data, 'postgresql.conf'), clusterSettings({ port, logFolder }));
  const before = await logSizes(logFolder);
  const end = await runPostgresProgram(cluster, 'pg_ctl', [
    ...['start', '--wait', '--timeout', String(startSeconds), '--silent'],
    ...['--pgdata', data, '--log', startLog],
  ]);
  if (end.code === 0) return { started: true };
  const output = `${end.output}\n${await readLastWords(logFolder, before)}`;
  if (/Address already in use|could not create any TCP\/IP sockets/.test(output))
    return { started: false, because: 'port-taken' };
  if (/is still in use/.test(output)) return { started: false, because: 'still-in-use' };
  throw programFailure({ doing: 'starting the database', output });
}

/** Ends the postmaster within a bounded time: `fast` first (open transactions roll back), then at once. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  if ((await findPostmaster(cluster)) === null) return;
  for (const mode of ['fast', 'immediate']) {
    const timeout = ['--wait', '--timeout', String(stopSeconds)];
    await runPostgresProgram(cluster, 'pg_ctl', [
      'stop',
      '--mode',
      mode,
      '--pgdata',
      dataFolderOf(cluster),
      ...timeout,
    ]);
    if ((await findPostmaster(cluster)) === null) return;
  }
}

async function logSizes(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const name of await readdir(folder)) sizes.set(name, (await stat(join(folder, name))).size);
  return sizes;
}

/** How long the process that writes the logs may outlive the postmaster, and how often it is looked after. ms. */
const loggerMs = 2000;
const lookMs = 20;

/** What was added to the logs once they say why it ended: another process writes them, and may be behind. */
async function readLastWords(folder: string, before: ReadonlyMap<string, number>): Promise<string> {
  const end = performance.now() + loggerMs;
  for (;;) {
    const words = await readLogsSince(folder, before);
    if (/\b(PANIC|FATAL):/.test(words) || performance.now() > end) return words;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** What was added to the logs; a log that shrank was begun anew. */
async function readLogsSince(folder: string, before: ReadonlyMap<string, number>): Promise<string> {
  const texts: string[] = [];
  for (const [name, size] of await logSizes(folder)) {
    const seen = before.get(name) ?? 0;
    const content = await readFile(join(folder, name));
    texts.push(content.subarray(size < seen ? 0 : seen).toString());
  }
  return texts.join('\n');
}
