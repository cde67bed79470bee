import { eventColumns } from '../event-rows.ts';
import type { Statement } from '../statement-batch.ts';
import { makeEventArrival } from './make-event-arrival.ts';

/** The one of `table` that equals `a`, looked up row by row: as a join it would be planned over every chunk. */
const twinIn = (table: string) =>
  `(select true from fenghuo.${table} as e
    where e.device = a.device and e.at = a.at and e.ident = a.ident and e.run = a.run limit 1)`;

/** Device times, ms: what lies outside is odd. */
export interface TimelyRange {
  from: number;
  to: number;
}

/**
 * As `insertNewEvents`, on TimescaleDB: timely events into the hypertable, odd ones beside it, each unless its twin
 * lies in either. An event may be odd at its first delivery and timely at the second, or the other way round.
 */
export function insertNewOrOddEvents(rows: Uint8Array, { from, to }: TimelyRange): Statement[] {
  return [
    ...makeEventArrival(rows),
    {
      name: 'insert-new-or-odd-events',
      text: `
        with arrival as (
          select *, at >= to_timestamp($1::float8 / 1000) and at <= to_timestamp($2::float8 / 1000) as timely
          from pg_temp.event_arrival
        ), timely as (
          insert into fenghuo.event_chunked (${eventColumns})
          select ${eventColumns} from arrival as a where timely and ${twinIn('event_elsewhere')} is null order by no
          on conflict (device, at, ident, run) do nothing returning no
        ), odd as (
          insert into fenghuo.event_elsewhere (${eventColumns})
          select ${eventColumns} from arrival as a where not timely and ${twinIn('event_chunked')} is null order by no
          on conflict (device, at, ident, run) do nothing returning no
        )
        select no from timely union all select no from odd`,
      values: [from, to],
    },
  ];
}
