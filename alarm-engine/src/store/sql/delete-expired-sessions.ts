import type { Queryable } from '../queryable.ts';

/** Sessions past their last day, swept at each start. They opened nothing any more. */
export async function deleteExpiredSessions(db: Queryable, now: Date): Promise<void> {
  await db.query('delete from fenghuo.session where expires_at < $1', [now]);
}
