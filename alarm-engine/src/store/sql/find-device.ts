import type { DeviceCard } from '@fenghuo/contracts/rest.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { deviceCardColumns, deviceCardTables } from './device-card-columns.ts';
import { deviceInReach } from './in-reach.ts';

/** The card of a device within reach; null when there is none. */
export async function findDevice(
  db: Queryable,
  query: ReachValues & { county: string; id: string },
): Promise<DeviceCard | null> {
  const { rows } = await db.query<DeviceCard>(
    `select ${deviceCardColumns} from ${deviceCardTables}
     where d.county = $1 and d.id = $2 and ${deviceInReach('d', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.id, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
