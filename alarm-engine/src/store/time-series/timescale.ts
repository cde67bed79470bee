import { EventRows, type NumberedEvent } from '../event-rows.ts';
import type { Queryable } from '../queryable.ts';
import { compressEventDay } from '../sql/compress-event-day.ts';
import { copyEvents } from '../sql/copy-events.ts';
import { dropEventDays } from '../sql/drop-event-days.ts';
import { insertNewOrOddEvents, type TimelyRange } from '../sql/insert-new-or-odd-events.ts';
import { makeEventDays } from '../sql/make-event-days.ts';
import { refuseOddTwins } from '../sql/refuse-odd-twins.ts';
import type { Statement } from '../statement-batch.ts';
import { type TimeSeries, timelyMs } from './time-series.ts';

/**
 * Days that are left alone before they are compressed: no timely event can fall into an older one, so nothing is ever
 * inserted into what is compressed, and no batch pays for looking into it.
 */
const compressAfterDays = 32;
/** Nothing with an earlier device time was ever timely: 2025-01-01, before this program was. */
const neverTimelyMs = Date.UTC(2025, 0, 1);

/**
 * A hypertable `event_chunked` with a chunk a day for timely events, `event_elsewhere` beside it for odd ones, and
 * `event` a view of both (decision 0016).
 */
export class Timescale implements TimeSeries {
  readonly kind = 'timescale';
  readonly #timely = new EventRows();
  readonly #odd = new EventRows();

  /** Moves odd events whose time has come into the hypertable; its chunks TimescaleDB makes as they are needed. */
  makeAhead(db: Queryable): Promise<number> {
    return makeEventDays(db);
  }

  drop(db: Queryable, keepDays: number): Promise<number> {
    return dropEventDays(db, keepDays);
  }

  async compress(db: Queryable): Promise<number> {
    let days = 0;
    while (await compressEventDay(db, compressAfterDays)) days++;
    return days;
  }

  copy(events: readonly NumberedEvent[], now: number): Statement[] | null {
    const { from, to } = timelyRange(now);
    const timely: NumberedEvent[] = [];
    const odd: NumberedEvent[] = [];
    let [least, most] = [Infinity, -Infinity];
    for (const each of events) {
      const { at } = each.event;
      if (at < neverTimelyMs) odd.push(each);
      else if (at < from || at > to) return null;
      else {
        timely.push(each);
        least = Math.min(least, at);
        most = Math.max(most, at);
      }
    }
    return [
      ...(timely.length === 0
        ? []
        : [refuseOddTwins(least, most), copyEvents('event_chunked', this.#timely.encode(timely))]),
      ...(odd.length === 0 ? [] : [copyEvents('event_elsewhere', this.#odd.encode(odd))]),
    ];
  }

  insertNew(events: readonly NumberedEvent[], now: number): Statement[] {
    return insertNewOrOddEvents(this.#timely.encode(events), timelyRange(now));
  }
}

function timelyRange(now: number): TimelyRange {
  return { from: now - timelyMs.before, to: now + timelyMs.after };
}
