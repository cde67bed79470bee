import type { Queryable } from '../queryable.ts';

/** Ends an approved pairing and names the wall's account; null when somebody else was faster. */
export async function takeWallPairing(
  db: Queryable,
  query: { county: string; deviceHash: Buffer },
): Promise<{ account: string; name: string; area: string } | null> {
  const { rows } = await db.query<{ account: string; name: string; area: string }>(
    `with taken as (
       delete from fenghuo.wall_pairing where county = $1 and device_hash = $2 and account is not null
       returning account
     )
     select a.name as account, a.display_name as name, a.area
     from fenghuo.account a join taken on taken.account = a.name where not a.disabled`,
    [query.county, query.deviceHash],
  );
  return rows[0] ?? null;
}
