import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface SessionRow {
  tokenHash: Buffer;
  account: string;
  displayName: string;
  role: Role;
  area: string;
  /** Unit of the chain that the person belongs to. */
  unit: string | null;
  /** Empty: none. */
  seat: string;
  lastUsedAt: Date;
  expiresAt: Date;
}

/** Sessions of accounts that still may sign in, with the account as it is now. */
export async function findSessions(
  db: Queryable,
  query: { county: string; tokenHashes: Buffer[] },
): Promise<SessionRow[]> {
  const { rows } = await db.query<SessionRow>({
    name: 'find-sessions',
    text: `select s.token_hash as "tokenHash", a.name as account, a.display_name as "displayName",
                  a.role, a.area, a.unit, s.seat, s.last_used_at as "lastUsedAt", s.expires_at as "expiresAt"
           from fenghuo.session s join fenghuo.account a on a.name = s.account
           where s.token_hash = any ($2) and a.county = $1 and not a.disabled`,
    values: [query.county, query.tokenHashes],
  });
  return rows;
}
