import type { AuditRow } from '../../audit/verify-chain.ts';
import type { Queryable } from '../queryable.ts';

/** Rows of the record about some subjects, in order, as they were hashed; at most `limit`, and how many there are. */
export async function listCaseEntries(
  db: Queryable,
  query: { county: string; subjects: readonly string[]; limit: number },
): Promise<{ entries: AuditRow[]; count: number }> {
  const { rows } = await db.query<AuditRow & { count: number }>(
    `select no, batch, (extract(epoch from at) * 1000)::float8 as at,
            actor, role, seat, act, subject, area, run, reason, detail, (count(*) over ())::int as count
     from fenghuo.audit where county = $1 and subject = any ($2) order by no limit $3`,
    [query.county, query.subjects, query.limit],
  );
  return { entries: rows.map(({ count: _, ...entry }) => entry), count: rows[0]?.count ?? 0 };
}
