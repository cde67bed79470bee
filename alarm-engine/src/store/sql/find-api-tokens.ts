import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface ApiTokenRow {
  tokenHash: Buffer;
  name: string;
  area: string;
  rights: string[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  /** Of the account that issued it, as it is now. */
  role: Role;
  accountArea: string;
}

/** Those of the tokens that were not revoked and whose account may sign in. */
export async function findApiTokens(
  db: Queryable,
  query: { county: string; tokenHashes: readonly Buffer[] },
): Promise<ApiTokenRow[]> {
  const { rows } = await db.query<ApiTokenRow>({
    name: 'find-api-tokens',
    text: `select t.token_hash as "tokenHash", t.name, t.area, t.rights, t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt",
                  a.role, a.area as "accountArea"
           from fenghuo.api_token t join fenghuo.account a on a.name = t.account
           where t.token_hash = any ($2) and t.county = $1 and t.revoked_at is null and not a.disabled`,
    values: [query.county, query.tokenHashes],
  });
  return rows;
}
