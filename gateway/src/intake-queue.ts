import type { Delivery } from './delivery.ts';
import { EventLanes } from './event-lanes.ts';

export type { Delivery } from './delivery.ts';

/**
 * How pressed the queue is, and what a source does about it.
 *
 * - `open`: reads on.
 * - `full`: the bound is reached. Takes no more than an ordinary window from each sender it already serves, so
 *   that what follows (pings) is still read and answered; accepts no other work.
 * - `flooded`: twice the bound is reached. Takes nothing at all.
 */
export type Pressure = 'open' | 'full' | 'flooded';

export interface IntakeQueueOptions {
  /** Deliveries at which the queue is full. */
  bound: number;
  /** Estimated bytes at which the queue is full. */
  byteBound: number;
}

const intakeQueueDefaults: IntakeQueueOptions = { bound: 100_000, byteBound: 96 * 1024 * 1024 };

/** Heap that a decoded event and its entry take beside its payload, as measured with 100,000 of them. */
const overheadBytes = 600;

/** Most of a take that drills may have while live deliveries stay behind (promise 5). */
const drillShare = 0.3;

/** A source is called back when the queue has fallen to this part of the bound that it had passed. */
const roomAt = 0.75;

const severity: Record<Pressure, number> = { open: 0, full: 1, flooded: 2 };

/**
 * Between the sources and the writer: everything received and not yet taken, in lanes (see
 * {@link EventLanes}), live before drill.
 *
 * It never refuses and never drops: `push` always takes. The bound is kept by the sources, who look at
 * {@link pressure} before they read on and are called by {@link onRoom} when they may. What they were reading
 * already may overshoot it: by one ordinary window a connection up to twice the bound, and by what one read
 * of each socket decodes to beyond that.
 */
export class IntakeQueue {
  readonly #options: IntakeQueueOptions;
  readonly #live = new EventLanes();
  readonly #drill = new EventLanes();
  readonly #roomListeners = new Set<() => void>();
  #pressure: Pressure = 'open';

  /**
   * Called when the queue was empty and is not any more, from within `push`: note it and return; take later.
   * The taker takes until nothing comes.
   */
  onReady: () => void = () => {};

  constructor(options: Partial<IntakeQueueOptions> = {}) {
    this.#options = { ...intakeQueueDefaults, ...options };
  }

  /** Received and not yet taken. */
  get size(): number {
    return this.#live.size + this.#drill.size;
  }

  get pressure(): Pressure {
    return this.#pressure;
  }

  get isFull(): boolean {
    return this.#pressure !== 'open';
  }

  get hasAlarms(): boolean {
    return this.#live.hasAlarms || this.#drill.hasAlarms;
  }

  /** How long the oldest delivery has waited, in ms; 0 when there is none. */
  oldestWaitMs(now: number): number {
    const live = this.#live.oldestSince ?? now;
    const drill = this.#drill.oldestSince ?? now;
    return Math.max(0, now - Math.min(live, drill));
  }

  /** Calls `listener` whenever the pressure falls. Returns how to stop that. */
  onRoom(listener: () => void): () => void {
    this.#roomListeners.add(listener);
    return () => this.#roomListeners.delete(listener);
  }

  /** `payloadBytes`: length of what it was decoded from, for the byte bound. */
  push(delivery: Delivery, payloadBytes = 0): void {
    const wasEmpty = this.size === 0;
    const drill = delivery.event ? delivery.event.run !== null : isDrillTopic(delivery.refused.topic);
    (drill ? this.#drill : this.#live).push(delivery, payloadBytes + overheadBytes);
    const pressure = this.#pressureAbove();
    if (severity[pressure] > severity[this.#pressure]) this.#pressure = pressure;
    if (wasEmpty) this.onReady();
  }

  /**
   * The next deliveries, at most `limit`, in the order in which they are to be numbered. Drills get at most 30 %
   * of the limit while live deliveries stay behind.
   */
  take(limit: number): Delivery[] {
    const taken: Delivery[] = [];
    const drill = Math.min(this.#drill.size, Math.floor(limit * drillShare));
    this.#live.take(limit - drill, taken);
    this.#drill.take(limit - taken.length, taken);
    this.#relax();
    return taken;
  }

  #pressureAbove(): Pressure {
    const { bound, byteBound } = this.#options;
    const fill = Math.max(this.size / bound, (this.#live.bytes + this.#drill.bytes) / byteBound);
    return fill >= 2 ? 'flooded' : fill >= 1 ? 'full' : 'open';
  }

  /** With slack, so that sources are not called back for every batch. */
  #relax(): void {
    if (this.#pressure === 'open') return;
    const { bound, byteBound } = this.#options;
    const fill = Math.max(this.size / bound, (this.#live.bytes + this.#drill.bytes) / byteBound);
    const now: Pressure = fill >= 2 * roomAt ? 'flooded' : fill >= roomAt ? 'full' : 'open';
    if (severity[now] >= severity[this.#pressure]) return;
    this.#pressure = now;
    for (const listener of this.#roomListeners) listener();
  }
}

function isDrillTopic(topic: string): boolean {
  return topic.startsWith('fenghuo-drill/');
}
