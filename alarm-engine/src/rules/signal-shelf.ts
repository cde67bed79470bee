import type { ReportedState } from '@fenghuo/contracts/words.ts';
import type { Signal } from './recent-signals.ts';

/** A signal on its shelves. `newer` is the one of the same device, kind and state that replaced it. */
export interface Entry {
  signal: Signal;
  /** Kind and time once more, where a search looks first. */
  bit: number;
  at: number;
  older: Entry | null;
  newer: Entry | null;
  /** Its batch is committed: it will not be taken back. */
  settled: boolean;
  /** Where it lies. */
  device: SignalShelf;
  building: SignalShelf | null;
  grid: SignalShelf | null;
  cell: SignalShelf | null;
}

/** What is looked for: kinds as `kind-bits.ts` has them, and since when. */
export interface Asked {
  kinds: number;
  since: number;
}

/**
 * Signals of one scope in the order in which they entered. Entries that were replaced stay while the one that replaced
 * them may be taken back, and are passed over.
 */
export class SignalShelf {
  readonly #entries: Entry[] = [];
  /** The latest time of each entry and those before it: where a search backwards may end. */
  readonly #latest: number[] = [];
  /** Bits of all kinds that there may be: a shelf without what is asked for is not read. */
  #mask = 0;
  #replaced = 0;

  /** Entries that stand. */
  get size(): number {
    return this.#entries.reduce((count, { newer }) => (newer === null ? count + 1 : count), 0);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  push(entry: Entry): void {
    this.#append(entry);
  }

  #append(entry: Entry): void {
    const before = this.#latest.at(-1) ?? entry.at;
    this.#latest.push(Math.max(before, entry.at));
    this.#entries.push(entry);
    this.#mask |= entry.bit;
  }

  /** One entry more is replaced for good. Half of them, and they are dropped: amortised, a constant for each. */
  replaced(): void {
    this.#replaced += 1;
    if (this.#replaced * 2 >= this.#entries.length) this.clear(Number.NEGATIVE_INFINITY);
  }

  pop(): void {
    this.#entries.pop();
    this.#latest.pop();
  }

  /** What stands of one kind and state: on the shelf of a device. */
  standing(bit: number, state: ReportedState): Entry | null {
    for (let i = this.#entries.length - 1; i >= 0; i -= 1) {
      const entry = this.#entries[i]!;
      if (entry.bit === bit && entry.newer === null && entry.signal.state === state) return entry;
    }
    return null;
  }

  /** The newest entries first, of those of some kinds that happened at `since` or later, at most `limit`. */
  show({ kinds, since }: Asked, limit: number, show: (signal: Signal) => void): void {
    if ((this.#mask & kinds) === 0) return;
    for (let i = this.#entries.length - 1, left = limit; i >= 0 && left > 0; i -= 1) {
      if (this.#latest[i]! < since) return;
      const entry = this.#entries[i]!;
      if ((entry.bit & kinds) === 0 || entry.newer !== null || entry.at < since) continue;
      show(entry.signal);
      left -= 1;
    }
  }

  /** Drops what was replaced for good, and what happened before the horizon. */
  clear(horizon: number): void {
    const kept = this.#entries.filter((entry) => !isOver(entry, horizon));
    this.#entries.length = 0;
    this.#latest.length = 0;
    this.#mask = 0;
    this.#replaced = 0;
    for (const entry of kept) this.#append(entry);
  }
}

function isOver({ settled, newer, at }: Entry, horizon: number): boolean {
  return settled && (newer === null ? at < horizon : newer.settled);
}
