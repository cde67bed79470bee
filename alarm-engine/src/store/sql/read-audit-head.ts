import type { Queryable } from '../queryable.ts';

/** The last link of a county's record as it stands; null when nothing is on it yet. `at`: of its last row, ms. */
export async function readAuditHead(
  db: Queryable,
  county: string,
): Promise<{ no: number; digest: string; at: number } | null> {
  const { rows } = await db.query<{ no: number; digest: string; at: number }>(
    `select l.last_no as no, encode(l.digest, 'hex') as digest,
            coalesce((select (extract(epoch from at) * 1000)::float8 from fenghuo.audit
                      where county = $1 and no = l.last_no), 0) as at
     from fenghuo.audit_link l where l.county = $1 order by l.batch desc limit 1`,
    [county],
  );
  return rows[0] ?? null;
}
