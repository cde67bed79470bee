import path from 'node:path';
import type { Channel } from '@fenghuo/contracts/deliveries.ts';
import { createGateway, type Gateway, type GatewayPorts } from '@fenghuo/gateway/gateway.ts';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { DeviceClocks } from '@fenghuo/gateway/liveness/device-clocks.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { SourceStartError } from '@fenghuo/gateway/sources/source-start-error.ts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { register } from 'prom-client';
import { StoredCarriers } from './access/carrier-sources.ts';
import { StoredPrincipals } from './access/principal-directory.ts';
import { announceStation, readySentence } from './announce-station.ts';
import { createWeb } from './api/web.ts';
import { HeadKeeper } from './audit/head-keeper.ts';
import { headsPath } from './audit/heads-file.ts';
import { brokerSession } from './broker-session.ts';
import { ReportKeeper } from './cases/report-keeper.ts';
import { DeviceStateKeeper } from './engine/device-state-keeper.ts';
import { Failpoints } from './engine/failpoint.ts';
import { leaseHolder } from './engine/lease-holder.ts';
import { LeaseKeeper } from './engine/lease-keeper.ts';
import { LivenessKeeper } from './engine/liveness-keeper.ts';
import { PulseKeeper } from './engine/pulse-keeper.ts';
import { RateMeter } from './engine/rate-meter.ts';
import { Writer } from './engine/writer.ts';
import { HistoryKeeper } from './history/history-keeper.ts';
import { openHttps } from './https/open-https.ts';
import { tellPhones, trustUrl } from './https/tell-phones.ts';
import { Webhook } from './notify/channels/webhook/webhook.ts';
import { connectionsOfJobs, DeliveryJobs } from './notify/delivery-jobs.ts';
import { channelsInUse, type OutwardChannel } from './notify/pipeline.ts';
import { oidcProvider } from './oidc-provider.ts';
import { ReprocessDesk } from './quarantine/reprocess-desk.ts';
import type { Registry } from './registry/registry.ts';
import { StoredIdentities } from './registry/stored-identities.ts';
import { RulebookFile } from './rulebook-file.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { Listener } from './store/listener.ts';
import { connectClient, createPool } from './store/pool.ts';
import { findDrillAtPort } from './store/sql/find-drill-at-port.ts';
import { loadRegistry } from './store/sql/load-registry.ts';
import { putDrillPorts } from './store/sql/put-drill-ports.ts';
import { saveChannels } from './store/sql/save-channels.ts';
import { TlsFiles } from './tls-files.ts';
import { transmittersDoor } from './transmitters-door.ts';
import { putNamedWorkflow } from './workflow-setting.ts';

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
const writerConnection = {
  settings: { idle_in_transaction_session_timeout: '3s' },
  answerWithinMs: 60_000,
  pipeline: true,
};
const leaseConnection = { settings: { lock_timeout: '2s' }, answerWithinMs: 5000 };
/** A device that was not heard for three heartbeats of ten minutes is not counted as online. */
const onlineWithinMs = 30 * 60_000;

function toStartupError(error: unknown): never {
  if (!(error instanceof SourceStartError)) throw error;
  const at = `${error.host}:${error.port}`;
  if (error.reason !== 'port-in-use')
    throw new StartupError('setting', `Devices cannot be listened to on ${at}: ${error.reason}.`);
  const choose =
    'Stop it, or set FENGHUO_MQTT_PORT, FENGHUO_MQTT_TLS_PORT or FENGHUO_GB26875_PORT to another.';
  throw new StartupError(
    'port-taken',
    `Port ${error.port} for devices is taken by another program. ${choose}`,
  );
}

/** What the writer's sign of life is made of. */
interface PulseSources {
  registry: Registry;
  writer: Writer;
  gateway: Gateway;
  liveness: LivenessKeeper;
}

