import type { DrillCatalogue } from '@fenghuo/contracts/drills.ts';
import type { Queryable } from '../queryable.ts';

/** What can be played in a county, and how long ago its runner was heard. */
export async function readDrillCatalogue(db: Queryable, county: string): Promise<DrillCatalogue> {
  const { rows } = await db.query<DrillCatalogue>(
    `select scenarios,
            greatest(0, extract(epoch from clock_timestamp() - seen_at) * 1000)::float8 as "runnerHeardMsAgo"
     from fenghuo.drill_runner where county = $1`,
    [county],
  );
  return rows[0] ?? { runnerHeardMsAgo: null, scenarios: [] };
}
