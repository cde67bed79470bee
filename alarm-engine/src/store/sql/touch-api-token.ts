import type { Queryable } from '../queryable.ts';

/** Notes that a token is in use. */
export async function touchApiToken(
  db: Queryable,
  query: { county: string; name: string; usedAt: Date },
): Promise<void> {
  await db.query('update fenghuo.api_token set last_used_at = $3 where county = $1 and name = $2', [
    query.county,
    query.name,
    query.usedAt,
  ]);
}
