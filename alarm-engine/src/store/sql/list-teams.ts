import type { RegisteredUnit } from '../../registry/registry.ts';
import type { Queryable } from '../queryable.ts';

export interface StaffedTeam extends RegisteredUnit {
  onDuty: number;
}

/** Every team of a county, with how many of it are on duty. */
export async function listTeams(db: Queryable, county: string): Promise<StaffedTeam[]> {
  const { rows } = await db.query<StaffedTeam>(
    `select u.id, u.level, u.area, u.parent, jsonb_build_object('zh', u.name_zh, 'en', u.name_en) as name,
            u.lon, u.lat, u.capabilities, coalesce(r.on_duty, 0)::int as "onDuty"
     from fenghuo.unit u
     left join (select unit, count(*) as on_duty from fenghuo.roster where county = $1 and on_duty group by unit) r
       on r.unit = u.id
     where u.county = $1 and u.level = 'team' order by u.id collate "C"`,
    [county],
  );
  return rows;
}
