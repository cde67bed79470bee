import type { BuildingCard } from '@fenghuo/contracts/rest.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { buildingInReach } from './in-reach.ts';

/** The card of a building within a reach, key-holder unmasked; null when there is none. */
export async function findBuilding(
  db: Queryable,
  query: ReachValues & { county: string; id: string },
): Promise<BuildingCard | null> {
  const { rows } = await db.query<BuildingCard>(
    `select b.id, b.area, b.name_zh as "nameZh", b.name_en as "nameEn", b.use, b.floors, b.lon, b.lat, b.footprint,
            case when b.keyholder_name is not null
              then jsonb_build_object('name', b.keyholder_name, 'phone', coalesce(b.keyholder_phone, ''))
            end as keyholder,
            (select count(*) from fenghuo.device d
             where d.building = b.id and d.type not in ('camera', 'concentrator'))::int as detectors
     from fenghuo.building b where b.county = $1 and b.id = $2 and ${buildingInReach('b', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.id, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
