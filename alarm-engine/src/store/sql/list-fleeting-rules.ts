import type { FleetingRule } from '../../stats/rule-proposals.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/**
 * Raises of each rule in a period, live, and those that were followed by nothing but a return within `fleetingMs`. Rules
 * whose alarms are momentary return with the input that raises them, and are left out.
 */
export async function listFleetingRules(
  db: Queryable,
  query: PeriodQuery & { fleetingMs: number },
): Promise<FleetingRule[]> {
  const { rows } = await db.query<FleetingRule>(
    `select t.rule, min(t.kind) as kind, count(*)::int as raises, (count(*) filter (where ended.fleeting))::int as fleeting,
            percentile_cont(0.9) within group (order by ended.ms) filter (where ended.fleeting) as "lengthP90Ms"
     from fenghuo.alarm_transition t
     left join fenghuo.alarm_transition r on r.alarm = t.alarm and r.version = t.version + 1 and r.why = 'return'
     cross join lateral (select extract(epoch from r.at - t.at)::float8 * 1000 as ms) length
     cross join lateral (select length.ms, length.ms <= $5 as fleeting) ended
     where t.county = $1 and t.run is null and t.area like $2 and t.why = 'raise' and r.no is distinct from t.no
       and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
     group by 1 having bool_or(ended.fleeting) order by 1`,
    [query.county, query.areaPattern, query.from, query.to, query.fleetingMs],
  );
  return rows;
}
