import type { ChatteringDevice } from '../../stats/rule-proposals.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/**
 * Devices that raised one rule's alarm for the `raises`-th time within a minute or so, live, over the ends of alarms:
 * a condition that comes and goes may be acknowledged, closed and raised anew. The most restless first.
 */
export async function listChatteringDevices(
  db: Queryable,
  query: PeriodQuery & { raises: number; withinMs: number; limit: number },
): Promise<ChatteringDevice[]> {
  const { rows } = await db.query<ChatteringDevice>(
    `with step as (
       select t.device, t.rule, t.kind, t.why, t.at,
              extract(epoch from t.at - lag(t.at) over (same order by t.at, t.no, t.version))::float8 * 1000 as pause,
              lag(t.why) over (same order by t.at, t.no, t.version) as before
       from fenghuo.alarm_transition t
       where t.county = $1 and t.run is null and t.area like $2 and t.why in ('raise', 'return')
         and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
       window same as (partition by t.device, t.rule)
     ), raised as (
       select device, rule, kind, case when before = 'return' then pause end as pause,
              at - lag(at, $5::int - 1) over (partition by device, rule order by at)
                <= make_interval(secs => $6::float8 / 1000) as is_burst
       from step where why = 'raise'
     )
     select device, rule, min(kind) as kind, (count(*) filter (where is_burst))::int as bursts,
            coalesce(percentile_cont(0.9) within group (order by pause) filter (where is_burst), 0) as "pauseP90Ms"
     from raised group by 1, 2 having bool_or(is_burst) order by bursts desc, 1, 2 limit $7`,
    [query.county, query.areaPattern, query.from, query.to, query.raises, query.withinMs, query.limit],
  );
  return rows;
}
