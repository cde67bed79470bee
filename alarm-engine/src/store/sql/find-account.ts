import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface AccountRow {
  name: string;
  displayName: string;
  role: Role;
  area: string;
  unit: string | null;
  passwordHash: string;
  failures: number;
  lockedUntil: Date | null;
}

/** An account that may sign in; null when there is none or it is disabled. */
export async function findAccount(
  db: Queryable,
  query: { county: string; name: string },
): Promise<AccountRow | null> {
  const { rows } = await db.query<AccountRow>(
    `select name, display_name as "displayName", role, area, unit, password_hash as "passwordHash",
            failures, locked_until as "lockedUntil"
     from fenghuo.account where name = $2 and county = $1 and not disabled`,
    [query.county, query.name],
  );
  return rows[0] ?? null;
}
