import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { PrincipalDirectory } from './admission/principals.ts';
import { RefusalJournal } from './admission/refusal-journal.ts';
import { registerGatewayMetrics } from './gateway-metrics.ts';
import { GatewayTallies } from './gateway-tallies.ts';
import { Intake } from './intake.ts';
import type { IntakeQueue } from './intake-queue.ts';
import type { LastSeen } from './liveness/last-seen.ts';
import { registerSessionMetrics } from './session-metrics.ts';
import type { SessionTallies } from './session-tallies.ts';
import { type EndpointOptions, MqttEndpoint } from './sources/mqtt-endpoint.ts';
import { MqttSession, type SessionOptions } from './sources/mqtt-session.ts';

export interface GatewayOptions {
  /** ms since 1970. */
  clock: () => number;
  /** ms, only forward, for keepalive and rates; by default the process's own. */
  monotonic?: () => number;
  principals: PrincipalDirectory;
  /** Number of a registered device, from 0; −1 for an unknown one. Called for each message. */
  deviceNumber: (deviceId: string) => number;
  /** Filled here, emptied by the writer, who acknowledges. */
  queue: IntakeQueue;
  lastSeen: LastSeen;
  endpoint: EndpointOptions;
  /** Given: devices are heard at an external broker too. */
  session?: SessionOptions | undefined;
  log: Logger;
  metrics: Registry;
}

/** Devices in. Sources decode and admit, the queue carries, the writer stores and acknowledges. */
export interface Gateway {
  /** For the pulse. Read only. */
  readonly tallies: GatewayTallies;
  /** Of the session with an external broker; null without one. */
  readonly session: SessionTallies | null;
  /** Throws a `SourceStartError` with a reason. A broker that is away is none: it is tried for ever. */
  start(): Promise<{ port: number }>;
  /** Bounded: 5 s. What is still in the queue was not acknowledged and comes again. */
  stop(): Promise<void>;
  /** For a principal whose right has ended. */
  endConnectionsOf(principalName: string): void;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, principals, deviceNumber, queue, lastSeen, log, metrics } = options;
  const tallies = new GatewayTallies();
  const journal = new RefusalJournal(log);
  const intake = new Intake({ queue, lastSeen, deviceNumber, tallies, journal });
  const monotonic = options.monotonic ?? (() => performance.now());
  const shared = { intake, queue, principals, tallies, journal, log, clock, monotonic };
  const endpoint = new MqttEndpoint(options.endpoint, shared);
  const session = options.session === undefined ? null : new MqttSession(options.session, shared);
  registerGatewayMetrics({ registry: metrics, tallies, queue, clock });
  if (session !== null) registerSessionMetrics(metrics, session.tallies);
  return {
    tallies,
    session: session?.tallies ?? null,
    async start() {
      const started = await endpoint.start();
      session?.start();
      return started;
    },
    async stop() {
      await Promise.all([session?.stop(), endpoint.stop()]);
    },
    endConnectionsOf: (principalName) => endpoint.endConnectionsOf(principalName),
  };
}
