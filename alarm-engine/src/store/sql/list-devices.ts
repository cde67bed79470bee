import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** What is asked for; null: whatever it is. */
export interface DeviceWish {
  county: string;
  areaPattern: string;
  type: DeviceType | null;
  building: string | null;
  adopted: boolean | null;
  /** Only devices with a greater number. */
  after: number;
  limit: number;
}

/** Cards of devices of an area by number, with the number. */
export async function listDevices(
  db: Queryable,
  { county, areaPattern, type, building, adopted, after, limit }: DeviceWish,
): Promise<(DeviceCard & { no: number })[]> {
  const { rows } = await db.query<DeviceCard & { no: number }>(
    `select no, id, type, adopted, coalesce(area, '') as area, building, floor, room, lon, lat, parent, camera,
            (extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAt"
     from fenghuo.device
     where county = $1 and coalesce(area, '') like $2 and no > $3
       and ($4::text is null or type = $4) and ($5::text is null or building = $5)
       and ($6::boolean is null or adopted = $6)
     order by no limit $7`,
    [county, areaPattern, after, type, building, adopted, limit],
  );
  return rows;
}
