import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface UnitThere {
  id: string;
  level: UnitLevel;
  area: string;
  name: string;
}

/**
 * Whom a fire concerns in the first building of the estate with two smoke detectors, which a demo offers to set off by hand:
 * its grid, its township's room, and the team that would be proposed for it.
 */
export async function findFirstFire(db: Queryable, county: string): Promise<UnitThere[]> {
  const { rows } = await db.query<UnitThere>(
    `with place as (
       select b.area, b.lon, b.lat
       from (select building, min(no) as no from fenghuo.device
             where county = $1 and type = 'smoke' and building is not null
             group by building having count(*) > 1 order by 2 limit 1) first
       join fenghuo.building b on b.id = first.building)
     select distinct on (u.level) u.id, u.level, u.area, u.name_zh as name
     from fenghuo.unit u join place on place.area like u.area || '%'
     where u.county = $1
       and (u.level in ('grid', 'township') or (u.level = 'team' and 'fire' = any(u.capabilities)))
     order by u.level, length(u.area) desc,
       (u.lon - place.lon) ^ 2 * cos(radians(place.lat)) ^ 2 + (u.lat - place.lat) ^ 2, u.id`,
    [county],
  );
  return rows;
}
