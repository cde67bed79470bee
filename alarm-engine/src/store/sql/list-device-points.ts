import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** Every located device of an area in the order of its number, as rows of `lon, lat, type`. */
export async function listDevicePoints(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<[lon: number, lat: number, type: DeviceType][]> {
  const statement = {
    text: `select lon, lat, type from fenghuo.device
           where county = $1 and coalesce(area, '') like $2 and lon is not null and lat is not null
             and not witness
           order by no`,
    values: [query.county, query.areaPattern],
    rowMode: 'array',
  };
  const { rows } = await db.query<never>(statement);
  return rows;
}
