import type { ChainLink } from '@fenghuo/contracts/chain.ts';
import { dutyPosts, type UnitLevel } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

interface LinkWish {
  county: string;
  area: string;
  areaPattern: string;
  /** Null: any. */
  level: UnitLevel | null;
  /** Only units with a later id. */
  after: string;
  limit: number;
}

/** Units of an area, and those above it, by id, with their people on duty unmasked, those of the first post first. */
export async function listChainLinks(
  db: Queryable,
  { county, area, areaPattern, level, after, limit }: LinkWish,
): Promise<ChainLink[]> {
  const { rows } = await db.query<ChainLink>(
    `with shown as (
       select * from fenghuo.unit
       where county = $1 and (area like $3 or starts_with($2, area)) and id collate "C" > $4
         and ($5::text is null or level = $5)
       order by id collate "C" limit $6
     )
     select s.id, s.level, s.parent, s.area, jsonb_build_object('zh', s.name_zh, 'en', s.name_en) as name,
            s.lon, s.lat, s.capabilities, coalesce(p.staff, 0)::int as staff, coalesce(p.on_duty, '[]') as "onDuty"
     from shown s
     left join (
       select unit, count(*) as staff,
              jsonb_agg(jsonb_build_object('id', id, 'name', name, 'phone', phone, 'post', post,
                          'until', extract(epoch from until) * 1000)
                order by array_position($7::text[], post), id) filter (where on_duty) as on_duty
       from fenghuo.roster where unit in (select id from shown) group by unit
     ) p on p.unit = s.id
     order by s.id collate "C"`,
    [county, area, areaPattern, after, level, limit, dutyPosts],
  );
  return rows;
}
