import type { ClosedCases } from '../../stats/rule-proposals.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/**
 * Cases closed in a period, live, by the rules that contributed to them (`device` null) and by device and rule; and how
 * many of them were false. Those with the most false ones first; devices without any are left out.
 */
export async function listClosedCases(
  db: Queryable,
  query: PeriodQuery & { limit: number },
): Promise<ClosedCases[]> {
  const { rows } = await db.query<ClosedCases>(
    `select a.device, a.rule, min(a.doc ->> 'kind') as kind, count(distinct t.id)::int as cases,
            (count(distinct t.id) filter (where t.stage = 'false-alarm'))::int as "falseAlarms"
     from fenghuo.ticket t join fenghuo.alarm a on a.incident = t.incident
     where t.county = $1 and t.run is null and a.area like $2
       and t.closed_at >= to_timestamp($3::float8 / 1000) and t.closed_at < to_timestamp($4::float8 / 1000)
     group by grouping sets ((a.device, a.rule), (a.rule))
     having a.device is null or count(*) filter (where t.stage = 'false-alarm') > 0
     order by a.device is not null, "falseAlarms" desc, cases, a.rule, a.device limit $5`,
    [query.county, query.areaPattern, query.from, query.to, query.limit],
  );
  return rows;
}
