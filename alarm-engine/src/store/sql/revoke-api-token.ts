import type { Queryable } from '../queryable.ts';

/**
 * Takes a token away, from its next request on, and its sockets at once (channel `fenghuo_session`). False when there is
 * none that still opens anything.
 */
export async function revokeApiToken(
  db: Queryable,
  query: { county: string; name: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with gone as (
       update fenghuo.api_token set revoked_at = $3
       where county = $1 and name = $2 and revoked_at is null and expires_at > $3 returning token_hash
     )
     select pg_notify('fenghuo_session', encode(token_hash, 'hex')) from gone`,
    [query.county, query.name, query.now],
  );
  return rowCount === 1;
}
