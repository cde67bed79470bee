import type { Queryable } from '../queryable.ts';

export type RollupName = 'events' | 'alarms';

/** What is to be counted next: numbers in (after, upTo]. */
export interface RollupStretch {
  after: number;
  upTo: number;
  /** Ms. No timely event among them has an earlier device time. */
  earliest: number;
}

/** Most engine numbers in one transaction: half a second here. */
const atMost = 200_000;

/**
 * Locks the mark of a rollup for this transaction, and says what is to be counted: committed numbers behind it. Null:
 * nothing. Who waited for the lock sees the mark as the other left it.
 */
export async function lockRollup(
  db: Queryable,
  county: string,
  name: RollupName,
): Promise<RollupStretch | null> {
  await db.query(`insert into fenghuo.rollup (county, name) values ($1, $2) on conflict do nothing`, [
    county,
    name,
  ]);
  const { rows } = await db.query<RollupStretch>(
    `select mark.up_to as after, least(mark.up_to + ${atMost}, head.last_no) as "upTo",
            extract(epoch from next.engine_at - interval '31 days')::float8 * 1000 as earliest
     from (select up_to from fenghuo.rollup where county = $1 and name = $2 for update) as mark,
          lateral (select last_no from fenghuo.input_batch where county = $1 order by last_no desc limit 1) as head,
          lateral (select engine_at from fenghuo.input_batch where county = $1 and last_no > mark.up_to
                   order by last_no limit 1) as next`,
    [county, name],
  );
  return rows[0] ?? null;
}

/** Moves the mark, in the transaction that counted. */
export async function moveRollup(
  db: Queryable,
  county: string,
  name: RollupName,
  upTo: number,
): Promise<void> {
  await db.query('update fenghuo.rollup set up_to = $3 where county = $1 and name = $2', [
    county,
    name,
    upTo,
  ]);
}
