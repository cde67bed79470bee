import type { Queryable } from '../queryable.ts';

/** How many events lie in a time, in ms. */
export interface Density {
  from: number;
  to: number;
  events: number;
}

/**
 * About how many events there are before a time, hour by hour, newest first; what the rollup has not counted yet is
 * taken to lie between its last hour and now. 48 hours of a busy county are 30,000 rows and take 8 ms.
 */
export async function readEventDensity(
  db: Queryable,
  county: string,
  before: number,
  hours: number,
): Promise<Density[]> {
  const { rows } = await db.query<Density>(
    `select extract(epoch from next.engine_at)::float8 * 1000 as from, 'infinity'::float8 as to,
            (head.last_no - mark.up_to)::float8 as events
     from (select coalesce((select up_to from fenghuo.rollup where county = $1 and name = 'events'), 0) as up_to) as mark,
          lateral (select last_no from fenghuo.input_batch where county = $1 order by last_no desc limit 1) as head,
          lateral (select engine_at from fenghuo.input_batch where county = $1 and last_no > mark.up_to
                   order by last_no limit 1) as next
     union all
     (select extract(epoch from hour)::float8 * 1000, extract(epoch from hour)::float8 * 1000 + 3600000,
             sum(events)::float8
      from fenghuo.event_hour
      where county = $1 and hour < to_timestamp($2::float8 / 1000)
        and hour >= to_timestamp($2::float8 / 1000) - make_interval(hours => $3)
      group by hour order by hour desc)`,
    [county, before, hours],
  );
  return rows;
}

/** Ms: nothing is older. Counted events begin with their first hour, others arrived since the county was made. */
export async function readEventsBegin(db: Queryable, county: string): Promise<number> {
  const { rows } = await db.query<{ begin: number }>(
    `select extract(epoch from least(
              created_at - interval '31 days', (select min(hour) from fenghuo.event_hour where county = $1)
            ))::float8 * 1000 as begin
     from fenghuo.county where code = $1`,
    [county],
  );
  return rows[0]?.begin ?? 0;
}
