import type { Queryable } from '../queryable.ts';

/** Takes a source away, from its next request on. */
export async function revokeCarrierSource(
  db: Queryable,
  query: { county: string; source: string },
): Promise<void> {
  await db.query(
    `update fenghuo.carrier_source set revoked_at = now()
     where county = $1 and source = $2 and revoked_at is null`,
    [query.county, query.source],
  );
}
