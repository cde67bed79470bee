import type { UpkeepStop } from '@fenghuo/contracts/upkeep.ts';
import type { Queryable } from '../queryable.ts';
import { isWished, type UpkeepWish, wishValues } from './upkeep-wish.ts';

/** Where orders wait; without a place, those of devices that nobody located, a row a township. */
export interface UpkeepPlaceRow extends Omit<UpkeepStop, 'metres' | 'lon' | 'lat'> {
  township: string;
  lon: number | null;
  lat: number | null;
}

/** Open orders by where one drives to: a building, or a device out of doors. Those with the oldest order first. */
export async function listUpkeepPlaces(db: Queryable, wish: UpkeepWish): Promise<UpkeepPlaceRow[]> {
  const { rows } = await db.query<UpkeepPlaceRow>(
    `select left(min(u.area), 9) as township, min(u.building) as building, min(u.area) as area,
            coalesce(min(b.lon), min(d.lon)) as lon, coalesce(min(b.lat), min(d.lat)) as lat,
            case when min(b.id) is not null
              then jsonb_build_object('zh', min(b.name_zh), 'en', coalesce(min(b.name_en), min(b.name_zh))) end as name,
            jsonb_agg(jsonb_build_object(
              'id', u.id, 'version', u.doc -> 'version', 'kind', u.kind, 'device', u.device,
              'floor', d.floor, 'room', d.room) order by u.opened_at, u.id) as orders
     from fenghuo.upkeep as u
     left join fenghuo.device as d on d.id = u.device
     left join fenghuo.building as b on b.id = u.building
     where ${isWished} and u.closed_at is null
     group by coalesce(u.building, u.device), left(u.area, 9)
     order by min(u.opened_at), coalesce(min(u.building), min(u.device))`,
    wishValues(wish),
  );
  return rows;
}
