import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDatabase, removeEmbeddedDatabase } from '../station/embedded-database.ts';
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
  /** Text of another rulebook than the one that the house comes with. */
  rulebook?: string | undefined;
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
    const { project, estate, rulebook, onProgress } = this.#options;
    this.#folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'));
    const data = join(this.#folder, 'data');
    const ports = { FENGHUO_HTTP_PORT: '0', FENGHUO_MQTT_PORT: '0' };
    const env: NodeJS.ProcessEnv = { ...withoutSettings(process.env), ...ports, FENGHUO_ESTATE: estate };
    if (rulebook !== undefined) await this.#put(env, rulebook);
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

  async #put(env: NodeJS.ProcessEnv, rulebook: string): Promise<void> {
    env.FENGHUO_RULEBOOK = join(this.#folder!, 'rulebook.yaml');
    await writeFile(env.FENGHUO_RULEBOOK, rulebook);
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
