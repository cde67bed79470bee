import type { PlaceName } from '@fenghuo/contracts/push.ts';
import type { Queryable } from '../queryable.ts';

/** Townships and villages of an area. */
export async function listPlaces(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<PlaceName[]> {
  const { rows } = await db.query<PlaceName>(
    `select code, level, jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name, lon, lat
     from fenghuo.area where county = $1 and level in ('township', 'village') and code like $2 order by code`,
    [query.county, query.areaPattern],
  );
  return rows;
}
