import type { NumberedEvent } from '../event-rows.ts';
import type { Queryable } from '../queryable.ts';
import type { Statement } from '../statement-batch.ts';

/** Where events lie: in partitions of our own, or in a hypertable of TimescaleDB. Everything else is the same. */
export interface TimeSeries {
  readonly kind: 'plain' | 'timescale';
  /** Makes room for the device times of the next hours. Returns what it made or moved. */
  makeAhead(db: Queryable): Promise<number>;
  /** Drops the days that are older than so many. Returns how many. */
  drop(db: Queryable, keepDays: number): Promise<number>;
  /** Compresses days to which nothing is added any more. Returns how many. */
  compress(db: Queryable): Promise<number>;
  /**
   * Stores events that are all new; a redelivery among them is an error that `isKnownEvent` knows. Null when only
   * {@link insertNew} can tell, which depends on `now`, ms.
   */
  copy(events: readonly NumberedEvent[], now: number): Statement[] | null;
  /** Stores those that no earlier event equals. The last statement gives their engine numbers. */
  insertNew(events: readonly NumberedEvent[], now: number): Statement[];
}

/** Device times outside of it, in ms from now, are odd: no day is made for them, and they lie by themselves. */
export const timelyMs = { before: 30 * 86_400_000, after: 86_400_000 };
