import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { createGateway, type Gateway } from '@fenghuo/gateway/gateway.ts';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { SourceStartError } from '@fenghuo/gateway/sources/source-start-error.ts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { register } from 'prom-client';
import { StoredPrincipals } from './access/principal-directory.ts';
import { createWeb } from './api/web.ts';
import { brokerSession } from './broker-session.ts';
import { Failpoints } from './engine/failpoint.ts';
import { LeaseKeeper } from './engine/lease-keeper.ts';
import { PulseKeeper } from './engine/pulse-keeper.ts';
import { RateMeter } from './engine/rate-meter.ts';
import { Writer } from './engine/writer.ts';
import type { Registry } from './registry/registry.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { Listener } from './store/listener.ts';
import { connectClient } from './store/pool.ts';
import { loadRegistry } from './store/sql/load-registry.ts';
import { makeEventDays } from './store/sql/make-event-days.ts';

export interface StationOptions {
  settings: Settings;
  dataFolder: string;
  pool: Pool;
  serverKey: Buffer;
  appUrl: string;
  ownerUrl: string;
  log: Logger;
  tell: (sentence: string) => void;
  /** Another process has taken the writer's lease. */
  onFenced: () => void;
}

/** Screen as `npm run build -w screen` leaves it. */
const screenFolder = path.resolve(import.meta.dirname, '../../screen/dist');
/** A writer that froze in the middle of a transaction must not keep its successor waiting. */
const writerConnection = { settings: { idle_in_transaction_session_timeout: '3s' }, answerWithinMs: 60_000 };
const leaseConnection = { settings: { lock_timeout: '2s' }, answerWithinMs: 5000 };
/** A device that was not heard for three heartbeats of ten minutes is not counted as online. */
const onlineWithinMs = 30 * 60_000;
const dayCheckMs = 3_600_000;

function toStartupError(error: unknown): never {
  if (!(error instanceof SourceStartError)) throw error;
  const at = `${error.host}:${error.port}`;
  if (error.reason !== 'port-in-use')
    throw new StartupError('setting', `MQTT cannot listen on ${at}: ${error.reason}.`);
  const choose = 'Stop it, or set FENGHUO_MQTT_PORT to another.';
  throw new StartupError('port-taken', `Port ${error.port} for MQTT is taken by another program. ${choose}`);
}

