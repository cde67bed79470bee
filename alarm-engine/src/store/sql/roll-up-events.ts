import type { Queryable } from '../queryable.ts';
import type { RollupStretch } from './lock-rollup.ts';

/** Adds a stretch of events to the counts of their hours: by device time, or by receipt where there is no day. */
export async function rollUpEvents(
  db: Queryable,
  county: string,
  { after, upTo, earliest }: RollupStretch,
): Promise<void> {
  await db.query(
    `insert into fenghuo.event_hour as h (county, hour, area, kind, state, run, events)
     select $1, date_trunc('hour', e.known_at, 'UTC') as hour,
            left(coalesce(d.area, ''), 9) as area, e.kind, e.state, e.run, count(*)
     from fenghuo.events_numbered($2, $3, to_timestamp($4::float8 / 1000)) as e
     left join fenghuo.device as d on d.no = e.device
     group by 2, 3, e.kind, e.state, e.run
     order by 2, 3
     on conflict (county, hour, area, kind, state, run) do update set events = h.events + excluded.events`,
    [county, after, upTo, earliest],
  );
}
