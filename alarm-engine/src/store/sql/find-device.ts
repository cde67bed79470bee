import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../queryable.ts';
import { deviceCardColumns, deviceCardTables } from './device-card-columns.ts';

/** The card of a device in an area; null when there is none. */
export async function findDevice(
  db: Queryable,
  query: { county: string; id: string; areaPattern: string },
): Promise<DeviceCard | null> {
  const { rows } = await db.query<DeviceCard>(
    `select ${deviceCardColumns} from ${deviceCardTables}
     where d.county = $1 and d.id = $2 and coalesce(d.area, '') like $3`,
    [query.county, query.id, query.areaPattern],
  );
  return rows[0] ?? null;
}
