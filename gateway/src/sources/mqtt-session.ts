import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecure } from 'node:tls';
import type { Logger } from 'pino';
import type { Principal } from '../admission/principals.ts';
import type { Intake } from '../intake.ts';
import type { IntakeQueue } from '../intake-queue.ts';
import type { LiveTopics } from '../read-topic.ts';
import { type SessionEnd, SessionTallies } from '../session-tallies.ts';
import { readBrokerNews, unfitness, weakGrant } from './mqtt/broker-fitness.ts';
import type { BrokerWelcome, Introduction } from './mqtt/broker-welcome.ts';
import type { ProtocolVersion } from './mqtt/control-packet.ts';
import { ReconnectDelay } from './mqtt/reconnect-delay.ts';
import { heardFilters, subscribeBroker, subscribeCounty, subscribeId } from './mqtt/session-filters.ts';
import { MqttSessionConnection } from './mqtt-session-connection.ts';

/** Bounds of a session; times in ms. */
export interface SessionLimits {
  /** From the attempt to CONNACK, and from SUBSCRIBE to SUBACK. */
  connectTimeoutMs: number;
  /** Told to the broker. A PINGREQ goes out at half of it; a broker not heard for all of it is given up. */
  keepaliveMs: number;
  /** How long the broker may leave our answers unread. */
  outputTimeoutMs: number;
  /** Unacknowledged messages; receive maximum to a broker that speaks MQTT 5. */
  window: number;
  /** The same while the intake queue is full. */
  windowWhenFull: number;
  /** Of a longer packet so much is read; the rest is dropped, and the message goes to quarantine. Bytes. */
  maxPacketBytes: number;
  /** How often the connection is looked over. */
  sweepMs: number;
  /** For `stop`. */
  stopTimeoutMs: number;
}

const sessionLimits: SessionLimits = {
  connectTimeoutMs: 10_000,
  keepaliveMs: 20_000,
  outputTimeoutMs: 30_000,
  window: 8_192,
  windowWhenFull: 1_024,
  maxPacketBytes: 256 * 1024,
  sweepMs: 500,
  stopTimeoutMs: 2_000,
};

export interface SessionOptions {
  county: string;
  host: string;
  port: number;
  /** What is heard beside the county's own topics: those of foreign dialects, without a drill's prefix. */
  foreignFilters: readonly string[];
  /** Given: TLS, with these options of `node:tls`. */
  tls?: ConnectionOptions | undefined;
  /** The same for whoever works for the county: the broker throws out the one who came before. */
  clientId: string;
  username?: string | undefined;
  password?: string | undefined;
  /** Asked before each attempt: false while another may have taken over the county, and with it the client id. */
  mayConnect: () => boolean;
  limits?: Partial<SessionLimits>;
  /** From 0 to below 1, for the jitter. */
  random?: () => number;
}

export interface SessionDependencies {
  intake: Intake;
  liveTopics: LiveTopics;
  queue: IntakeQueue;
  log: Logger;
  clock: () => number;
  monotonic: () => number;
}

/** What follows from a SUBACK: there is no use in this connection, or (`next`) something more to send. */
export type SubackOutcome =
  | { end: SessionEnd; detail: string; next?: undefined }
  | { next: Buffer | null; end?: undefined; detail?: undefined };

/** The session as its connection sees it. */
export interface SessionShared {
  readonly source: string;
  readonly limits: SessionLimits;
  readonly principal: Principal;
  readonly intake: Intake;
  readonly liveTopics: LiveTopics;
  readonly queue: IntakeQueue;
  readonly tallies: SessionTallies;
  clock(): number;
  monotonic(): number;
  /** Begins to connect; `onReady` is called once bytes may be sent. */
  openSocket(onReady: () => void): Socket;
  introduction(version: ProtocolVersion): Introduction;
  /** CONNACK accepted us. The SUBSCRIBE to send then, if one is needed; its answer is waited for. */
  welcomed(welcome: BrokerWelcome): Buffer | null;
  granted(packetId: number, grants: readonly number[]): SubackOutcome;
  news(topic: string, payload: Buffer): void;
  fault(error: unknown): void;
  ended(end: SessionEnd, detail: string, openForMs: number): void;
}

