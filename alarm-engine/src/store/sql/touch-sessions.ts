import type { Queryable } from '../queryable.ts';

/** Notes that sessions are in use. A clock that went back does not make them older. */
export async function touchSessions(
  db: Queryable,
  query: { tokenHashes: Buffer[]; usedAt: Date },
): Promise<void> {
  await db.query(
    `update fenghuo.session set last_used_at = $2 where token_hash = any ($1) and last_used_at < $2`,
    [query.tokenHashes, query.usedAt],
  );
}
