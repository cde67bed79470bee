import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Logger } from 'pino';
import { FailureGate } from '../admission/failure-gate.ts';
import type {
  AuthenticationRefusal,
  Credential,
  Principal,
  PrincipalDirectory,
  PrincipalKind,
} from '../admission/principals.ts';
import { type RatePolicy, ratePolicies } from '../admission/rate-limit.ts';
import type { RefusalJournal } from '../admission/refusal-journal.ts';
import type { GatewayTallies } from '../gateway-tallies.ts';
import type { Intake } from '../intake.ts';
import type { IntakeQueue } from '../intake-queue.ts';
import type { LiveTopics } from '../read-topic.ts';
import type { CloseReason, ConnectRefusal } from './mqtt/reason-codes.ts';
import { type Hold, MqttConnection } from './mqtt-connection.ts';
import { type ListeningPorts, MqttListeners } from './mqtt-listeners.ts';

/** Bounds of the endpoint; times in ms. */
export interface EndpointLimits {
  /** From accept to an accepted CONNECT. */
  connectTimeoutMs: number;
  /** From the first byte of a packet to its last, when nothing else comes in between. */
  packetTimeoutMs: number;
  /** Largest CONNECT, its will included; nobody is known yet, so it is small. Bytes. */
  maxConnectBytes: number;
  /** Largest packet; announced to MQTT 5. Above `maxPayloadBytes` a payload is quarantined, above this we close. */
  maxPacketBytes: number;
  /** Unstored messages a connection; receive maximum to MQTT 5. */
  window: number;
  /** The same while the intake queue is full: what ordinary clients have in flight (Paho 10, Mosquitto 20). */
  windowWhenFull: number;
  /** Bytes of output above which a connection is not read. */
  outputBytes: number;
  /** How long a client may leave its output unread. */
  outputTimeoutMs: number;
  /** How long a closed connection may take to say goodbye. */
  lingerMs: number;
  /** Sockets at a time; more are closed at once. */
  maxConnections: number;
  /**
   * Of them, those whose CONNECT was not accepted yet; for one more, the oldest goes. Who has something to say is
   * in before that, so whoever only opens sockets crowds out nobody but himself.
   */
  maxStrangers: number;
  /** How often connections are looked over; keepalive is exact to this. */
  sweepMs: number;
  /** For `stop`. */
  stopTimeoutMs: number;
}

const endpointLimits: EndpointLimits = {
  connectTimeoutMs: 10_000,
  packetTimeoutMs: 120_000,
  maxConnectBytes: 8 * 1024,
  maxPacketBytes: 256 * 1024,
  window: 1_000,
  windowWhenFull: 64,
  outputBytes: 16 * 1024,
  outputTimeoutMs: 30_000,
  lingerMs: 2_000,
  maxConnections: 50_000,
  maxStrangers: 10_000,
  sweepMs: 500,
  stopTimeoutMs: 5_000,
};

export interface EndpointOptions {
  host: string;
  /** Plain TCP; 0: any free one; null: TLS only. */
  port: number | null;
  /** Given: TLS beside it, on this port, with these options of `node:tls`. */
  tls?: { port: number; options: TlsOptions } | undefined;
  limits?: Partial<EndpointLimits>;
  rates?: Partial<Record<PrincipalKind, RatePolicy>>;
}

export interface EndpointDependencies {
  intake: Intake;
  liveTopics: LiveTopics;
  queue: IntakeQueue;
  principals: PrincipalDirectory;
  tallies: GatewayTallies;
  journal: RefusalJournal;
  log: Logger;
  /** ms since 1970. */
  clock: () => number;
  /** ms, only forward: keepalive and rates must not follow a clock that is set. */
  monotonic: () => number;
}

/** What connections share: the endpoint as they see it. */
export interface EndpointShared {
  readonly source: string;
  readonly limits: EndpointLimits;
  readonly rates: Record<PrincipalKind, RatePolicy>;
  readonly intake: Intake;
  readonly liveTopics: LiveTopics;
  readonly queue: IntakeQueue;
  readonly tallies: GatewayTallies;
  readonly journal: RefusalJournal;
  readonly log: Logger;
  clock(): number;
  monotonic(): number;
  authenticate(
    credential: Credential,
    address: () => string,
  ): Promise<Principal | { refused: ConnectRefusal }>;
  /** A connection was admitted under this key. */
  enter(connection: MqttConnection, key: string): void;
  /** Its part in the protocol is over; `key` null: it was never admitted. */
  left(connection: MqttConnection, key: string | null, reason: CloseReason): void;
  /** Its socket is gone. */
  forget(connection: MqttConnection): void;
  held(connection: MqttConnection, hold: Hold): void;
  flushLater(connection: MqttConnection): void;
}

