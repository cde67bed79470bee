import type { AuditLink } from '../../audit/verify-chain.ts';
import type { Queryable } from '../queryable.ts';

/** Links of the record that seal some batches, in order. */
export async function listCaseLinks(
  db: Queryable,
  { county, batches }: { county: string; batches: readonly number[] },
): Promise<AuditLink[]> {
  const { rows } = await db.query<AuditLink>(
    `select batch::float8 as batch, first_no::float8 as "firstNo", last_no::float8 as "lastNo", previous, digest
     from fenghuo.audit_link where county = $1 and batch = any ($2) order by batch`,
    [county, batches],
  );
  return rows;
}
