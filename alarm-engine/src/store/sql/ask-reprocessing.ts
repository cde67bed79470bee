import type { QuarantineFilter } from '@fenghuo/contracts/quarantine.ts';
import { filterCondition, filterValues } from '../quarantine-filter.ts';
import type { Queryable } from '../queryable.ts';

export interface ReprocessingWish {
  county: string;
  askedBy: string;
  filter: QuarantineFilter;
  /** One message; null: whatever the filter selects. */
  no: number | null;
  limit: number;
}

/**
 * Asks for messages to be processed again, the oldest first, and wakes who does it. Left out are those that were
 * with success, and those that wait for it already. Gives how many were asked for.
 */
export async function askReprocessing(db: Queryable, wish: ReprocessingWish): Promise<number> {
  const { rows } = await db.query<{ asked: number }>(
    `with chosen as (
       select no from fenghuo.quarantine
       where ${filterCondition} and ($8::bigint is null or no = $8)
         and (outcome is null or outcome in ('refused', 'not-authorised'))
       order by no limit $9 for update
     ), asked as (
       update fenghuo.quarantine q set outcome = 'waiting', asked_at = now(), asked_by = $10,
         tried_at = null, outcome_detail = null
       from chosen where q.no = chosen.no returning q.no
     ), woken as (select pg_notify('fenghuo_quarantine', $1) from asked limit 1)
     select (select count(*) from asked)::float8 as asked, (select count(*) from woken) as woken`,
    [...filterValues(wish.county, wish.filter), wish.no, wish.limit, wish.askedBy],
  );
  return rows[0]?.asked ?? 0;
}
