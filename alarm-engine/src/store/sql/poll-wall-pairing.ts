import type { Queryable } from '../queryable.ts';

/**
 * Notes that a wall asked, and tells whether it was too soon: then its interval grows by 5 s (RFC 8628 §3.5). Null when
 * the pairing is over or there never was one. Half a second too early is forgiven: timers of browsers are not exact.
 */
export async function pollWallPairing(
  db: Queryable,
  query: { county: string; deviceHash: Buffer; now: Date },
): Promise<{ tooSoon: boolean; approved: boolean } | null> {
  const { rows } = await db.query<{ tooSoon: boolean; approved: boolean }>(
    `with before as (
       select device_hash, account is not null as approved,
              coalesce($3 < polled_at + make_interval(secs => interval_s - 0.5), false) as too_soon
       from fenghuo.wall_pairing
       where county = $1 and device_hash = $2 and expires_at > $3 for update
     )
     update fenghuo.wall_pairing p
     set polled_at = $3, interval_s = interval_s + case when too_soon then 5 else 0 end
     from before where p.device_hash = before.device_hash
     returning too_soon as "tooSoon", approved`,
    [query.county, query.deviceHash, query.now],
  );
  return rows[0] ?? null;
}
