import type { ChainUnit } from '@fenghuo/contracts/push.ts';
import { dutyPosts } from '@fenghuo/contracts/words.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { ticketInReach } from './in-reach.ts';

/**
 * Units of a command chain as an area sees it: those of county, township, station and team level inside it,
 * those above it, and whoever holds an open ticket in it, or one to which its unit is ordered. On duty is the first person of the unit who is, by their post.
 */
export async function listChainUnits(
  db: Queryable,
  query: ReachValues & { county: string; area: string },
): Promise<ChainUnit[]> {
  const { rows } = await db.query<ChainUnit>(
    `with shown as (
       select u.* from fenghuo.unit u
       where u.county = $1
         and (u.level in ('county', 'township', 'station', 'team')
                and (u.area like $3 or starts_with($2, u.area))
              or u.id in (select t.holder from fenghuo.ticket t
                          where t.county = $1 and t.closed_at is null and ${ticketInReach('t', { pattern: '$3', unit: '$5' })}))
     )
     select s.id, s.level, s.parent, s.area, jsonb_build_object('zh', s.name_zh, 'en', s.name_en) as name,
            s.lon, s.lat, s.capabilities, p.on_duty as "onDuty", coalesce(p.staff, 0)::int as staff
     from shown s
     left join (select unit, count(*) as staff, (array_agg(name order by array_position($4::text[], post), id) filter (where on_duty))[1] as on_duty
                from fenghuo.roster where unit in (select id from shown) group by unit) p on p.unit = s.id
     order by s.id`,
    [query.county, query.area, query.areaPattern, dutyPosts, query.unit],
  );
  return rows;
}
