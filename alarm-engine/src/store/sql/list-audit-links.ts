import type { AuditLink } from '../../audit/verify-chain.ts';
import type { Queryable } from '../queryable.ts';

/** Links of the record after a batch, in order. */
export async function listAuditLinks(
  db: Queryable,
  query: { county: string; after: number; limit: number },
): Promise<AuditLink[]> {
  const { rows } = await db.query<AuditLink>(
    `select batch, first_no as "firstNo", last_no as "lastNo", previous, digest
     from fenghuo.audit_link where county = $1 and batch > $2 order by batch limit $3`,
    [query.county, query.after, query.limit],
  );
  return rows;
}
