import type { DeviceCard, DeviceLiveness } from '@fenghuo/contracts/rest.ts';
import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';
import { deviceCardColumns, deviceCardTables, openSince } from './device-card-columns.ts';

/** What is asked for; null: whatever it is. */
export interface DeviceWish {
  county: string;
  areaPattern: string;
  type: DeviceType | null;
  building: string | null;
  adopted: boolean | null;
  liveness: DeviceLiveness | null;
  /** Only devices with a greater number. */
  after: number;
  limit: number;
}

const conditions: Record<DeviceLiveness, string> = {
  silent: `${openSince('silent')} is not null`,
  suppressed: `fenghuo.seen_ms(p.seconds, d.no) < ${openSince('silent', 'parent')}`,
  stuck: `${openSince('stuck')} is not null`,
  'never-heard': `d.adopted and fenghuo.seen_ms(p.seconds, d.no) is null`,
  clock: 'd.clock_off_since is not null',
};

/** Cards of devices of an area by number, with the number. */
export async function listDevices(
  db: Queryable,
  { county, areaPattern, type, building, adopted, liveness, after, limit }: DeviceWish,
): Promise<(DeviceCard & { no: number })[]> {
  const { rows } = await db.query<DeviceCard & { no: number }>(
    `select d.no, ${deviceCardColumns} from ${deviceCardTables}
     where d.county = $1 and coalesce(d.area, '') like $2 and d.no > $3
       and ($4::text is null or d.type = $4) and ($5::text is null or d.building = $5)
       and ($6::boolean is null or d.adopted = $6) and ${liveness === null ? 'true' : conditions[liveness]}
     order by d.no limit $7`,
    [county, areaPattern, after, type, building, adopted, limit],
  );
  return rows;
}
