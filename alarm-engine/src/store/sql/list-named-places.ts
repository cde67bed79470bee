import type { PlaceRow } from '../../intake/place-index.ts';
import type { Queryable } from '../queryable.ts';

const words = `jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh))`;

/** Every township, village, building and camera of a county that a report can name. */
export async function listNamedPlaces(db: Queryable, county: string): Promise<PlaceRow[]> {
  const { rows } = await db.query<PlaceRow>(
    `select level as kind, code as id, ${words} as name, code as area, lon, lat
     from fenghuo.area where county = $1 and level in ('township', 'village')
     union all
     select 'building', id, ${words}, area, lon, lat from fenghuo.building where county = $1
     union all
     select 'camera', id, jsonb_build_object('zh', coalesce(camera ->> 'code', id), 'en', coalesce(camera ->> 'code', id)),
            coalesce(area, ''), lon, lat
     from fenghuo.device where county = $1 and type = 'camera'`,
    [county],
  );
  return rows;
}
