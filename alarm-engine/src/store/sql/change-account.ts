import type { AccountChange } from '@fenghuo/contracts/accounts.ts';
import type { Queryable } from '../queryable.ts';
import { endSessionsOfChanged } from './end-sessions-of.ts';

export interface ChangedAccount extends AccountChange {
  county: string;
  name: string;
  /** It may do something else from now on, or elsewhere. */
  endsSessions: boolean;
}

export async function changeAccount(db: Queryable, account: ChangedAccount): Promise<void> {
  const { county, name, displayName, role, area, unit, endsSessions } = account;
  await db.query(
    `with put as (
       update fenghuo.account set display_name = $3, role = $4, area = $5, unit = $6
       where county = $1 and name = $2 returning name
     ), changed as (select name from put where $7)
     ${endSessionsOfChanged}`,
    [county, name, displayName, role, area, unit, endsSessions],
  );
}
