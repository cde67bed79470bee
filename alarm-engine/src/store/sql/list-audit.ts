import type { AuditFilter } from '@fenghuo/contracts/audit.ts';
import type { AuditEntry } from '../../audit/chain.ts';
import type { Queryable } from '../queryable.ts';

export interface AuditQuery {
  county: string;
  areaPattern: string;
  filter: AuditFilter;
  /** Only rows with smaller numbers; null for the newest. */
  before: number | null;
  limit: number;
}

/** A row of the record, and what is kept beside it about a person: JSON text, null when nothing is (any more). */
export type RecordedAct = AuditEntry & { payload: string | null };

/** Rows of the record that lie in an area, newest first. */
export async function listAudit(db: Queryable, query: AuditQuery): Promise<RecordedAct[]> {
  const { subject = null, actor = null, act = null, from = null, to = null } = query.filter;
  const { rows } = await db.query<RecordedAct>(
    `select no, (extract(epoch from at) * 1000)::float8 as at, actor, role, seat, act, subject, area, run,
            reason, detail, payload
     from fenghuo.audit left join fenghuo.audit_personal using (county, no)
     where county = $1 and area like $2
       and ($3::text is null or subject = $3) and ($4::text is null or actor = $4)
       and ($5::text is null or act = $5)
       and ($6::float8 is null or at >= to_timestamp($6 / 1000))
       and ($7::float8 is null or at < to_timestamp($7 / 1000))
       and ($8::bigint is null or no < $8)
     order by no desc limit $9`,
    [query.county, query.areaPattern, subject, actor, act, from, to, query.before, query.limit],
  );
  return rows;
}