function readTls(cert: string, key: string): { cert: Buffer; key: Buffer } {
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch (error) {
    throw new StartupError(
      'setting',
      `A TLS file cannot be read: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

/** One running station: lease, writer, gateway, web, and what they share. */
export class Station {
  readonly #options: StationOptions;
  readonly #lastSeen = new LastSeen();
  readonly #queue = new IntakeQueue();
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor(options: StationOptions) {
    this.#options = options;
  }

  /** Starts the parts in order: nothing is taken in before the writer can store it. */
  async start(): Promise<void> {
    const { settings, appUrl, log, onFenced, tell } = this.#options;
    const connectLease = () => connectClient({ url: appUrl, name: 'fenghuo-lease', ...leaseConnection });
    const connectWriter = () => connectClient({ url: appUrl, name: 'fenghuo-writer', ...writerConnection });
    const lease = new LeaseKeeper({
      connect: connectLease,
      county: settings.FENGHUO_COUNTY,
      holder: `${hostname()}:${process.pid}`,
      log,
      onLost: onFenced,
    });
    this.#ends.push(() => lease.stop());
    const epoch = await lease.start();
    const registry = await this.#loadRegistry();
    const writer = new Writer({
      connect: connectWriter,
      registry,
      intake: this.#queue,
      epoch,
      clock: Date.now,
      timeZone: settings.FENGHUO_TIME_ZONE,
      failpoints: new Failpoints(settings.FENGHUO_FAILPOINT),
      log,
      onFenced,
    });
    await writer.start();
    this.#ends.push(() => writer.stop());
    const listener = new Listener({ databaseUrl: appUrl, name: 'fenghuo-station', log });
    listener.on('fenghuo_command', () => writer.commandArrived());
    listener.onResume(() => writer.commandArrived());
    const { port: mqttPort, gateway } = await this.#openGateway(registry, listener, lease);
    await listener.start();
    this.#ends.push(() => listener.stop());
    await this.#startPulse(registry, writer, gateway);
    const { port: httpPort } = await this.#openWeb();
    this.#keepEventDays();
    await this.#announce({ httpPort, mqttPort });
    tell(`ready: http://${settings.FENGHUO_HOST}:${httpPort}  mqtt://${settings.FENGHUO_HOST}:${mqttPort}`);
  }

  /** Stops in reverse: no more people, no more devices, what was taken is stored, the lease is given back. */
  async stop(): Promise<void> {
    for (const end of this.#ends.reverse())
      await end().catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'a part did not stop cleanly'),
      );
  }

  async #loadRegistry(): Promise<Registry> {
    const { appUrl, settings } = this.#options;
    const client = await connectClient({ url: appUrl, name: 'fenghuo-registry' });
    try {
      const registry = await loadRegistry(client, settings.FENGHUO_COUNTY, (no, at) =>
        this.#lastSeen.restore(no, at),
      );
      if (registry === null) throw new Error(`county ${settings.FENGHUO_COUNTY} is not in the database`);
      return registry;
    } finally {
      await client.end();
    }
  }

  async #openGateway(
    registry: Registry,
    listener: Listener,
    lease: LeaseKeeper,
  ): Promise<{ port: number; gateway: Gateway }> {
    const { settings, pool, serverKey, log } = this.#options;
    const { FENGHUO_COUNTY: county, FENGHUO_MQTT_TLS_CERT: cert, FENGHUO_MQTT_TLS_KEY: key } = settings;
    const tls = cert === undefined || key === undefined ? undefined : readTls(cert, key);
    const areaOf = (deviceId: string) => registry.areaOf(deviceId);
    const principals = new StoredPrincipals({ db: pool, listener, county, serverKey, areaOf, log });
    principals.start();
    const gateway = createGateway({
      clock: Date.now,
      principals,
      deviceNumber: (deviceId) => registry.numberOf(deviceId),
      queue: this.#queue,
      lastSeen: this.#lastSeen,
      endpoint: { host: settings.FENGHUO_HOST, port: settings.FENGHUO_MQTT_PORT, ...(tls && { tls }) },
      session: brokerSession(settings, () => lease.isHeld),
      log,
      metrics: register,
    });
    this.#ends.push(() => gateway.stop());
    const { port } = await gateway.start().catch(toStartupError);
    return { port, gateway };
  }

  async #startPulse(registry: Registry, writer: Writer, gateway: Gateway): Promise<void> {
    const { settings, pool, log } = this.#options;
    const rate = new RateMeter();
    const pulse = new PulseKeeper({
      pool,
      county: settings.FENGHUO_COUNTY,
      log,
      lastSeen: this.#lastSeen,
      read: () => {
        const online = this.#lastSeen.countOnline(Date.now(), onlineWithinMs, registry.cameraMask());
        return {
          detectorsOnline: online.detectors,
          camerasOnline: online.cameras,
          ...rate.read(writer.figures.events, gateway.tallies.heartbeats, performance.now()),
          backlog: this.#queue.size,
          broker: gateway.session === null ? 'none' : gateway.session.connected ? 'connected' : 'away',
        };
      },
    });
    this.#ends.push(() => pulse.stop());
    await pulse.start();
  }

  async #openWeb(): Promise<{ port: number }> {
    const { settings, pool, appUrl, serverKey, log } = this.#options;
    const web = createWeb({
      pool,
      databaseUrl: appUrl,
      county: settings.FENGHUO_COUNTY,
      timeZone: settings.FENGHUO_TIME_ZONE,
      serverKey,
      screenFolder,
      host: settings.FENGHUO_HOST,
      port: settings.FENGHUO_HTTP_PORT,
      behindHttpsProxy: settings.FENGHUO_HTTPS,
      demoTimeFactor: settings.FENGHUO_DEMO_TIME_FACTOR ?? null,
      clock: Date.now,
      log,
    });
    const started = await web.start();
    this.#ends.push(() => web.stop());
    return started;
  }

  #keepEventDays(): void {
    const { pool, log } = this.#options;
    const timer = setInterval(() => {
      makeEventDays(pool).catch((error: unknown) =>
        log.error({ err: error }, 'days of the event table not made'),
      );
    }, dayCheckMs);
    this.#ends.push(async () => clearInterval(timer));
  }

  /** Tells scripts on this machine where the station is. */
  async #announce(ports: { httpPort: number; mqttPort: number }): Promise<void> {
    const { dataFolder, settings, log } = this.#options;
    const file = path.join(dataFolder, 'station.json');
    const facts = { pid: process.pid, ...ports, county: settings.FENGHUO_COUNTY, startedAt: Date.now() };
    await writeFile(file, `${JSON.stringify(facts)}\n`, { mode: 0o600 });
    this.#ends.push(() => rm(file, { force: true }));
    log.info(facts, 'ready');
  }
}
