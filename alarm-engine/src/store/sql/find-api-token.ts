import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface ApiTokenRow {
  name: string;
  area: string;
  rights: string[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  /** Of the account that issued it, as it is now. */
  role: Role;
  accountArea: string;
}

/** A token that was not revoked and whose account may sign in; null when there is none. */
export async function findApiToken(
  db: Queryable,
  query: { county: string; tokenHash: Buffer },
): Promise<ApiTokenRow | null> {
  const { rows } = await db.query<ApiTokenRow>({
    name: 'find-api-token',
    text: `select t.name, t.area, t.rights, t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt",
                  a.role, a.area as "accountArea"
           from fenghuo.api_token t join fenghuo.account a on a.name = t.account
           where t.token_hash = $2 and t.county = $1 and t.revoked_at is null and not a.disabled`,
    values: [query.county, query.tokenHash],
  });
  return rows[0] ?? null;
}
