import { EventRows, type NumberedEvent } from '../event-rows.ts';
import type { Queryable } from '../queryable.ts';
import { copyEvents } from '../sql/copy-events.ts';
import { dropEventDays } from '../sql/drop-event-days.ts';
import { insertNewEvents } from '../sql/insert-new-events.ts';
import { makeEventDays } from '../sql/make-event-days.ts';
import type { TimeSeries } from './time-series.ts';

/** A partition a day, odd times in the default partition (decision 0006). Made by the migrations, never compressed. */
export class PlainPartitions implements TimeSeries {
  readonly kind = 'plain';
  readonly #rows = new EventRows();

  makeAhead(db: Queryable): Promise<number> {
    return makeEventDays(db);
  }

  drop(db: Queryable, keepDays: number): Promise<number> {
    return dropEventDays(db, keepDays);
  }

  async compress(): Promise<number> {
    return 0;
  }

  copy(events: readonly NumberedEvent[]) {
    return events.length === 0 ? [] : [copyEvents('event', this.#rows.encode(events))];
  }

  insertNew(events: readonly NumberedEvent[]) {
    return insertNewEvents(this.#rows.encode(events));
  }
}
