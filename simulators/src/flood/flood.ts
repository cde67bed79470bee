import { randomBytes } from 'node:crypto';
import { seededRandom } from '../estate/seeded-random.ts';
import { Failure } from '../station/failure.ts';
import { acknowledgedRanges, type DeviceRange } from './acknowledged-ranges.ts';
import type { DeviceRoll } from './device-roll.ts';
import { FloodConnection, type FloodShared, type OpenFailure, outputBytes } from './flood-connection.ts';
import { FloodFigures } from './flood-figures.ts';
import { type FloodReport, reportOf } from './flood-report.ts';
import { MessagePlan } from './message-plan.ts';
import { FullPace, type Pace, SteadyPace } from './pace.ts';
import { PublishWriter } from './publish-writer.ts';

export interface FloodOptions {
  target: { host: string; port: number };
  /** Absent: anonymous. */
  credential?: { username: string; password: string } | undefined;
  devices: DeviceRoll;
  connections: number;
  /** Messages that a connection has in flight. */
  window: number;
  /** Messages a second by the clock (open loop), or as fast as the windows let (closed loop). */
  rate: number | 'max';
  durationMs: number;
  seed: string;
  /** Part of all messages that are alarms, on devices of their own. */
  alarmShare: number;
  /** Part of all messages that are sent twice. */
  redeliver: number;
  /** Connections that are cut each second, at random. */
  cutsPerSecond: number;
  /** `seq` of each device's first message. */
  firstSeq: number;
  /** How long to wait for the last acknowledgement. */
  drainWithinMs: number;
}

/** Handshakes at a time: a server that checks credentials is not to be choked before it begins. */
const openAtOnce = 100;
const tickMs = 1;
const keepAliveMs = 5_000;
/** Most messages of a connection's turn in the open loop; see {@link SteadyPace}. */
const longestTurn = 8;

/**
 * A flood of devices: many connections in one process, written for rate. Processor time a message, on two cores
 * beside what it floods: 1.2 µs at 50 connections × window 50, 14 µs at 2,000 × 1 (a system call each way).
 */
export class Flood {
  readonly figures = new FloodFigures();
  readonly #options: FloodOptions;
  readonly #shared: FloodShared;
  readonly #plan: MessagePlan;
  readonly #connections: FloodConnection[];
  #keepAlive: NodeJS.Timeout | undefined;
  #cutter: NodeJS.Timeout | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #onOver: () => void = () => {};

  constructor(options: FloodOptions) {
    const { connections, devices, window, target, credential } = options;
    if (devices.size < connections)
      throw new RangeError(`${devices.size} devices are too few for ${connections} connections.`);
    this.#options = options;
    this.#plan = new MessagePlan({ ...options, devices: devices.size });
    this.#shared = {
      target,
      credential,
      window,
      plan: this.#plan,
      writer: new PublishWriter(devices),
      figures: this.figures,
      pace: null,
      epoch: Date.now() - performance.now(),
      input: Buffer.allocUnsafeSlow(64 * 1024),
      output: Buffer.allocUnsafeSlow(outputBytes),
    };
    const run = randomBytes(4).toString('hex');
    this.#connections = Array.from(
      { length: connections },
      (_, number) => new FloodConnection(number, `flood-${run}-${number}`, this.#shared),
    );
  }

  get openConnections(): number {
    return this.#connections.filter((connection) => connection.isOpen).length;
  }

  /** Connects all; a {@link Failure} when one is not let in. */
  async open(): Promise<void> {
    const waiting = [...this.#connections];
    const next = async () => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) this.#require(await one.open());
    };
    await Promise.all(Array.from({ length: openAtOnce }, next)).finally(() => {
      waiting.length = 0;
    });
    this.#keepAlive = setInterval(() => {
      const now = performance.now();
      for (const connection of this.#connections) connection.keepAlive(now);
    }, keepAliveMs);
  }

  /** Floods for its duration, then waits for what is still unacknowledged. */
  async run(): Promise<FloodReport> {
    const { drainWithinMs } = this.#options;
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    this.figures.startedAt = startedAt;
    this.#shared.pace = this.#paceFrom(startedAt);
    this.#cutAtRandom();
    await new Promise<void>((resolve) => {
      this.#onOver = resolve;
      this.#tick(Number.POSITIVE_INFINITY, drainWithinMs);
    });
    return reportOf(this.figures, { ...this.#options, cpu: process.cpuUsage(cpu) });
  }

  /** Sends nothing more; {@link run} resolves once what is in flight is acknowledged. */
  end(): void {
    this.#shared.pace?.end(performance.now());
  }

  /** What was acknowledged, by device; see {@link DeviceRange}. */
  acknowledged(): Iterable<DeviceRange> {
    return acknowledgedRanges({
      devices: this.#options.devices,
      plan: this.#plan,
      connections: this.#connections,
      pace: this.#shared.pace,
    });
  }

  /** Closes every connection. */
  async stop(): Promise<void> {
    this.#onOver();
    for (const timer of [this.#keepAlive, this.#cutter, this.#ticker]) clearTimeout(timer);
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  #paceFrom(startsAt: number): Pace {
    const { rate, durationMs, connections, window } = this.#options;
    if (rate === 'max') return new FullPace(startsAt + durationMs);
    return new SteadyPace({ startsAt, durationMs, rate, connections, turn: Math.min(window, longestTurn) });
  }

  /** The first one fills all windows; later ones send what the clock has made due, and look for the end. */
  #tick(giveUpAt: number, drainWithinMs: number): void {
    const now = performance.now();
    const pace = this.#shared.pace!;
    if (this.figures.sent === 0) for (const connection of this.#connections) connection.fill(now);
    for (const number of pace.due(now)) this.#connections[number]!.fill(now);
    const isOver = pace.isOver(now);
    if ((isOver && this.#connections.every((connection) => connection.isDrained(now))) || now > giveUpAt) {
      this.#onOver();
      return;
    }
    const next = isOver && giveUpAt === Number.POSITIVE_INFINITY ? now + drainWithinMs : giveUpAt;
    this.#ticker = setTimeout(() => this.#tick(next, drainWithinMs), tickMs);
  }

  /** Cuts at random moments, as independent faults come: the pauses between them are exponential. */
  #cutAtRandom(): void {
    const { cutsPerSecond, seed } = this.#options;
    if (cutsPerSecond === 0) return;
    const random = seededRandom(`${seed}/cuts`);
    const cutLater = () => {
      const pauseMs = (-Math.log(1 - random.next()) * 1000) / cutsPerSecond;
      this.#cutter = setTimeout(() => {
        if (this.#shared.pace?.isOver(performance.now())) return;
        random.pick(this.#connections).cut(random.chance(0.5));
        cutLater();
      }, pauseMs);
    };
    cutLater();
  }

  #require(failure: OpenFailure | null): void {
    if (failure === null) return;
    const { host, port } = this.#options.target;
    if ('code' in failure)
      throw new Failure('mqtt-refused', `${host}:${port} refuses the connection with code ${failure.code}.`);
    throw new Failure('unreachable', `${host}:${port} does not let everybody in: ${failure.lost}.`);
  }
}
