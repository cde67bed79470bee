import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from '../station/child.ts';
import { removeEmbeddedDatabase } from '../station/embedded-database.ts';
import { type EstateSize, generateEstate } from '../station/estate-process.ts';
import { Failure } from '../station/failure.ts';
import { withoutSettings } from '../station/own-environment.ts';
import { ServerProcess } from '../station/server-process.ts';
import { passwordOf, readAccounts, stationUrls } from '../station/station-file.ts';

export interface StandaloneServerOptions {
  /** Root of the checkout. */
  project: string;
  /** Size of its estate. */
  size: EstateSize;
  /** What it is doing, in words. */
  onProgress: (doing: string) => void;
}

export interface StandaloneAddress {
  url: string;
  mqttUrl: string;
  account: string;
  password: string;
}

const graceMs = 12_000;

/** A server of one's own, on free ports with a small estate in a temporary folder, gone when it is stopped. */
export class StandaloneServer {
  readonly #options: StandaloneServerOptions;
  #folder: string | null = null;
  #server: ServerProcess | null = null;
  #maker: Child | null = null;

  constructor(options: StandaloneServerOptions) {
    this.#options = options;
  }

  async start(): Promise<StandaloneAddress> {
    const { project, size, onProgress } = this.#options;
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-selftest-'));
    this.#folder = folder;
    const data = join(folder, 'data');
    const estate = join(folder, 'estate');
    const server = new ServerProcess({
      project,
      data,
      env: {
        ...withoutSettings(process.env),
        FENGHUO_ESTATE: estate,
        FENGHUO_HTTP_PORT: '0',
        FENGHUO_MQTT_PORT: '0',
      },
      onProgress,
      onLog: () => {},
    });
    this.#server = server;
    const onChild = (child: Child) => {
      this.#maker = child;
    };
    const [station] = await Promise.all([
      server.start(),
      generateEstate({ project, folder: estate, ...size, onProgress, onChild }),
    ]);
    const accounts = await readAccounts(data);
    if (accounts === null) throw new Failure('server-failed', 'The server made no accounts.json.');
    return {
      ...stationUrls(station, undefined),
      account: 'tester',
      password: passwordOf(accounts, 'tester'),
    };
  }

  /** Stops it and removes its folder. May be called at any time. */
  async stop(): Promise<void> {
    await this.#maker?.stop(graceMs);
    await this.#server?.stop(graceMs);
    if (this.#folder === null) return;
    await removeEmbeddedDatabase(join(this.#folder, 'data'));
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