/** How often connections above their rate are looked at. */
const rateTickMs = 20;

/**
 * Devices connect here: MQTT 3.1.1 and 5 over TCP or TLS, ingest only. Not a broker: nothing is routed, no
 * session outlives its connection (session present is always 0), nothing is retained. `docs/mqtt-conformance.md`
 * says clause by clause what it does.
 *
 * One timer looks over all connections, so an idle one costs no timer of its own.
 */
export class MqttEndpoint implements EndpointShared {
  readonly source = 'mqtt-endpoint';
  readonly limits: EndpointLimits;
  readonly rates: Record<PrincipalKind, RatePolicy>;
  readonly intake: Intake;
  readonly liveTopics: LiveTopics;
  readonly queue: IntakeQueue;
  readonly tallies: GatewayTallies;
  readonly journal: RefusalJournal;
  readonly log: Logger;
  readonly clock: () => number;
  readonly monotonic: () => number;
  readonly #options: EndpointOptions;
  readonly #principals: PrincipalDirectory;
  readonly #connections = new Set<MqttConnection>();
  /** Not admitted yet, the oldest first. */
  readonly #strangers = new Set<MqttConnection>();
  /** Admitted ones by principal and client id. */
  readonly #byKey = new Map<string, MqttConnection>();
  /** Held for their window or rate. */
  #waiting = new Set<MqttConnection>();
  #limited = new Set<MqttConnection>();
  #toFlush: MqttConnection[] = [];
  readonly #failures = new FailureGate();
  readonly #listeners: MqttListeners;
  #isOpen = false;
  #sweeper: NodeJS.Timeout | null = null;
  #rateTick: NodeJS.Timeout | null = null;
  #roomTold = false;
  #sweptAt = 0;
  #whenEmpty: (() => void) | null = null;
  #forgetRoom: () => void = () => {};

  constructor(options: EndpointOptions, dependencies: EndpointDependencies) {
    this.#options = options;
    this.limits = { ...endpointLimits, ...options.limits };
    this.rates = { ...ratePolicies, ...options.rates };
    this.intake = dependencies.intake;
    this.liveTopics = dependencies.liveTopics;
    this.queue = dependencies.queue;
    this.tallies = dependencies.tallies;
    this.journal = dependencies.journal;
    this.clock = dependencies.clock;
    this.monotonic = dependencies.monotonic;
    this.#principals = dependencies.principals;
    this.log = dependencies.log;
    this.#listeners = this.#createListeners();
  }

  /** Throws a `SourceStartError` when it cannot listen. */
  async start(): Promise<ListeningPorts> {
    const ports = await this.#listeners.start();
    this.#isOpen = true;
    this.#sweptAt = this.monotonic();
    this.#sweeper = setInterval(() => this.#sweep(), this.limits.sweepMs);
    this.#forgetRoom = this.queue.onRoom(() => this.#onRoom());
    return ports;
  }

