import type { Queryable } from '../queryable.ts';

/**
 * Takes the credentials of a drill away and tells every gateway (channel `fenghuo_credential`), by the name of the run too:
 * whoever came in by the transmitters' door has no other.
 */
export async function revokeRunCredentials(
  db: Queryable,
  query: { county: string; run: string; now: Date },
): Promise<void> {
  await db.query(
    `with gone as (update fenghuo.credential set revoked_at = $3
                   where county = $1 and run = $2 and revoked_at is null returning username)
     select pg_notify('fenghuo_credential', name) from (select username from gone union all select $2) as ended (name)`,
    [query.county, query.run, query.now],
  );
}
