import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface NewAccount {
  name: string;
  county: string;
  displayName: string;
  role: Role;
  area: string;
  /** Unit that they belong to; absent: none. */
  unit?: string | undefined;
  passwordHash: string;
}

export async function insertAccount(db: Queryable, account: NewAccount): Promise<void> {
  const { name, county, displayName, role, area, unit, passwordHash } = account;
  await db.query(
    `insert into fenghuo.account (name, county, display_name, role, area, unit, password_hash)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [name, county, displayName, role, area, unit, passwordHash],
  );
}
