import type { Queryable } from '../queryable.ts';

export async function hasUnit(db: Queryable, query: { county: string; unit: string }): Promise<boolean> {
  const { rowCount } = await db.query(`select from fenghuo.unit where county = $1 and id = $2`, [
    query.county,
    query.unit,
  ]);
  return rowCount === 1;
}
