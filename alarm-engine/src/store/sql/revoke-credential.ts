import type { Queryable } from '../queryable.ts';

/** Takes a credential away and tells every gateway (channel `fenghuo_credential`). False: it opened nothing. */
export async function revokeCredential(
  db: Queryable,
  query: { county: string; username: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with gone as (update fenghuo.credential set revoked_at = $3
                   where county = $1 and username = $2 and revoked_at is null returning username)
     select pg_notify('fenghuo_credential', username) from gone`,
    [query.county, query.username, query.now],
  );
  return rowCount === 1;
}
