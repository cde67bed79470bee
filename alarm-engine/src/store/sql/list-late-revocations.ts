import type { Queryable } from '../queryable.ts';

/** Names of credentials that were taken away in the last day: what a gateway may have missed. */
export async function listLateRevocations(db: Queryable, county: string): Promise<string[]> {
  const { rows } = await db.query<{ username: string }>(
    `select username from fenghuo.credential
     where county = $1 and revoked_at > now() - interval '1 day'`,
    [county],
  );
  return rows.map(({ username }) => username);
}
