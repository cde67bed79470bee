import type { CredentialPage } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../queryable.ts';

/** Credentials of a county by name: those after one, or the one of exactly this name. Secrets are not read. */
export async function listCredentials(
  db: Queryable,
  query: { county: string; after?: string; exactly?: string; limit: number },
): Promise<CredentialPage['credentials']> {
  const { rows } = await db.query<CredentialPage['credentials'][number]>(
    `select username, kind, device, area, cardinality(devices) as devices, topics, run, client_id as "clientId",
            (extract(epoch from created_at) * 1000)::float8 as "createdAt",
            (extract(epoch from revoked_at) * 1000)::float8 as "revokedAt"
     from fenghuo.credential
     where county = $1 and username > $2 and username = coalesce($3, username)
     order by username limit $4`,
    [query.county, query.after ?? '', query.exactly ?? null, query.limit],
  );
  return rows;
}
