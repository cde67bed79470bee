import type { Queryable } from '../queryable.ts';
import { endSessionsOfChanged } from './end-sessions-of.ts';

/** Disables an account, or enables it again. */
export async function switchAccount(
  db: Queryable,
  account: { county: string; name: string; disabled: boolean },
): Promise<void> {
  await db.query(
    `with changed as (
       update fenghuo.account set disabled = $3 where county = $1 and name = $2 returning name
     ) ${endSessionsOfChanged}`,
    [account.county, account.name, account.disabled],
  );
}
