import type { UpkeepOrder } from '@fenghuo/contracts/upkeep.ts';
import type { Queryable } from '../queryable.ts';
import { isOverdue, isWished, type UpkeepWish, wishValues } from './upkeep-wish.ts';

/** A place in the list, which the page before ended with: when its last order opened or closed, ms, and its id. */
export interface UpkeepPlace {
  at: number;
  id: string;
}

/** How a list goes on behind a place: open orders from the oldest on, closed ones from the newest back. */
const lists = {
  open: {
    of: 'u.closed_at is null',
    beyond: '(u.opened_at, u.id) > (to_timestamp($9 / 1000), $10)',
    order: 'u.opened_at, u.id',
  },
  closed: {
    of: 'u.closed_at is not null',
    beyond: '(u.closed_at, u.id) < (to_timestamp($9 / 1000), $10)',
    order: 'u.closed_at desc, u.id desc',
  },
} as const;

/** Orders of upkeep, with where their devices hang. */
export async function listUpkeep(
  db: Queryable,
  wish: UpkeepWish & { state: 'open' | 'closed'; after: UpkeepPlace | null; limit: number },
): Promise<UpkeepOrder[]> {
  const { state, after, limit } = wish;
  const { of, beyond, order } = lists[state];
  const { rows } = await db.query<{ doc: UpkeepOrder }>(
    `with page as (
       select u.* from fenghuo.upkeep as u
       where ${isWished} and ${of} and ($9::float8 is null or ${beyond})
       order by ${order} limit $11
     )
     select u.doc || jsonb_build_object(
       'deviceType', d.type, 'floor', d.floor, 'room', d.room, 'lon', coalesce(d.lon, b.lon), 'lat', coalesce(d.lat, b.lat),
       'buildingName', case when b.id is not null
         then jsonb_build_object('zh', b.name_zh, 'en', coalesce(b.name_en, b.name_zh)) end,
       'overdue', ${isOverdue}) as doc
     from page as u
     left join fenghuo.device as d on d.id = u.device
     left join fenghuo.building as b on b.id = u.building
     order by ${order}`,
    [...wishValues(wish), after?.at ?? null, after?.id ?? null, limit],
  );
  return rows.map(({ doc }) => doc);
}
