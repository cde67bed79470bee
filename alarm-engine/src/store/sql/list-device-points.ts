import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** Every located device of an area in the order of its number, as rows of `no, lon, lat, type, area`. */
export async function listDevicePoints(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<[no: number, lon: number, lat: number, type: DeviceType, area: string][]> {
  const statement = {
    text: `select no, lon, lat, type, coalesce(area, '') from fenghuo.device
           where county = $1 and coalesce(area, '') like $2 and lon is not null and lat is not null
             and not witness
           order by no`,
    values: [query.county, query.areaPattern],
    rowMode: 'array',
  };
  const { rows } = await db.query<never>(statement);
  return rows;
}