/** One running station: lease, writer, gateway, web, and what they share. */
export class Station {
  readonly #options: StationOptions;
  readonly #lastSeen = new LastSeen();
  readonly #clocks = new DeviceClocks();
  #gateway: Gateway | null = null;
  readonly #queue = new IntakeQueue();
  readonly #ends: (() => Promise<unknown>)[] = [];

  constructor(options: StationOptions) {
    this.#options = options;
  }

  /** Starts the parts in order: nothing is taken in before the writer can store it. */
  async start(): Promise<void> {
    const { settings, dataFolder, appUrl, log, onFenced, tell } = this.#options;
    const connectLease = () => connectClient({ url: appUrl, name: 'fenghuo-lease', ...leaseConnection });
    const connectWriter = () => connectClient({ url: appUrl, name: 'fenghuo-writer', ...writerConnection });
    const lease = new LeaseKeeper({
      connect: connectLease,
      county: settings.FENGHUO_COUNTY,
      holder: leaseHolder(),
      log,
      onLost: onFenced,
    });
    this.#ends.push(() => lease.stop());
    const epoch = await lease.start();
    const registry = await this.#loadRegistry();
    const failpoints = new Failpoints(settings.FENGHUO_FAILPOINT);
    await this.#startDeliveries(failpoints);
    await this.#keepHeads();
    const writer = new Writer({
      connect: connectWriter,
      registry,
      intake: this.#queue,
      epoch,
      clock: Date.now,
      timeZone: settings.FENGHUO_TIME_ZONE,
      failpoints,
      log,
      onFenced,
    });
    await writer.start();
    this.#ends.push(() => writer.stop());
    const liveness = await this.#supervise(registry, writer);
    const listener = new Listener({ databaseUrl: appUrl, name: 'fenghuo-station', log });
    listener.on('fenghuo_command', () => writer.commandArrived());
    listener.onResume(() => writer.commandArrived());
    const { ports, gateway } = await this.#openGateway(registry, listener, lease);
    await listener.start();
    this.#ends.push(() => listener.stop());
    await this.#watchRulebook();
    await this.#putWorkflow();
    await this.#startPulse({ registry, writer, gateway, liveness });
    this.#tellStates({ registry, writer, liveness }, epoch);
    const { port: httpPort, phones } = await this.#openWeb(gateway);
    this.#keepHistory();
    this.#writeReports();
    const trusted = settings.FENGHUO_HTTPS === 'own' ? trustUrl(phones, httpPort) : null;
    const station = { httpPort, ports, trusted };
    this.#ends.push(await announceStation(station, { dataFolder, county: settings.FENGHUO_COUNTY, log }));
    tell(readySentence(station, settings));
    if (settings.FENGHUO_HTTPS === 'own') tellPhones(tell, trusted);
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
      const registry = await loadRegistry(client, settings.FENGHUO_COUNTY);
      if (registry === null) throw new Error(`county ${settings.FENGHUO_COUNTY} is not in the database`);
      return registry;
    } finally {
      await client.end();
    }
  }

  /** Before the writer: what it writes is told over the channels that are configured now. */
  async #startDeliveries(failpoints: Failpoints): Promise<void> {
    const { settings, pool, appUrl, log } = this.#options;
    const { FENGHUO_COUNTY: county, FENGHUO_WEBHOOK_URL: url, FENGHUO_WEBHOOK_SECRET: secret } = settings;
    const outward = new Map<Channel, OutwardChannel>();
    if (url !== undefined && secret !== undefined) outward.set('webhook', new Webhook({ url, secret }));
    await saveChannels(pool, county, channelsInUse(outward));
    const own = createPool({ url: appUrl, name: 'fenghuo-jobs', log, size: connectionsOfJobs });
    this.#ends.push(() => own.end());
    const jobs = new DeliveryJobs({ pool: own, outward, failpoints, log });
    this.#ends.push(() => jobs.stop());
    await jobs.start();
  }

  /** Before the writer, so that it ends after it. */
  async #keepHeads(): Promise<void> {
    const { settings, pool, dataFolder, log } = this.#options;
    const { FENGHUO_COUNTY: county, FENGHUO_TIME_ZONE: timeZone } = settings;
    const file = headsPath(dataFolder);
    const heads = new HeadKeeper({ db: pool, county, file, timeZone, clock: Date.now, log });
    await heads.start();
    this.#ends.push(() => heads.stop());
  }

  async #supervise(registry: Registry, writer: Writer): Promise<LivenessKeeper> {
    const { pool, log } = this.#options;
    const liveness = new LivenessKeeper({
      ...{ pool, registry, queue: this.#queue, log },
      ...{ lastSeen: this.#lastSeen, clocks: this.#clocks },
      canHear: () => !this.#queue.isFull && this.#gateway?.session?.connected !== false,
      rulebook: () => writer.rulebook,
      moment: () => ({ now: Date.now(), monotonic: performance.now() }),
    });
    await liveness.start();
    this.#ends.push(() => liveness.stop());
    return liveness;
  }

  async #watchRulebook(): Promise<void> {
    const { settings, pool, dataFolder, log } = this.#options;
    const file = new RulebookFile({
      ...{ db: pool, county: settings.FENGHUO_COUNTY, clock: Date.now, log },
      path: settings.FENGHUO_RULEBOOK ?? path.join(dataFolder, 'rulebook.yaml'),
    });
    await file.start();
    this.#ends.push(() => file.stop());
  }

  async #putWorkflow(): Promise<void> {
    const { settings, pool, log } = this.#options;
    const { FENGHUO_COUNTY: county, FENGHUO_WORKFLOW: named } = settings;
    if (named !== undefined) await putNamedWorkflow({ db: pool, county, named, log });
  }

  async #openGateway(
    registry: Registry,
    listener: Listener,
    lease: LeaseKeeper,
  ): Promise<{ ports: GatewayPorts; gateway: Gateway }> {
    const { settings, pool, serverKey, log } = this.#options;
    const { FENGHUO_COUNTY: county, FENGHUO_MQTT_TLS_CERT: cert, FENGHUO_MQTT_TLS_KEY: key } = settings;
    const files = cert === undefined || key === undefined ? null : new TlsFiles({ cert, key, log });
    const tls = files && { port: settings.FENGHUO_MQTT_TLS_PORT, options: await files.read() };
    const areaOf = (deviceId: string) => registry.areaOf(deviceId);
    const principals = new StoredPrincipals({
      db: pool,
      listener,
      county,
      serverKey,
      areaOf,
      log,
      onEnded: (principalNames) => gateway.endConnectionsOf(principalNames),
    });
    principals.start();
    const identities = new StoredIdentities({ db: pool, county, listener, log });
    await identities.start();
    const carriers = new StoredCarriers({ db: pool, county, serverKey, areaOf });
    const gateway = createGateway({
      clock: Date.now,
      principals,
      county,
      devices: registry.devices,
      identities,
      queue: this.#queue,
      lastSeen: this.#lastSeen,
      carriers,
      clocks: this.#clocks,
      endpoint: { host: settings.FENGHUO_HOST, port: settings.FENGHUO_MQTT_PORT, ...(tls && { tls }) },
      session: brokerSession(settings, () => lease.isHeld),
      gb26875: transmittersDoor(settings, (port) => findDrillAtPort(pool, county, port)),
      log,
      metrics: register,
    });
    this.#gateway = gateway;
    this.#ends.push(() => gateway.stop());
    const ports = await gateway.start().catch(toStartupError);
    await putDrillPorts(pool, county, ports.gb26875.drillPorts);
    const desk = new ReprocessDesk({
      ...{ db: pool, listener, county, queue: this.#queue, reprocessor: gateway.reprocessor, log },
      principalOf: async (name) => {
        const ofSource = gateway.principalOfSource(name);
        if (ofSource !== null || !name.startsWith('carrier:')) return ofSource ?? principals.named(name);
        const carrier = await carriers.find(name.slice('carrier:'.length));
        return carrier === null || carrier.revoked ? null : carrier.principal;
      },
    });
    desk.start();
    this.#ends.push(() => desk.stop());
    files?.watch((options) => gateway.renewTls(options));
    if (files !== null) this.#ends.push(() => files.stop());
    return { ports, gateway };
  }

  async #startPulse({ registry, writer, gateway, liveness }: PulseSources): Promise<void> {
    const { settings, pool, log } = this.#options;
    const rate = new RateMeter();
    const pulse = new PulseKeeper({
      pool,
      county: settings.FENGHUO_COUNTY,
      log,
      read: () => {
        const online = this.#lastSeen.countOnline(Date.now(), onlineWithinMs, registry.cameraMask());
        return {
          detectorsOnline: online.detectors,
          camerasOnline: online.cameras,
          devicesSilent: liveness.counts.silent,
          devicesSuppressed: liveness.counts.suppressed,
          devicesNeverHeard: online.neverHeard,
          ...rate.read(writer.figures.events, gateway.tallies.heartbeats, performance.now()),
          backlog: this.#queue.size,
          broker: gateway.session === null ? 'none' : gateway.session.connected ? 'connected' : 'away',
        };
      },
    });
    this.#ends.push(() => pulse.stop());
    await pulse.start();
  }

  #tellStates({ registry, writer, liveness }: Omit<PulseSources, 'gateway'>, epoch: number): void {
    const { settings, pool, log } = this.#options;
    const keeper = new DeviceStateKeeper({
      ...{ pool, county: settings.FENGHUO_COUNTY, epoch, log, devices: registry, lastSeen: this.#lastSeen },
      isSilent: liveness.isSilent,
      troubles: writer.troubles,
    });
    keeper.start();
    this.#ends.push(() => keeper.stop());
  }

  async #openWeb(gateway: Gateway): Promise<{ port: number; phones: string[] }> {
    const { settings, pool, appUrl, dataFolder, serverKey, log } = this.#options;
    const https = await openHttps(settings, { dataFolder, clock: Date.now, log });
    const web = createWeb({
      pool,
      databaseUrl: appUrl,
      county: settings.FENGHUO_COUNTY,
      timeZone: settings.FENGHUO_TIME_ZONE,
      serverKey,
      screenFolder,
      host: settings.FENGHUO_HOST,
      port: settings.FENGHUO_HTTP_PORT,
      behindHttpsProxy: settings.FENGHUO_HTTPS === 'proxy',
      ...(https && { tls: https }),
      push: gateway.push,
      ...oidcProvider(settings),
      dataFolder,
      safetyIndexFile: path.join(dataFolder, 'safety-index.yaml'),
      demoTimeFactor: settings.FENGHUO_DEMO_TIME_FACTOR ?? null,
      cameraUrl: settings.FENGHUO_CAMERA_URL,
      scanRoundMs: settings.FENGHUO_CAMERA_SCAN && settings.FENGHUO_CAMERA_SCAN * 1000,
      clock: Date.now,
      log,
    });
    const started = await web.start();
    this.#ends.push(() => web.stop());
    if (https !== null) {
      https.watch((pair) => web.renewTls(pair));
      this.#ends.push(() => https.stop());
    }
    return { ...started, phones: https?.reachableAt() ?? [] };
  }

  #keepHistory(): void {
    const { settings, pool, log } = this.#options;
    const keeper = new HistoryKeeper({
      ...{ pool, county: settings.FENGHUO_COUNTY, log },
      keepEventDays: settings.FENGHUO_EVENT_DAYS,
      keepTransitionDays: settings.FENGHUO_TRANSITION_DAYS,
    });
    keeper.start();
    this.#ends.push(() => keeper.stop());
  }

  #writeReports(): void {
    const { settings, pool, log } = this.#options;
    const keeper = new ReportKeeper({ db: pool, county: settings.FENGHUO_COUNTY, log });
    keeper.start();
    this.#ends.push(() => keeper.stop());
  }
}
