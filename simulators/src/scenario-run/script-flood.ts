import { randomBytes } from 'node:crypto';
import { seededRandom } from '../estate/seeded-random.ts';
import {
  FloodConnection,
  type FloodShared,
  type OpenFailure,
  outputBytes,
} from '../flood/flood-connection.ts';
import { FloodFigures } from '../flood/flood-figures.ts';
import type { Publication } from '../scenario/script.ts';
import { Failure } from '../station/failure.ts';
import { ScriptPace } from './script-pace.ts';
import { ScriptPlan } from './script-plan.ts';
import { ScriptWriter } from './script-writer.ts';

export interface Credential {
  username: string;
  password: string;
}

export interface ScriptFloodOptions {
  publications: readonly Publication[];
  target: { host: string; port: number };
  county: string;
  /** Who speaks live, `anonymous` where nobody needs to say who, and who in the drill; null where nobody does. */
  live: Credential | null;
  anonymous: boolean;
  drill: (Credential & { run: string }) | null;
  /** Connections of each world. */
  connections: number;
  window: number;
  redeliver: number;
  cutsPerSecond: number;
  seed: string;
  drainWithinMs: number;
}

const tickMs = 1;
const keepAliveMs = 5_000;
const openAtOnce = 100;

/** The connections of a flood, driven by a script: live and drill at once, paused, resumed and ended from outside. */
export class ScriptFlood {
  readonly figures = new FloodFigures();
  readonly writer: ScriptWriter;
  readonly #options: ScriptFloodOptions;
  readonly #plan: ScriptPlan;
  readonly #connections: FloodConnection[];
  readonly #shared: FloodShared[];
  #pace: ScriptPace | null = null;
  #drainWithinMs: number;
  #timers: NodeJS.Timeout[] = [];
  #ticker: NodeJS.Timeout | undefined;
  #onOver: () => void = () => {};

  constructor(options: ScriptFloodOptions) {
    const { publications, county, live, anonymous, drill, connections, redeliver } = options;
    this.#options = options;
    this.#drainWithinMs = options.drainWithinMs;
    const lanes = {
      live: live === null && !anonymous ? 0 : connections,
      drill: drill === null ? 0 : connections,
    };
    this.#plan = new ScriptPlan(publications, lanes, redeliver);
    this.writer = new ScriptWriter({ publications, county, run: drill?.run ?? null });
    const [ofLive, ofDrill] = [this.#share(live), this.#share(drill)];
    this.#shared = [ofLive, ofDrill];
    const run = randomBytes(4).toString('hex');
    this.#connections = Array.from(
      { length: lanes.live + lanes.drill },
      (_, i) => new FloodConnection(i, `scenario-${run}-${i}`, i < lanes.live ? ofLive : ofDrill),
    );
  }

  #share(credential: Credential | null): FloodShared {
    const { target, window } = this.#options;
    return {
      ...{ target, window, credential: credential ?? undefined },
      ...{ plan: this.#plan, writer: this.writer, figures: this.figures, pace: null },
      epoch: Math.ceil(Date.now() - performance.now()),
      input: Buffer.allocUnsafeSlow(64 * 1024),
      output: Buffer.allocUnsafeSlow(outputBytes),
    };
  }

  get openConnections(): number {
    return this.#connections.filter((connection) => connection.isOpen).length;
  }

  /** Ms of the story that have gone by. */
  get elapsed(): number {
    return this.#pace?.elapsed(performance.now()) ?? 0;
  }

  get isPaused(): boolean {
    return this.#pace?.isPaused ?? false;
  }

  /** Messages whose moment has come. */
  get called(): number {
    return this.#pace?.called ?? 0;
  }

  /** From when the last message was meant to leave to the last acknowledgement, ms. */
  get drainedMs(): number {
    const { lastAcknowledgedAt, startedAt } = this.figures;
    return Math.max(0, Math.round(lastAcknowledgedAt - (this.#pace?.lastDueAt ?? startedAt)));
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
    const keepAlive = () => {
      for (const connection of this.#connections) connection.keepAlive(performance.now());
    };
    this.#timers.push(setInterval(keepAlive, keepAliveMs));
  }

  /**
   * Plays to the end, or to {@link end}, and waits for what is unacknowledged, a while. What has not left by then stays:
   * of a run that is judged nothing goes on.
   */
  async run(): Promise<void> {
    const startsAt = Math.ceil(performance.now());
    this.figures.startedAt = startsAt;
    this.#pace = new ScriptPace(this.#options.publications, this.#plan, startsAt);
    for (const shared of this.#shared) shared.pace = this.#pace;
    this.#cutAtRandom();
    await new Promise<void>((resolve) => {
      this.#onOver = resolve;
      this.#tick(Number.POSITIVE_INFINITY);
    });
  }

  pause(): void {
    this.#pace?.pause(performance.now());
  }

  resume(): void {
    this.#pace?.resume(performance.now());
  }

  /** What is unacknowledged is waited for no longer than this. */
  end(drainWithinMs = this.#drainWithinMs): void {
    this.#drainWithinMs = drainWithinMs;
    this.#pace?.end();
  }

  /** Which publications were acknowledged. */
  *acknowledged(): Iterable<number> {
    for (const [number, { acknowledged, begun }] of this.#connections.entries())
      for (let place = 0; place < begun; place++)
        if (acknowledged.has(place)) yield this.#plan.publicationAt(number, place)!;
  }

  async stop(): Promise<void> {
    this.#onOver();
    for (const timer of this.#timers) clearTimeout(timer);
    clearTimeout(this.#ticker);
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }

  #tick(giveUpAt: number): void {
    const now = performance.now();
    const pace = this.#pace!;
    for (const number of pace.due(now)) this.#connections[number]!.fill(now);
    const isOver = pace.isOver();
    if ((isOver && this.#connections.every((connection) => connection.isDrained(now))) || now > giveUpAt) {
      pace.halt();
      this.#onOver();
      return;
    }
    const isNew = isOver && giveUpAt === Number.POSITIVE_INFINITY;
    const next = isNew ? now + this.#drainWithinMs : giveUpAt;
    this.#ticker = setTimeout(() => this.#tick(next), tickMs);
  }

  /** Independent faults: the pauses between them are exponential. */
  #cutAtRandom(): void {
    const { cutsPerSecond, seed } = this.#options;
    if (cutsPerSecond === 0) return;
    const random = seededRandom(`${seed}/cuts`);
    const cutLater = () => {
      const cut = () => {
        if (this.#pace?.isOver()) return;
        random.pick(this.#connections).cut(random.chance(0.5));
        cutLater();
      };
      this.#timers.push(setTimeout(cut, (-Math.log(1 - random.next()) * 1000) / cutsPerSecond));
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
