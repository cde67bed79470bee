import type { ApiTokenList } from '@fenghuo/contracts/api-tokens.ts';
import type { Queryable } from '../queryable.ts';

/** Every token of the county, those that are over too. */
export async function listApiTokens(db: Queryable, county: string): Promise<ApiTokenList['tokens']> {
  const { rows } = await db.query<ApiTokenList['tokens'][number]>(
    `select name, area, rights, account as "issuedBy",
            (extract(epoch from issued_at) * 1000)::float8 as "issuedAt",
            (extract(epoch from expires_at) * 1000)::float8 as "expiresAt",
            (extract(epoch from last_used_at) * 1000)::float8 as "lastUsedAt",
            (extract(epoch from revoked_at) * 1000)::float8 as "revokedAt"
     from fenghuo.api_token where county = $1 order by name`,
    [county],
  );
  return rows;
}
