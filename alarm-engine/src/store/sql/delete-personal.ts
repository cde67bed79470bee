import type { Queryable } from '../queryable.ts';

/** Takes out what is kept about a person beside a row of the record, salt included. */
export async function deletePersonal(db: Queryable, query: { county: string; no: number }): Promise<void> {
  await db.query('delete from fenghuo.audit_personal where county = $1 and no = $2', [
    query.county,
    query.no,
  ]);
}
