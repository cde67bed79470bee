import type { Queryable } from '../queryable.ts';

/** Takes a token away, from its next request on. False when there is none that still opens anything. */
export async function revokeApiToken(
  db: Queryable,
  query: { county: string; name: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update fenghuo.api_token set revoked_at = $3
     where county = $1 and name = $2 and revoked_at is null and expires_at > $3`,
    [query.county, query.name, query.now],
  );
  return rowCount === 1;
}
