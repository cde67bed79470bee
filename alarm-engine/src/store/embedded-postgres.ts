import { realpathSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import type { OnProgress } from '../startup-progress.ts';
import { clusterEntry, placeCluster } from './cluster-place.ts';
import { errorCode } from './connection-failure.ts';
import {
  appName,
  type DatabaseFile,
  embeddedUrl,
  newDatabaseFile,
  readDatabaseFile,
  writeDatabaseFile,
} from './database-file.ts';
import { claimFolder } from './folder-claim.ts';
import { freePort } from './free-port.ts';
import { checkMajorVersion, isMade, makeCluster, ownerName } from './make-cluster.ts';
import {
  type Cluster,
  dataFolderOf,
  findPostmaster,
  type LivingPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';
import { PostmasterKeeper } from './postmaster-keeper.ts';
import { fileFailure } from './startup-failures.ts';

export interface EmbeddedPostgresOptions {
  /** The data folder. It holds `database.json`, and the cluster itself unless we are root. */
  folder: string;
  log: Logger;
  onProgress?: OnProgress;
  /** Where a server that runs as root keeps clusters and binaries. */
  systemFolder?: string;
}

export interface EmbeddedPostgres {
  /** For migrations: a user that owns everything. */
  ownerUrl: string;
  /** For the running server: a user that `migrate` makes, with the rights of `fenghuo_app`. */
  appUrl: string;
  /** Found alive, left behind by a server that was killed. */
  adopted: boolean;
  /** The cluster was made just now. */
  firstStart: boolean;
  /** Where the cluster lies: `data` and `log` below it. */
  clusterFolder: string;
  /** Ends the database within a bounded time and gives the folder free. */
  stop(): Promise<void>;
}

/** What the start works on, once it is known where the cluster lies. */
interface Start {
  folder: string;
  cluster: Cluster;
  known: DatabaseFile | null;
  log: Logger;
  onProgress: OnProgress;
}

/**
 * Brings the embedded Postgres up: makes it at the first start, adopts it when it outlived a killed server,
 * else starts it (it recovers by itself after a crash). It runs in a session of its own and ends only by
 * `stop`. Expected failures are StartupErrors. Measured on 2 cores: first start 1.1 s (initdb 0.8, copy of the
 * binaries for root 0.15), a later one 0.13 s, adoption 0.05 s, stop 0.11 s.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await bringUp(options);
  } catch (error) {
    throw fileFailure(error, resolve(options.folder)) ?? error;
  }
}

async function bringUp(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, onProgress = () => {}, systemFolder = '/var/lib/fenghuo' } = options;
  await mkdir(options.folder, { recursive: true });
  await access(options.folder, constants.W_OK | constants.X_OK);
  const folder = realpathSync(options.folder);
  const known = await readDatabaseFile(folder);
  const cluster = await placeCluster({ folder, known, systemFolder, log });
  const claim = await claimFolder(cluster.folder);
  try {
    const { port, ...up } = await startOrAdopt({ folder, cluster, known, log, onProgress });
    const keeper = new PostmasterKeeper({ cluster, port, log });
    keeper.start();
    const stop = async () => {
      await keeper.stop();
      await stopPostmaster(cluster);
      await claim.release();
    };
    return { ...up, clusterFolder: cluster.folder, stop };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

type Started = Omit<EmbeddedPostgres, 'clusterFolder' | 'stop'> & { port: number };

async function startOrAdopt(start: Start): Promise<Started> {
  const { folder, cluster, onProgress, log } = start;
  const firstStart = !isMade(cluster);
  const file = firstStart ? await makeFirst(start) : await readExisting(start);
  const living = await awaitAnswer(cluster, file);
  if (living === null) onProgress('starting the database');
  const port = living === null ? await startOnFreePort(cluster, file.port) : living.port;
  if (port !== file.port) await writeDatabaseFile(folder, { ...file, port });
  log.info({ port, adopted: living !== null, firstStart, cluster: cluster.folder }, 'the database is up');
  return {
    port,
    ownerUrl: embeddedUrl(ownerName, file.ownerPassword, port),
    appUrl: embeddedUrl(appName, file.appPassword, port),
    adopted: living !== null,
    firstStart,
  };
}

/** The passwords are on disk before the cluster that needs them. */
async function makeFirst({ folder, cluster, known, log, onProgress }: Start): Promise<DatabaseFile> {
  if (known !== null) log.warn({ folder: cluster.folder }, 'the database is gone; making an empty one');
  const file = known ?? newDatabaseFile({ cluster: clusterEntry(cluster), port: await freePort(null) });
  await writeDatabaseFile(folder, file);
  onProgress('making the database');
  await makeCluster(cluster, file.ownerPassword);
  return file;
}

async function readExisting({ folder, cluster, known }: Start): Promise<DatabaseFile> {
  await checkMajorVersion(cluster);
  if (known !== null) return known;
  throw new StartupError(
    'database-refused',
    `${join(folder, 'database.json')} is missing, and with it the passwords of the database in ${cluster.folder}: restore the file, or move the data folder away to begin anew.`,
  );
}

/** How long a living postmaster may recover or shut down, and how long it may say nothing. Milliseconds. */
const patience = { busy: 600_000, silent: 15_000 };

/** The living postmaster of this cluster once it lets us in; null when there is none (any more). */
async function awaitAnswer(cluster: Cluster, file: DatabaseFile): Promise<LivingPostmaster | null> {
  const begun = Date.now();
  for (;;) {
    const living = await findPostmaster(cluster);
    if (living === null) return null;
    const answer = await knock(living.port, file.ownerPassword);
    if (answer === 'open') return living;
    if (answer === 'refused')
      throw new StartupError(
        'database-refused',
        `The database that runs in ${dataFolderOf(cluster)} (process ${living.pid}) does not accept the password in database.json.`,
      );
    if (Date.now() - begun > patience[answer])
      throw new StartupError(
        'database-start',
        `The database that runs in ${dataFolderOf(cluster)} (process ${living.pid}) does not answer: end that process.`,
      );
    await delay(50);
  }
}

/** `busy`: it recovers or shuts down. `silent`: it does not listen (yet) or hangs. */
async function knock(port: number, password: string): Promise<'open' | 'busy' | 'silent' | 'refused'> {
  const at = { host: '127.0.0.1', port, database: 'postgres', user: ownerName, password };
  const client = new pg.Client({ ...at, connectionTimeoutMillis: 3000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'open';
  } catch (error) {
    const code = errorCode(error);
    if (code === '57P03') return 'busy';
    return code?.startsWith('28') ? 'refused' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
}

/** Another port when the remembered one is taken; waits for the rest of a killed postmaster to be gone. */
async function startOnFreePort(cluster: Cluster, remembered: number): Promise<number> {
  for (let left = 20; ; left--) {
    const port = await freePort(remembered);
    const outcome = await startPostmaster(cluster, port);
    if (outcome.started) return port;
    if (left === 0)
      throw new StartupError(
        'database-start',
        `Postgres does not start in ${cluster.folder}: ${outcome.because}.`,
      );
    if (outcome.because === 'still-in-use') await delay(500);
  }
}
