import type { LoggedChangeRow } from '../store/sql/list-changes.ts';

/** Changes that a client may have missed and still be told one by one; past that it gets a snapshot. */
export const longestTail = 5000;

/**
 * The newest changes of the log, without a gap, newest last. Holds all with numbers in (`floor`, `head`];
 * bounded to a little above {@link longestTail}, about 1 KB each.
 */
export class RecentChanges {
  #rows: LoggedChangeRow[] = [];
  #floor: number;

  /** Begins empty, right after the change with number `head`. */
  constructor(head: number) {
    this.#floor = head;
  }

  /** Number of the newest change. */
  get head(): number {
    return this.#floor + this.#rows.length;
  }

  /** Changes above this number are here. */
  get floor(): number {
    return this.#floor;
  }

  /** Takes the next changes. Throws a RangeError rather than take them with a gap. */
  append(rows: readonly LoggedChangeRow[]): void {
    for (const row of rows) {
      if (row.no !== this.head + 1) throw new RangeError(`change ${row.no} does not follow ${this.head}`);
      this.#rows.push(row);
    }
    if (this.#rows.length <= longestTail * 1.2) return;
    const dropped = this.#rows.length - longestTail;
    this.#rows = this.#rows.slice(dropped);
    this.#floor += dropped;
  }

  /** True when everything after this number is here. */
  reaches(after: number): boolean {
    return after >= this.#floor && after <= this.head;
  }

  /** Changes above `after`; it must be {@link reaches}-able. */
  after(after: number): readonly LoggedChangeRow[] {
    if (!this.reaches(after)) throw new RangeError(`changes after ${after} are not here`);
    return this.#rows.slice(after - this.#floor);
  }
}
