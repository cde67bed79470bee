import type { EventKind } from '@fenghuo/contracts/words.ts';

/** Which orders of upkeep are asked for; null: whatever it is. */
export interface UpkeepWish {
  county: string;
  areaPattern: string;
  kind: EventKind | null;
  building: string | null;
  /** A unit; `nobody` for those that were given to none. */
  assignee: string | null;
  overdue: boolean | null;
  /** Only those opened before; ms since 1970. */
  openedBefore: number | null;
  now: number;
}

/** Of `fenghuo.upkeep as u`: what is asked for, of what is live. The parameters are {@link wishValues}, $1 to $8. */
export const isWished = `
  u.county = $1 and u.run is null and coalesce(u.area, '') like $2
  and ($3::text is null or u.kind = $3) and ($4::text is null or u.building = $4)
  and ($5::text is null or coalesce(u.unit, 'nobody') = $5)
  and ($6::boolean is null or (u.closed_at is null and coalesce(u.due_at < to_timestamp($8::float8 / 1000), false)) = $6)
  and ($7::float8 is null or u.opened_at < to_timestamp($7 / 1000))`;

/** An open order whose time to be done by has passed. */
export const isOverdue = `u.closed_at is null and coalesce(u.due_at < to_timestamp($8::float8 / 1000), false)`;

export function wishValues(wish: UpkeepWish) {
  const { county, areaPattern, kind, building, assignee, overdue, openedBefore, now } = wish;
  return [county, areaPattern, kind, building, assignee, overdue, openedBefore, now];
}
