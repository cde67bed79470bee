import type { DrillWish } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

/**
 * What people want of a run from now on; once it is to stop, nothing else. One that no runner has taken is stopped with
 * that. False: there is no such run.
 */
export async function saveDrillWish(
  db: Queryable,
  of: { county: string; run: string },
  { wish }: DrillWish,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update fenghuo.drill_run
     set wish = case when wish = 'stop' then wish else $3 end,
         state = case when $3 = 'stop' and state = 'waiting' then 'stopped' else state end
     where county = $1 and run = $2`,
    [of.county, of.run, wish],
  );
  return rowCount === 1;
}
