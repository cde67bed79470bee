import type { HeardSlot } from '@fenghuo/contracts/alarm-performance.ts';
import type { Queryable } from '../queryable.ts';
import { annunciates, hearsRows, seatRows } from './seat-hears.ts';

export interface HeardQuery {
  county: string;
  areaPattern: string;
  /** Milliseconds since 1970, `to` apart; slots count from `from`. */
  from: number;
  to: number;
  slotMs: number;
}

/** What each room of an area heard, live, in slots of time; slots without anything are left out. */
export async function listHeard(
  db: Queryable,
  query: HeardQuery,
): Promise<{ seat: string; slots: HeardSlot[] }[]> {
  const { rows } = await db.query<{ seat: string; slots: HeardSlot[] }>(
    `with ${seatRows}, counted as (
       select t.area, t.severity, floor((extract(epoch from t.at)::float8 * 1000 - $3::float8) / $5::float8) as slot,
              count(*) as n
       from fenghuo.alarm_transition t
       where t.county = $1 and t.run is null and ${annunciates('t')}
         and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
       group by 1, 2, 3
     ), ${hearsRows('counted')}, heard as (
       select h.seat as id, c.slot, coalesce(sum(n) filter (where c.severity = 'high'), 0)::int as high,
              coalesce(sum(n) filter (where c.severity = 'medium'), 0)::int as medium,
              coalesce(sum(n) filter (where c.severity = 'low'), 0)::int as low
       from counted c join hears h using (area, severity)
       group by 1, 2
     )
     select seat.id as seat, coalesce(json_agg(json_build_object('at', $3::float8 + slot * $5::float8, 'heard',
              json_build_object('high', high, 'medium', medium, 'low', low)) order by slot)
              filter (where slot is not null), '[]') as slots
     from seat left join heard using (id)
     group by 1 order by 1`,
    [query.county, query.areaPattern, query.from, query.to, query.slotMs],
  );
  return rows;
}
