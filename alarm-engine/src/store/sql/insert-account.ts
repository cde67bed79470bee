import type { Role } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface NewAccount {
  name: string;
  county: string;
  displayName: string;
  role: Role;
  area: string;
  passwordHash: string;
}

export async function insertAccount(db: Queryable, account: NewAccount): Promise<void> {
  await db.query(
    `insert into fenghuo.account (name, county, display_name, role, area, password_hash)
     values ($1, $2, $3, $4, $5, $6)`,
    [account.name, account.county, account.displayName, account.role, account.area, account.passwordHash],
  );
}
