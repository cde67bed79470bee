import type { BuildingLine } from '@fenghuo/contracts/registry.ts';
import type { Queryable } from '../queryable.ts';

export interface BuildingWish {
  county: string;
  areaPattern: string;
  /** Part of a name, or of an id; empty: all. */
  search: string;
  /** Only buildings with a later id. */
  after: string;
  limit: number;
}

/** Buildings of an area by id, key-holders unmasked. */
export async function listBuildings(
  db: Queryable,
  { county, areaPattern, search, after, limit }: BuildingWish,
): Promise<BuildingLine[]> {
  const { rows } = await db.query<BuildingLine>(
    `select b.id, b.area, jsonb_build_object('zh', a.name_zh, 'en', coalesce(a.name_en, a.name_zh)) as "areaName",
            jsonb_build_object('zh', b.name_zh, 'en', coalesce(b.name_en, b.name_zh)) as name,
            b.use, b.floors, b.lon, b.lat,
            case when b.keyholder_name is not null
              then jsonb_build_object('name', b.keyholder_name, 'phone', coalesce(b.keyholder_phone, ''))
            end as keyholder,
            (select count(*) from fenghuo.device d where d.building = b.id and not d.witness)::int as devices
     from fenghuo.building b join fenghuo.area a on a.code = b.area
     where b.county = $1 and b.area like $2 and b.id > $3
       and ($4 = '' or strpos(lower(b.id), $4) > 0 or strpos(lower(b.name_zh), $4) > 0
            or strpos(lower(coalesce(b.name_en, '')), $4) > 0)
     order by b.id limit $5`,
    [county, areaPattern, after, search.trim().toLowerCase(), limit],
  );
  return rows;
}
