import type { FactRow } from '../../safety-index/area-facts.ts';
import type { Queryable } from '../queryable.ts';

/**
 * What goes on in each village, live: open incidents, tickets and upkeep, silent detectors, and the cases and alarms of a
 * period that ends at `now`. One statement, of which each part has its index: 0.5 s with 130,000 cases and 300,000 alarms in
 * the period and 20,000 open orders of upkeep.
 */
export async function countAreaFacts(
  db: Queryable,
  query: { county: string; now: number; periodMs: number },
): Promise<FactRow[]> {
  const { rows } = await db.query<FactRow>({
    name: 'count-area-facts',
    text: `
      with silences as (
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
        from fenghuo.ticket
        where county = $1 and run is null and closed_at is not null and closed_at between $3 and $2 group by 1
        union all
        select left(area, 12), jsonb_build_object(
          'upkeep_open', count(*), 'upkeep_assigned', count(due_at),
          'upkeep_overdue', count(*) filter (where due_at < $2))
        from fenghuo.upkeep where county = $1 and run is null and closed_at is null group by 1
        union all
        select left(area, 12), jsonb_build_object('alarms', sum(raised), 'alarms_repeated', sum(raised - 1))
        from (select min(area) as area, count(*) as raised from fenghuo.alarm
              where county = $1 and run is null and test is not true and raised_at between $3 and $2
              group by device) as of_device
        group by 1
      )
      select fact, area, count::int from counts, jsonb_each_text(facts) as f (fact, count)
      where area is not null and count <> '0'`,
    values: [query.county, new Date(query.now), new Date(query.now - query.periodMs)],
  });
  return rows;
}