/** How often at most it is said that the broker drops messages. */
const droppedEveryMs = 600_000;

/**
 * Hears a county at an external broker: one persistent session (fixed client id, clean start off), MQTT 5, or
 * 3.1.1 where the broker refuses 5. Connects again for ever. Subscribes once when the process starts, since an
 * earlier one may have died before its SUBACK, and again only when the broker has lost the session.
 *
 * Measured with 200,000 messages of 75 bytes from 5,000 devices that wait in Mosquitto 2.0.11, the queue emptied at
 * once: 3.1 to 3.7 µs of our CPU a message, decoding included (nine runs on two busy cores).
 * Mosquitto is the slower side, 37,000 to 110,000/s in the same runs; a window of 1,024 to 65,535 made no
 * difference that stood out of the noise.
 *
 * `docs/decisions/0009-broker-session.md` says why it is as it is, `docs/mqtt-conformance.md` what it implements.
 */
export class MqttSession implements SessionShared {
  readonly source = 'mqtt-session';
  readonly tallies = new SessionTallies();
  readonly limits: SessionLimits;
  readonly principal: Principal;
  readonly intake: Intake;
  readonly liveTopics: LiveTopics;
  readonly queue: IntakeQueue;
  readonly clock: () => number;
  readonly monotonic: () => number;
  readonly #options: SessionOptions;
  readonly #log: Logger;
  readonly #delay: ReconnectDelay;
  readonly #told = new Set<string>();
  #connection: MqttSessionConnection | null = null;
  /** Asked for at the next attempt. */
  #version: ProtocolVersion = 5;
  #state: 'stopped' | 'new' | 'connected' | SessionEnd = 'stopped';
  #isSubscribed = false;
  #newsAsked = false;
  #droppedToldAt = Number.NEGATIVE_INFINITY;
  #retry: NodeJS.Timeout | null = null;
  #sweeper: NodeJS.Timeout | null = null;
  #sweptAt = 0;
  #roomTold = false;
  #forgetRoom: () => void = () => {};

  constructor(options: SessionOptions, dependencies: SessionDependencies) {
    const { county, clientId, host, port } = options;
    this.#options = options;
    this.limits = { ...sessionLimits, ...options.limits };
    this.intake = dependencies.intake;
    this.liveTopics = dependencies.liveTopics;
    this.queue = dependencies.queue;
    this.clock = dependencies.clock;
    this.monotonic = dependencies.monotonic;
    this.#log = dependencies.log.child({ broker: `${host}:${port}`, clientId });
    this.#delay = new ReconnectDelay(options.random ?? Math.random);
    this.principal = {
      name: `broker:${county}`,
      kind: 'session',
      run: null,
      clientId,
      county,
      mayPublish: () => true,
      mayUse: () => true,
    };
  }

  /** Does not wait for the broker, which may be away. */
  start(): void {
    this.#state = 'new';
    this.#sweptAt = this.monotonic();
    this.#sweeper = setInterval(() => this.#sweep(), this.limits.sweepMs);
    this.#forgetRoom = this.queue.onRoom(() => this.#onRoom());
    this.#attempt();
  }

  /** Tells the broker, which keeps the session and what is not acknowledged. Bounded by `stopTimeoutMs`. */
  async stop(): Promise<void> {
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#forgetRoom();
    this.#state = 'stopped';
    const connection = this.#connection;
    if (connection === null) return;
    connection.close('shutting-down', '');
    const deadline = setTimeout(() => connection.destroy(), this.limits.stopTimeoutMs);
    await connection.whenClosed();
    clearTimeout(deadline);
  }

  openSocket(onReady: () => void): Socket {
    const { host, port, tls } = this.#options;
    const options = { host, port, noDelay: true, keepAlive: true };
    if (tls === undefined) return connectPlain(options, onReady);
    const name = isIP(host) === 0 ? { servername: host } : {};
    return connectSecure({ ...name, ...tls, ...options }, onReady).setNoDelay(true);
  }

  introduction(version: ProtocolVersion): Introduction {
    const { clientId, username, password } = this.#options;
    const { keepaliveMs, window } = this.limits;
    return { version, clientId, username, password, keepaliveMs, receiveMaximum: window };
  }

