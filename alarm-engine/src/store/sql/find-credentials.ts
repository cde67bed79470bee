import type { Queryable } from '../queryable.ts';

export interface CredentialRow {
  username: string;
  kind: 'device' | 'bridge' | 'tester';
  secretHash: Buffer;
  device: string | null;
  /** A bridge has one of these two. */
  area: string | null;
  devices: ReadonlySet<string> | null;
  /** Filters of foreign topics that a bridge may use; null: all. */
  topics: readonly string[] | null;
  run: string | null;
  clientId: string | null;
  /** It opens nothing any more; a tester's dies with its drill, revoked or not. */
  revoked: boolean;
}

/** Credentials by name. */
export async function findCredentials(
  db: Queryable,
  query: { county: string; usernames: string[] },
): Promise<CredentialRow[]> {
  const { rows } = await db.query<Omit<CredentialRow, 'devices'> & { devices: string[] | null }>({
    name: 'find-credentials',
    text: `select c.username, c.kind, c.secret_hash as "secretHash", c.device, c.area, c.devices, c.topics, c.run,
                  c.client_id as "clientId",
                  c.revoked_at is not null
                    or (c.run is not null and not exists (select from fenghuo.drill d
                        where d.id = c.run and d.county = c.county and d.ended_at is null)) as revoked
           from fenghuo.credential c
           where c.username = any ($2) and c.county = $1`,
    values: [query.county, query.usernames],
  });
  return rows.map((row) => ({ ...row, devices: row.devices === null ? null : new Set(row.devices) }));
}
