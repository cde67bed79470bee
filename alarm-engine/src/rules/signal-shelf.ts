import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import { kindBit } from './kind-bits.ts';
import type { Signal } from './recent-signals.ts';

/** A signal on its shelves. `newer` is the one of the same device, kind and state that replaced it. */
export interface Entry {
  signal: Signal;
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
  /** The kind of each entry, as its bit: what nobody asks for is passed over without being touched. */
  readonly #bits: number[] = [];
  /** All kinds that there may be. */
  #mask = 0;
  #replaced = 0;

  get length(): number {
    return this.#entries.length;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  push(entry: Entry): void {
    const bit = kindBit(entry.signal.kind);
    this.#entries.push(entry);
    this.#bits.push(bit);
    this.#mask |= bit;
  }

  /** One entry more is replaced for good. Half of them, and they are dropped: amortised, a constant for each. */
  replaced(): void {
    this.#replaced += 1;
    if (this.#replaced * 2 >= this.#entries.length) this.clear(Number.NEGATIVE_INFINITY);
  }

  pop(): void {
    this.#entries.pop();
    this.#bits.pop();
  }

  /** What stands of one kind and state: on the shelf of a device. */
  standing(kind: EventKind, state: ReportedState): Entry | null {
    for (let i = this.#entries.length - 1; i >= 0; i -= 1) {
      const entry = this.#entries[i]!;
      const { signal } = entry;
      if (signal.kind === kind && signal.state === state && entry.newer === null) return entry;
    }
    return null;
  }

  /** The newest entries first, of those of some kinds that happened at `since` or later, at most `limit`. */
  show({ kinds, since }: Asked, limit: number, show: (signal: Signal) => void): void {
    if ((this.#mask & kinds) === 0) return;
    for (let i = this.#entries.length - 1, left = limit; i >= 0 && left > 0; i -= 1) {
      if ((this.#bits[i]! & kinds) === 0) continue;
      const { newer, signal } = this.#entries[i]!;
      if (newer !== null || signal.at < since) continue;
      show(signal);
      left -= 1;
    }
  }

  /** Drops what was replaced for good, and what happened before the horizon. */
  clear(horizon: number): void {
    const entries = this.#entries;
    let kept = 0;
    this.#mask = 0;
    for (const entry of entries) {
      if (isOver(entry, horizon)) continue;
      const bit = kindBit(entry.signal.kind);
      entries[kept] = entry;
      this.#bits[kept] = bit;
      this.#mask |= bit;
      kept += 1;
    }
    entries.length = kept;
    this.#bits.length = kept;
    this.#replaced = 0;
  }
}

function isOver({ settled, newer, signal }: Entry, horizon: number): boolean {
  return settled && (newer === null ? signal.at < horizon : newer.settled);
}