  welcomed(welcome: BrokerWelcome): Buffer | null {
    const { version, sessionPresent } = welcome;
    this.#state = 'connected';
    this.tallies.connected = true;
    this.tallies.connects++;
    this.#log.info({ mqtt: version === 5 ? '5' : '3.1.1', sessionPresent }, 'connected to the broker');
    for (const sentence of unfitness(welcome)) this.#warnOnce(sentence);
    if (!sessionPresent && this.#isSubscribed) this.#sessionLost();
    if (this.#isSubscribed) return null;
    this.tallies.subscribes++;
    return subscribeCounty(this.#options, version);
  }

  granted(packetId: number, grants: readonly number[]): SubackOutcome {
    if (packetId !== subscribeId.county) return { next: null };
    const filters = heardFilters(this.#options);
    if (grants.length !== filters.length)
      return { end: 'protocol-error', detail: 'SUBACK of another length' };
    const complaints = filters
      .map((filter, i) => weakGrant(filter, grants[i]!))
      .filter((one) => one !== null);
    if (grants[0]! >= 0x80) return { end: 'subscription-refused', detail: complaints[0]! };
    for (const sentence of complaints) this.#warnOnce(sentence);
    this.#isSubscribed = grants.every((grant) => grant < 0x80);
    return { next: this.#askForNews() };
  }

  news(topic: string, payload: Buffer): void {
    const news = readBrokerNews(topic, payload);
    if (news === null) return;
    if ('version' in news) this.#log.info({ version: news.version }, 'the broker says what it is');
    else this.#dropped(news.dropped);
  }

  fault(error: unknown): void {
    this.#log.error({ err: error }, 'the session with the broker met a fault of ours');
  }

  ended(end: SessionEnd, detail: string, openForMs: number): void {
    this.tallies.ended(end);
    this.tallies.connected = false;
    if (this.#state === 'stopped') return;
    this.#connection = null;
    const asksForOlder = end === 'unsupported-protocol' && this.#version === 5;
    this.#version = asksForOlder ? 4 : 5;
    if (asksForOlder) this.#tryIn(0);
    else this.#away(end, detail, openForMs);
  }

  #attempt(): void {
    this.#retry = null;
    if (!this.#options.mayConnect()) {
      this.#away('lease-not-held', '', 0);
      return;
    }
    this.#connection = new MqttSessionConnection(this, this.#version);
    this.#connection.start();
  }

  /** Said once for each change of the reason, not at each attempt. */
  #away(end: SessionEnd, detail: string, openForMs: number): void {
    if (this.#state !== end)
      this.#log.warn({ reason: end, detail }, 'not connected to the broker; trying on');
    this.#state = end;
    this.#tryIn(this.#delay.next(openForMs));
  }

  #tryIn(delayMs: number): void {
    this.#retry = setTimeout(() => this.#attempt(), delayMs);
  }

  #sessionLost(): void {
    this.#isSubscribed = false;
    this.tallies.sessionsLost++;
    this.#log.warn('the broker has forgotten the session: what was published since it was lost did not come');
  }

  /** Once a process and after the county's SUBACK: a broker that ends connections for this still serves us. */
  #askForNews(): Buffer | null {
    if (this.#newsAsked) return null;
    this.#newsAsked = true;
    return subscribeBroker(this.#version);
  }

  #dropped(dropped: number): void {
    const more = dropped - this.tallies.droppedByBroker;
    this.tallies.droppedByBroker = dropped;
    const now = this.monotonic();
    if (more <= 0 || now - this.#droppedToldAt < droppedEveryMs) return;
    this.#droppedToldAt = now;
    this.#log.warn({ dropped }, 'the broker drops messages: raise its limits as docker/mosquitto.conf does');
  }

  #warnOnce(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#log.warn(sentence);
  }

  #sweep(): void {
    const now = this.monotonic();
    const stoodStill = now - this.#sweptAt > this.limits.sweepMs * 2 + 100;
    this.#sweptAt = now;
    this.#connection?.sweep(now, stoodStill);
  }

  /** Not from within the writer's `take`: what reads on pushes at once. */
  #onRoom(): void {
    if (this.#roomTold) return;
    this.#roomTold = true;
    setImmediate(() => {
      this.#roomTold = false;
      this.#connection?.release('window');
    });
  }
}
