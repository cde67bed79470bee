import type { DrillTelling, DrillWish } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

/** How a run goes; gives what people want of it, null where nobody plays that run, or it is over. */
export async function saveDrillProgress(
  db: Queryable,
  of: { county: string; run: string },
  { state, progress }: DrillTelling,
): Promise<DrillWish | null> {
  const { rows } = await db.query<DrillWish>(
    `with heard as (update fenghuo.drill_runner set seen_at = clock_timestamp() where county = $1)
     update fenghuo.drill_run set state = $3, progress = coalesce($4::jsonb, progress), told_at = clock_timestamp()
     where county = $1 and run = $2 and state not in ('waiting', 'judged', 'stopped', 'failed')
     returning wish`,
    [of.county, of.run, state, progress && JSON.stringify(progress)],
  );
  return rows[0] ?? null;
}
