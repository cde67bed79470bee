import type { Queryable } from '../queryable.ts';

/** A pairing that waits for approval, by the code that a person read; null when there is none. */
export async function findWallPairing(
  db: Queryable,
  query: { county: string; userHash: Buffer; now: Date },
): Promise<{ address: string; askedAt: number } | null> {
  const { rows } = await db.query<{ address: string; askedAt: number }>(
    `select address, (extract(epoch from asked_at) * 1000)::float8 as "askedAt" from fenghuo.wall_pairing
     where county = $1 and user_hash = $2 and expires_at > $3 and account is null`,
    [query.county, query.userHash, query.now],
  );
  return rows[0] ?? null;
}
