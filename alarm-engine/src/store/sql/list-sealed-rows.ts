import type { AuditRow } from '../../audit/verify-chain.ts';
import type { Queryable } from '../queryable.ts';

/** All rows that the links of some batches seal and that lie in an area, in order, at most `limit`. */
export async function listSealedRows(
  db: Queryable,
  query: { county: string; batches: readonly number[]; areaPattern: string; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `select a.no::float8 as no, a.batch::float8 as batch, (extract(epoch from a.at) * 1000)::float8 as at,
            actor, role, seat, act, subject, area, run, reason, detail
     from fenghuo.audit_link l
     join fenghuo.audit a on a.county = l.county and a.no between l.first_no and l.last_no
     where l.county = $1 and l.batch = any ($2) and a.area like $3 order by a.no limit $4`,
    [query.county, query.batches, query.areaPattern, query.limit],
  );
  return rows;
}
