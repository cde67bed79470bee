import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { removeEmbeddedDatabase } from '../station/embedded-database.ts';
import { Failure } from '../station/failure.ts';
import { withoutSettings } from '../station/own-environment.ts';
import { ServerProcess } from '../station/server-process.ts';
import {
  type Accounts,
  bridgeSecretOf,
  demoBridge,
  readAccounts,
  stationUrls,
} from '../station/station-file.ts';

export interface BenchStationOptions {
  /** Root of the checkout. */
  project: string;
  /** A whole estate folder. */
  estate: string;
  /** What it is doing, in words. */
  onProgress: (doing: string) => void;
}

/** How a running station is reached, and which processes it is. */
export interface RunningStation {
  url: string;
  mqttPort: number;
  county: string;
  bridge: { username: string; secret: string };
  accounts: Accounts;
  /** The database as the server itself sees it, and as its owner. */
  databaseUrl: string;
  ownerDatabaseUrl: string;
  serverPid: number;
  postgresPid: number;
}

const databaseFile = z.object({
  cluster: z.string(),
  port: z.int(),
  ownerPassword: z.string(),
  appPassword: z.string(),
});

const graceMs = 20_000;

/** The whole station with its own database, on free ports in a temporary folder, gone when it is stopped. */
export class BenchStation {
  readonly #options: BenchStationOptions;
  #folder: string | null = null;
  #server: ServerProcess | null = null;

  constructor(options: BenchStationOptions) {
    this.#options = options;
  }

  async start(): Promise<RunningStation> {
    const { project, estate, onProgress } = this.#options;
    this.#folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'));
    const data = join(this.#folder, 'data');
    const ports = { FENGHUO_HTTP_PORT: '0', FENGHUO_MQTT_PORT: '0' };
    const env = { ...withoutSettings(process.env), ...ports, FENGHUO_ESTATE: estate };
    const server = new ServerProcess({ project, data, env, onProgress, onLog: () => {} });
    this.#server = server;
    const station = await server.start();
    const accounts = await readAccounts(data);
    if (accounts === null) throw new Failure('server-failed', 'The server made no accounts.json.');
    const urls = stationUrls(station, undefined);
    return {
      url: urls.url,
      mqttPort: Number(new URL(urls.mqttUrl).port),
      county: station.county,
      bridge: { username: demoBridge, secret: bridgeSecretOf(accounts) },
      accounts,
      serverPid: station.pid,
      ...(await readDatabase(data)),
    };
  }

  /** Stops it and removes what it left. May be called at any time. */
  async stop(): Promise<void> {
    await this.#server?.stop(graceMs);
    if (this.#folder === null) return;
    await removeEmbeddedDatabase(join(this.#folder, 'data'));
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    this.#folder = null;
  }
}

async function readDatabase(data: string) {
  const text = await readFile(join(data, 'database.json'), 'utf8');
  const { cluster, port, ownerPassword, appPassword } = databaseFile.parse(JSON.parse(text));
  const folder = isAbsolute(cluster) ? cluster : join(data, cluster);
  const postmaster = await readFile(join(folder, 'data/postmaster.pid'), 'utf8');
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/fenghuo`;
  return {
    databaseUrl: url('fenghuo_server', appPassword),
    ownerDatabaseUrl: url('fenghuo_owner', ownerPassword),
    postgresPid: Number(postmaster.split('\n')[0]),
  };
}
