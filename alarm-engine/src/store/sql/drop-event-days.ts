import type { Queryable } from '../queryable.ts';

/**
 * Drops the days of events that are older than so many, by the database's clock; events of odd times go by when they
 * were received. Returns how many days were dropped.
 */
export async function dropEventDays(db: Queryable, keepDays: number): Promise<number> {
  const { rows } = await db.query<{ dropped: number }>(
    `select fenghuo.drop_event_days((now() at time zone 'UTC')::date - $1::integer) as dropped`,
    [keepDays],
  );
  return rows[0]!.dropped;
}
