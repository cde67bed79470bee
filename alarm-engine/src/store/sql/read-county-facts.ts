import type { CountyFacts } from '@fenghuo/contracts/push.ts';
import type { Queryable } from '../queryable.ts';

/** Bounds of everything that stands in the county; null when nothing does. */
type Bounds = CountyFacts['bounds'];

/** What of the facts the database knows. */
type StoredCountyFacts = Omit<CountyFacts, 'bounds' | 'timeZone'> & { bounds: Bounds | null };

/**
 * Identity and sizes of a county. Counting 212,000 devices takes tens of milliseconds: ask once a directory
 * number. Null when there is no such county.
 */
export async function readCountyFacts(db: Queryable, county: string): Promise<StoredCountyFacts | null> {
  const { rows } = await db.query<StoredCountyFacts>(
    `select c.code, jsonb_build_object('zh', c.name_zh, 'en', c.name_en) as name, c.demo,
            d.detectors, d.cameras, d.bounds,
            (select count(*) from fenghuo.building where county = $1)::int as buildings,
            (select coalesce(jsonb_object_agg(level, units), '{}')
             from (select level, count(*) as units from fenghuo.unit where county = $1 group by level) u)
              as "unitCounts"
     from fenghuo.county c,
          (select count(*) filter (where adopted and type not in ('camera', 'unknown'))::int as detectors,
                  count(*) filter (where adopted and type = 'camera')::int as cameras,
                  case when count(lon) > 0
                    then jsonb_build_array(min(lon), min(lat), max(lon), max(lat)) end as bounds
           from fenghuo.device where county = $1 and not witness) d
     where c.code = $1`,
    [county],
  );
  return rows[0] ?? null;
}
