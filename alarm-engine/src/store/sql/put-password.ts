import type { Queryable } from '../queryable.ts';
import { endSessionsOfChanged } from './end-sessions-of.ts';

/** Another password; who is signed in by the old one is so no longer, and a lock is lifted. */
export async function putPassword(
  db: Queryable,
  account: { county: string; name: string; passwordHash: string },
): Promise<void> {
  await db.query(
    `with changed as (
       update fenghuo.account set password_hash = $3, failures = 0, locked_until = null
       where county = $1 and name = $2 returning name
     ) ${endSessionsOfChanged}`,
    [account.county, account.name, account.passwordHash],
  );
}
