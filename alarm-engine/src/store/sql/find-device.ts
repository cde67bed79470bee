import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../queryable.ts';

/** The card of a device in an area; null when there is none. */
export async function findDevice(
  db: Queryable,
  query: { county: string; id: string; areaPattern: string },
): Promise<DeviceCard | null> {
  const { rows } = await db.query<DeviceCard>(
    `select id, type, adopted, coalesce(area, '') as area, building, floor, room, lon, lat, parent, camera,
            (extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAt"
     from fenghuo.device where county = $1 and id = $2 and coalesce(area, '') like $3`,
    [query.county, query.id, query.areaPattern],
  );
  return rows[0] ?? null;
}
