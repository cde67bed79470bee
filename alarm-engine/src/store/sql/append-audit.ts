import type { AuditEntry } from '../../audit/chain.ts';
import type { Statement } from '../statement-batch.ts';

/** One batch of the record and the link that seals it. */
export interface AuditBatch {
  batch: number;
  entries: readonly AuditEntry[];
  previous: Buffer;
  digest: Buffer;
}

/** Appends a batch to the county's hash-chained record. */
export function appendAudit(county: string, { batch, entries, previous, digest }: AuditBatch): Statement {
  return {
    name: 'append-audit',
    text: `
      with link as (
        insert into fenghuo.audit_link (county, batch, first_no, last_no, previous, digest)
        values ($1, $2, $3, $4, $5, $6)
      )
      insert into fenghuo.audit (county, batch, no, at, actor, role, seat, act, subject, area, run, reason, detail)
      select $1, $2, no, to_timestamp(at / 1000), actor, role, seat, act, subject, area, run, reason, detail
      from json_to_recordset($7)
        as a (no bigint, at float8, actor text, role text, seat text, act text, subject text, area text,
              run text, reason text, detail text)`,
    values: [county, batch, entries[0]!.no, entries.at(-1)!.no, previous, digest, JSON.stringify(entries)],
  };
}
