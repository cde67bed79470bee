import type { BuildingPlan } from '@fenghuo/contracts/rest.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { buildingInReach } from './in-reach.ts';

/** More devices than this are counted, not listed: no building of the model county has a tenth of it. */
const mostDevices = 5000;

/** Outline of a building within a reach and its devices by floor; null when there is none. */
export async function findBuildingPlan(
  db: Queryable,
  query: ReachValues & { county: string; id: string },
): Promise<BuildingPlan | null> {
  const { rows } = await db.query<BuildingPlan>(
    `select b.id, b.name_zh as "nameZh", b.name_en as "nameEn", b.use, b.floors, b.lon, b.lat, b.footprint,
            coalesce(d.devices, '[]') as devices, greatest(0, d.count - ${mostDevices})::int as left
     from fenghuo.building b
     cross join lateral (
       select jsonb_agg(jsonb_build_object('id', id, 'type', type, 'floor', floor, 'room', room, 'lon', lon, 'lat', lat)
                        order by no) filter (where place <= ${mostDevices}) as devices, count(*) as count
       from (select *, row_number() over (order by no) as place from fenghuo.device
             where building = b.id and floor is not null and type <> 'concentrator') as in_it
     ) as d
     where b.county = $1 and b.id = $2 and ${buildingInReach('b', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.id, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
