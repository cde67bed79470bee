import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { Signal } from './recent-signals.ts';

/** A signal on its shelves. `newer` is the one of the same device, kind and state that replaced it. */
export interface Entry {
  signal: Signal;
  older: Entry | null;
  newer: Entry | null;
  /** Its batch is committed: it will not be taken back. */
  settled: boolean;
}

/** Below so many entries a shelf is not worth shrinking. */
const small = 16;

/**
 * Signals of one scope in the order in which they entered. Entries that were replaced stay while the one that replaced
 * them may be taken back, and are passed over.
 */
export class SignalShelf {
  readonly #entries: Entry[] = [];
  #shrinkAt = small;

  get length(): number {
    return this.#entries.length;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
  }

  pop(): void {
    this.#entries.pop();
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

  /** The newest entries first, of those that happened at `since` or later, at most `limit`. */
  show(since: number, limit: number, show: (signal: Signal) => void): void {
    for (let i = this.#entries.length - 1, left = limit; i >= 0 && left > 0; i -= 1) {
      const { newer, signal } = this.#entries[i]!;
      if (newer !== null || signal.at < since) continue;
      show(signal);
      left -= 1;
    }
  }

  /** Drops what was replaced for good, once the shelf has doubled: amortised, a constant for each entry. */
  shrink(): void {
    if (this.#entries.length < this.#shrinkAt) return;
    this.clear(Number.NEGATIVE_INFINITY);
    this.#shrinkAt = Math.max(small, this.#entries.length * 2);
  }

  /** Drops what was replaced for good, and what happened before the horizon. */
  clear(horizon: number): void {
    const entries = this.#entries;
    let kept = 0;
    for (const entry of entries) {
      if (isOver(entry, horizon)) continue;
      entries[kept] = entry;
      kept += 1;
    }
    entries.length = kept;
  }
}

function isOver({ settled, newer, signal }: Entry, horizon: number): boolean {
  return settled && (newer === null ? signal.at < horizon : newer.settled);
}
