import type { Queryable } from '../queryable.ts';

/** Whether something about a person is kept beside this row of the record. */
export async function hasPersonal(db: Queryable, query: { county: string; no: number }): Promise<boolean> {
  const { rowCount } = await db.query('select from fenghuo.audit_personal where county = $1 and no = $2', [
    query.county,
    query.no,
  ]);
  return rowCount === 1;
}
