import type { NamedArea } from '../../safety-index/area-facts.ts';
import type { Queryable } from '../queryable.ts';

/** Areas that have an index: all but grids. */
export async function listIndexAreas(db: Queryable, county: string): Promise<NamedArea[]> {
  const { rows } = await db.query<NamedArea>(
    `select code as area, level, jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name
     from fenghuo.area where county = $1 and level <> 'grid' order by length(code), code`,
    [county],
  );
  return rows;
}
