import type { Queryable } from '../queryable.ts';

/** Compresses the oldest day of events that ended more than so many days ago and is not yet. False: there is none. */
export async function compressEventDay(db: Queryable, afterDays: number): Promise<boolean> {
  const { rows } = await db.query<{ compressed: boolean }>(
    `select fenghuo.compress_event_day((now() at time zone 'UTC')::date - $1::integer) as compressed`,
    [afterDays],
  );
  return rows[0]!.compressed;
}
