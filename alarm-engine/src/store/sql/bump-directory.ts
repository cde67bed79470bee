import type { Queryable } from '../queryable.ts';

/**
 * Raises the number of the county's second stream (roster, registry, rules, accounts) and returns it. The row
 * stays locked until the transaction ends, so no two changes share a number.
 */
export async function bumpDirectory(database: Queryable, county: string): Promise<number> {
  const result = await database.query<{ no: string | number }>('select fenghuo.bump_directory($1) as no', [
    county,
  ]);
  return Number(result.rows[0]!.no);
}
