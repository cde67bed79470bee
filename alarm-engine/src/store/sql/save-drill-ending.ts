import type { DrillEnding } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

/** What came of a run, once; false: nobody plays it, or it is kept already. */
export async function saveDrillEnding(
  db: Queryable,
  of: { county: string; run: string },
  { software, verdict, fault, report }: DrillEnding,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update fenghuo.drill_run
     set state = case when wish = 'stop' then 'stopped' when $3::jsonb is null then 'failed' else 'judged' end,
         verdict = $3, fault = $4, software = $5, report = $6, told_at = clock_timestamp()
     where county = $1 and run = $2 and state not in ('waiting', 'judged', 'stopped', 'failed')`,
    [of.county, of.run, verdict && JSON.stringify(verdict), fault && JSON.stringify(fault), software, report],
  );
  return rowCount === 1;
}
