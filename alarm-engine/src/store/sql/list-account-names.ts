import type { Queryable } from '../queryable.ts';

/** What people with these accounts are called. */
export async function listAccountNames(
  db: Queryable,
  county: string,
  accounts: readonly string[],
): Promise<{ account: string; name: string }[]> {
  const { rows } = await db.query<{ account: string; name: string }>(
    `select name as account, display_name as name from fenghuo.account
     where county = $1 and name = any ($2) and display_name <> '' order by name`,
    [county, accounts],
  );
  return rows;
}
