import type { AccountToCreate } from '@fenghuo/contracts/accounts.ts';
import type { Queryable } from '../queryable.ts';

/** False when there is one of this name already. */
export async function createAccount(
  db: Queryable,
  account: AccountToCreate & { county: string; passwordHash: string },
): Promise<boolean> {
  const { name, county, displayName, role, area, unit, passwordHash } = account;
  const { rowCount } = await db.query(
    `insert into fenghuo.account (name, county, display_name, role, area, unit, password_hash)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do nothing`,
    [name, county, displayName, role, area, unit, passwordHash],
  );
  return rowCount === 1;
}
