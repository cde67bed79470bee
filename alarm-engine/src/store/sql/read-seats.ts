import type { SeatPerformance } from '@fenghuo/contracts/alarm-performance.ts';
import type { Queryable } from '../queryable.ts';
import { annunciates, hearsRows, seatRows } from './seat-hears.ts';

type SeatFacts = Omit<SeatPerformance, 'rate' | 'annunciations' | 'perDay' | 'peak' | 'floodShare'>;

export interface SeatsQuery {
  county: string;
  areaPattern: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  fleetingMs: number;
  staleMs: number;
}

/**
 * The rooms of an area: what stands in them now, and how alarms ended in a period. A step back in an alarm's versions is
 * had by its primary key; what returned with the input that raised it was momentary by its rule, and is not fleeting.
 */
export async function readSeats(db: Queryable, query: SeatsQuery): Promise<SeatFacts[]> {
  const { rows } = await db.query<SeatFacts>(
    `with ${seatRows}, open as (
       select area, severity, count(*) filter (where doc -> 'chattering' = 'true') as chattering,
              count(*) filter (where state in ('unacknowledged', 'acknowledged')) as standing,
              count(*) filter (where state in ('unacknowledged', 'acknowledged')
                                 and raised_at < to_timestamp(($4::float8 - $6) / 1000)) as stale
       from fenghuo.alarm where county = $1 and run is null and closed_at is null group by 1, 2
     ), fleeting as (
       select t.area, t.severity, count(*) as n
       from fenghuo.alarm_transition t
       join fenghuo.alarm_transition b on b.alarm = t.alarm and b.version = t.version - 1
       where t.county = $1 and t.run is null and t.why = 'return' and b.why = 'raise' and b.no <> t.no
         and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
         and t.at - b.at <= make_interval(secs => $5::float8 / 1000)
       group by 1, 2
     ), acknowledged as (
       select t.area, t.severity, extract(epoch from t.at - called.at)::float8 as after_s
       from fenghuo.alarm_transition t,
            lateral (select max(b.at) as at from fenghuo.alarm_transition b
                     where b.alarm = t.alarm and b.version < t.version and ${annunciates('b')}) called
       where t.county = $1 and t.run is null and t.why = 'acknowledge'
         and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
     ), any_of_them as (
       select area, severity from open union select area, severity from fleeting
       union select area, severity from acknowledged
     ), ${hearsRows('any_of_them')}, vanished as (
       select h.seat as id, sum(n) as n from fleeting join hears h using (area, severity) group by 1
     ), reactions as (
       select h.seat as id, percentile_cont(0.5) within group (order by after_s) as median_s
       from acknowledged join hears h using (area, severity) group by 1
     ), stands as (
       select h.seat as id, sum(standing) as standing, sum(stale) as stale, sum(chattering) as chattering
       from open join hears h using (area, severity) group by 1
     )
     select seat.id as seat, seat.level, seat.name, seat.area, f.doc as flood,
            coalesce(s.standing, 0)::int as standing, coalesce(s.stale, 0)::int as stale,
            coalesce(s.chattering, 0)::int as chattering, coalesce(v.n, 0)::int as fleeting,
            r.median_s as "acknowledgedMedianS"
     from seat left join stands s using (id) left join vanished v using (id) left join reactions r using (id)
     left join fenghuo.flood f on f.county = $1 and f.seat = seat.id and f.run is null and f.closed_at is null
     order by seat.area, seat.id`,
    [query.county, query.areaPattern, query.from, query.to, query.fleetingMs, query.staleMs],
  );
  return rows;
}