  /**
   * Accepts nobody, reads nothing more, tells MQTT 5 why, leaves unstored messages unacknowledged (their
   * senders have them still), and is done when all sockets are closed, or after `stopTimeoutMs` closes them.
   */
  async stop(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#forgetRoom();
    if (this.#rateTick !== null) clearInterval(this.#rateTick);
    const closed = this.#listeners.close();
    for (const connection of this.#connections) connection.close('shutting-down');
    await this.#allGone();
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    this.#listeners.destroySecureSockets();
    await closed;
  }

  /** Another certificate for who connects from now on. Throws when it is unusable; then the old one stays. */
  renewTls(options: TlsOptions): void {
    this.#listeners.renew(options);
  }

  /** Ends all connections of principals whose right ended, such as a tester's with the drill. */
  endConnectionsOf(principalNames: readonly string[]): void {
    const names = new Set(principalNames);
    for (const connection of [...this.#byKey.values()])
      if (names.has(connection.principalName ?? '')) connection.close('administrative');
  }

  /** Asks the directory, unless the address has failed too often. */
  async authenticate(
    credential: Credential,
    address: () => string,
  ): Promise<Principal | { refused: ConnectRefusal }> {
    const { username } = credential;
    if (!this.#failures.mayTry(address, username, this.monotonic())) return { refused: 'too-many-failures' };
    const outcome = await this.#ask(credential);
    if (!('refused' in outcome)) this.#failures.letIn(username);
    else if (outcome.refused !== 'unavailable') this.#failures.failed(address(), this.monotonic());
    return outcome;
  }

  async #ask(credential: Credential): Promise<Principal | { refused: AuthenticationRefusal }> {
    try {
      return await this.#principals.authenticate(credential);
    } catch (error) {
      this.log.error({ err: error }, 'the principal directory failed');
      return { refused: 'unavailable' };
    }
  }

  /**
   * A client id is one client's at a time (MQTT-3.1.4-2): the older connection ends. Keys hold the principal's
   * name beside the client id, so nobody can throw out somebody else's device by using its client id. A device
   * has one connection, whatever it calls itself, so a stolen secret cannot use up the sockets of all.
   */
  enter(connection: MqttConnection, key: string): void {
    this.#byKey.get(key)?.close('taken-over');
    this.#byKey.set(key, connection);
    this.#strangers.delete(connection);
    this.tallies.connections++;
  }

  left(connection: MqttConnection, key: string | null, reason: CloseReason): void {
    this.tallies.closed[reason]++;
    this.#strangers.delete(connection);
    this.#waiting.delete(connection);
    this.#limited.delete(connection);
    if (key === null) return;
    this.tallies.connections--;
    if (this.#byKey.get(key) === connection) this.#byKey.delete(key);
  }

  forget(connection: MqttConnection): void {
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }

  held(connection: MqttConnection, hold: Hold): void {
    if (hold === 'window') this.#waiting.add(connection);
    if (hold !== 'rate') return;
    this.#limited.add(connection);
    this.#slowed(connection);
    this.#rateTick ??= setInterval(() => this.#releaseLimited(), rateTickMs);
  }

  /** One write a connection and turn, however many of its messages a transaction stored. */
  flushLater(connection: MqttConnection): void {
    this.#toFlush.push(connection);
    if (this.#toFlush.length === 1) queueMicrotask(() => this.#flush());
  }

  #createListeners(): MqttListeners {
    const { host, port, tls } = this.#options;
    const { outputBytes, maxConnections, connectTimeoutMs } = this.limits;
    return new MqttListeners({
      host,
      port,
      tls: tls ?? null,
      outputBytes,
      maxConnections,
      handshakeTimeoutMs: connectTimeoutMs,
      onSocket: (socket) => this.#accept(socket),
      onHandshakeFailed: (error, socket) => this.#handshakeFailed(error, socket),
      onDropped: () => this.tallies.dropped++,
      onError: (error) => this.log.error({ err: error }, 'an MQTT listener reported an error'),
    });
  }

  #accept(socket: Socket): void {
    const connection = new MqttConnection(socket, this);
    this.#connections.add(connection);
    connection.start();
    this.#strangers.add(connection);
    if (this.#strangers.size > this.limits.maxStrangers)
      this.#strangers.values().next().value!.close('crowded-out');
    if (!this.#isOpen) connection.close('shutting-down');
  }

  /** Garbage on the TLS port, an old version, nothing at all for too long. */
  #handshakeFailed(error: Error & { code?: string }, socket: Socket): void {
    this.tallies.closed['handshake-failed']++;
    const { remoteAddress = 'gone' } = socket;
    this.journal.refused(remoteAddress, 'handshake-failed', this.clock(), { code: error.code });
    socket.destroy();
  }

  #flush(): void {
    const connections = this.#toFlush;
    this.#toFlush = [];
    for (const connection of connections) connection.flush();
  }

  /** Not from within the writer's `take`: what reads on pushes at once. */
  #onRoom(): void {
    if (this.#roomTold) return;
    this.#roomTold = true;
    setImmediate(() => {
      this.#roomTold = false;
      const waiting = this.#waiting;
      this.#waiting = new Set();
      for (const connection of waiting) connection.release('window');
    });
  }

  #slowed({ principalName, policyName }: MqttConnection): void {
    this.tallies.slowed[policyName] = (this.tallies.slowed[policyName] ?? 0) + 1;
    this.journal.slowed(principalName ?? '', policyName, this.clock());
  }

  #releaseLimited(): void {
    const limited = this.#limited;
    this.#limited = new Set();
    for (const connection of limited) connection.release('rate');
    if (this.#limited.size > 0 || this.#rateTick === null) return;
    clearInterval(this.#rateTick);
    this.#rateTick = null;
  }

  /** When we ourselves stood still, clients could not be heard: then nobody is judged this time. */
  #sweep(): void {
    const now = this.monotonic();
    const stoodStill = now - this.#sweptAt > this.limits.sweepMs * 2 + 100;
    this.#sweptAt = now;
    if (!stoodStill) for (const connection of this.#connections) connection.sweep(now);
    this.journal.sweep(this.clock());
    this.#failures.sweep(now);
  }

  async #allGone(): Promise<void> {
    if (this.#connections.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    const deadline = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, this.limits.stopTimeoutMs);
    await promise;
    clearTimeout(deadline);
  }
}
