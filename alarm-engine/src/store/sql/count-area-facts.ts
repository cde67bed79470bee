import type { FactRow } from '../../safety-index/area-facts.ts';
import type { Queryable } from '../queryable.ts';

/**
 * What goes on in each village, live: open incidents, tickets and upkeep, silent detectors, and the cases and alarms of a
 * period that ends at `now`. One statement, of which each part has its index.
 */
export async function countAreaFacts(
  db: Queryable,
  query: { county: string; now: number; periodMs: number },
): Promise<FactRow[]> {
  const { rows } = await db.query<FactRow>({
    name: 'count-area-facts',
    text: `
      with time as (
        select to_timestamp($2::float8 / 1000) as now, to_timestamp(($2::float8 - $3::float8) / 1000) as start
      ), silences as (
        select device, fenghuo.ms(doc, 'openedAt') as since from fenghuo.upkeep
        where county = $1 and run is null and closed_at is null and kind = 'silent'
      ), silent as (
        select d.no, d.area from silences as s join fenghuo.device as d on d.id = s.device
        where d.adopted and d.type <> 'camera'
        union
        select d.no, d.area from silences as s join fenghuo.device as d on d.parent = s.device
        join fenghuo.seen_page as p on p.no = d.no / 256
        where d.adopted and d.type <> 'camera' and fenghuo.seen_ms(p.seconds, d.no) < extract(epoch from s.since) * 1000
      ), counts as (
        select left(area, 12) as area, jsonb_build_object('silent', count(*)) as facts from silent group by 1
        union all
        select left(area, 12), jsonb_build_object(
          'open_high', count(*) filter (where severity = 'high'),
          'open_medium', count(*) filter (where severity = 'medium'),
          'open_low', count(*) filter (where severity = 'low'))
        from fenghuo.incident where county = $1 and run is null and closed_at is null group by 1
        union all
        select left(area, 12), jsonb_build_object(
          'tickets_open', count(*), 'tickets_overdue', count(*) filter (where doc -> 'overdue' = 'true'))
        from fenghuo.ticket where county = $1 and run is null and closed_at is null group by 1
        union all
        select left(area, 12), jsonb_build_object(
          'tickets_closed', count(*), 'tickets_on_time', count(*) filter (where not late),
          'false_alarms', count(*) filter (where stage = 'false-alarm'))
        from fenghuo.ticket, time
        where county = $1 and run is null and closed_at is not null and closed_at >= start and closed_at <= now group by 1
        union all
        select left(area, 12), jsonb_build_object(
          'upkeep_open', count(*), 'upkeep_assigned', count(due_at),
          'upkeep_overdue', count(*) filter (where due_at < now))
        from fenghuo.upkeep, time where county = $1 and run is null and closed_at is null group by 1
        union all
        select left(area, 12), jsonb_build_object('alarms', sum(raised), 'alarms_repeated', sum(raised - 1))
        from (select area, device, count(*) as raised from fenghuo.alarm, time
              where county = $1 and run is null and test is not true and raised_at >= start and raised_at <= now
              group by area, device) as of_device
        group by 1
      )
      select fact, area, count::int from counts, jsonb_each_text(facts) as f (fact, count)
      where area is not null and count <> '0'`,
    values: [query.county, query.now, query.periodMs],
  });
  return rows;
}
