import type { Queryable } from '../queryable.ts';
import type { RollupStretch } from './lock-rollup.ts';

/** Adds the alarms that a stretch of inputs raised to the counts of their hours, as grave as they were then. */
export async function rollUpAlarms(
  db: Queryable,
  county: string,
  { after, upTo }: RollupStretch,
): Promise<void> {
  await db.query(
    `insert into fenghuo.alarm_hour as h (county, hour, area, rule, severity, run, alarms)
     select $1, date_trunc('hour', at, 'UTC') as hour, left(area, 9) as area, rule, severity, coalesce(run, '') as run,
            count(*)
     from fenghuo.alarm_transition
     where county = $1 and no > $2 and no <= $3 and from_state is null
     group by 2, 3, rule, severity, 6
     order by 2, 3
     on conflict (county, hour, area, rule, severity, run) do update set alarms = h.alarms + excluded.alarms`,
    [county, after, upTo],
  );
}
