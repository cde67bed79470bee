import type { Queryable } from '../queryable.ts';

export async function countAccounts(db: Queryable, county: string): Promise<number> {
  const { rows } = await db.query<{ count: string }>(
    'select count(*) from fenghuo.account where county = $1',
    [county],
  );
  return Number(rows[0]?.count);
}
