import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TlsOptions } from 'node:tls';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CarrierDirectory } from './admission/carriers.ts';
import type { Principal, PrincipalDirectory } from './admission/principals.ts';
import { RefusalJournal } from './admission/refusal-journal.ts';
import { CodecRegistry } from './codecs/codec-registry.ts';
import type { ForeignIdentities } from './codecs/foreign-identities.ts';
import type { DeviceIndex } from './device-index.ts';
import { registerGatewayMetrics } from './gateway-metrics.ts';
import { GatewayTallies } from './gateway-tallies.ts';
import { Intake } from './intake.ts';
import type { IntakeQueue } from './intake-queue.ts';
import type { DeviceClocks } from './liveness/device-clocks.ts';
import type { LastSeen } from './liveness/last-seen.ts';
import { LiveTopics } from './read-topic.ts';
import { Reprocessor } from './reprocess.ts';
import { registerSessionMetrics } from './session-metrics.ts';
import type { SessionTallies } from './session-tallies.ts';
import { type Gb26875Options, type Gb26875Ports, Gb26875Server } from './sources/gb26875-server.ts';
import { HttpPush, type HttpPushOptions } from './sources/http-push.ts';
import { type EndpointOptions, MqttEndpoint } from './sources/mqtt-endpoint.ts';
import type { ListeningPorts } from './sources/mqtt-listeners.ts';
import { MqttSession, type SessionOptions } from './sources/mqtt-session.ts';

export interface GatewayOptions {
  /** ms since 1970. */
  clock: () => number;
  /** Whole ms, only forward, for keepalive and rates; by default the process's own. Fractions cost 16 bytes a time kept. */
  monotonic?: () => number;
  principals: PrincipalDirectory;
  /** The county that devices speak of in their topics. */
  county: string;
  /** Registered devices, and those that wait for adoption. */
  devices: DeviceIndex;
  /** Which of them a name in a foreign dialect means. */
  identities: ForeignIdentities;
  /** Filled here, emptied by the writer, who acknowledges. */
  queue: IntakeQueue;
  lastSeen: LastSeen;
  /** Which devices have a clock that is off. */
  clocks: DeviceClocks;
  endpoint: EndpointOptions;
  carriers: CarrierDirectory;
  push?: HttpPushOptions;
  /** Given: devices are heard at an external broker too. */
  session?: SessionOptions | undefined;
  /** Given: transmitters of buildings are heard too. */
  gb26875?: Omit<Gb26875Options, 'county'> | undefined;
  log: Logger;
  metrics: Registry;
}

export interface GatewayPorts extends ListeningPorts {
  /** Of GB/T 26875.3; null: none. */
  gb26875: Gb26875Ports;
}

/** Devices in. Sources decode and admit, the queue carries, the writer stores and acknowledges. */
export interface Gateway {
  /** For the pulse. Read only. */
  readonly tallies: GatewayTallies;
  /** For kept messages that may be understood by now. */
  readonly reprocessor: Reprocessor;
  /** Of the session with an external broker; null without one. */
  readonly session: SessionTallies | null;
  /** A source's own principal, by its name in the quarantine; null: no source has it. */
  principalOfSource(name: string): Principal | null;
  /** Throws a `SourceStartError` with a reason. A broker that is away is none: it is tried for ever. */
  start(): Promise<GatewayPorts>;
  /** Bounded: 5 s. What is still in the queue was not acknowledged and comes again. */
  stop(): Promise<void>;
  /** Answers a request below `/ingest`; given to whoever serves HTTP. */
  push(request: IncomingMessage, response: ServerResponse): void;
  /** For principals whose right has ended. */
  endConnectionsOf(principalNames: readonly string[]): void;
  /** Another certificate for who connects from now on. Throws when it is unusable; then the old one stays. */
  renewTls(options: TlsOptions): void;
}

/** How often it is looked whether a condition has ended by itself. */
const lapseTickMs = 1000;

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, principals, county, devices, queue, lastSeen, clocks, log, metrics } = options;
  const tallies = new GatewayTallies();
  const journal = new RefusalJournal(log);
  const codecs = new CodecRegistry(options.identities);
  const intake = new Intake({ codecs, queue, lastSeen, clocks, devices, tallies, journal });
  const monotonic = options.monotonic ?? (() => Math.trunc(performance.now()));
  const liveTopics = new LiveTopics(devices, county);
  const shared = { intake, liveTopics, queue, principals, tallies, journal, log, clock, monotonic };
  const endpoint = new MqttEndpoint(options.endpoint, shared);
  const push = new HttpPush(options.push ?? {}, { ...shared, carriers: options.carriers });
  const session = options.session === undefined ? null : new MqttSession(options.session, shared);
  const transmitters =
    options.gb26875 === undefined
      ? null
      : new Gb26875Server({ ...options.gb26875, county }, { ...shared, tallies: tallies.transmitters });
  let lapses: NodeJS.Timeout | undefined;
  registerGatewayMetrics({ registry: metrics, tallies, queue, clock });
  if (session !== null) registerSessionMetrics(metrics, session.tallies);
  return {
    tallies,
    reprocessor: new Reprocessor({ codecs, queue, devices, clock }),
    session: session?.tallies ?? null,
    async start() {
      const started = await endpoint.start();
      const gb26875 = await startBeside(transmitters, endpoint);
      session?.start();
      lapses = setInterval(() => intake.lapse(clock()), lapseTickMs);
      return { ...started, gb26875 };
    },
    async stop() {
      clearInterval(lapses);
      await Promise.all([session?.stop(), transmitters?.stop(), endpoint.stop()]);
    },
    principalOfSource: (name) =>
      name === session?.principal.name ? session.principal : (transmitters?.principalNamed(name) ?? null),
    push: (request, response) => void push.handle(request, response),
    endConnectionsOf: (principalNames) => {
      endpoint.endConnectionsOf(principalNames);
      transmitters?.endConnectionsOf(principalNames);
    },
    renewTls: (options) => endpoint.renewTls(options),
  };
}

/** What cannot start takes down what did. */
async function startBeside(
  transmitters: Gb26875Server | null,
  endpoint: MqttEndpoint,
): Promise<Gb26875Ports> {
  if (transmitters === null) return { port: null, drillPorts: [] };
  try {
    return await transmitters.start();
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
}
