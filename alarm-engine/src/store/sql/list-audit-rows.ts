import type { AuditRow } from '../../audit/verify-chain.ts';
import type { Queryable } from '../queryable.ts';

/** Rows of the record after a number, as they were hashed. The milliseconds are exact: numeric is divided late. */
export async function listAuditRows(
  db: Queryable,
  query: { county: string; after: number; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `select no, batch, (extract(epoch from at) * 1000)::float8 as at,
            actor, role, seat, act, subject, area, run, reason, detail
     from fenghuo.audit where county = $1 and no > $2 order by no limit $3`,
    [query.county, query.after, query.limit],
  );
  return rows;
}
