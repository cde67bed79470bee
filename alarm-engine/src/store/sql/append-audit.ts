import type { ClientBase } from 'pg';
import type { AuditEntry } from '../../audit/chain.ts';

/** One batch of the record and the link that seals it. */
export interface AuditBatch {
  batch: number;
  entries: readonly AuditEntry[];
  previous: Buffer;
  digest: Buffer;
}

/** Appends a batch to the county's hash-chained record. */
export async function appendAudit(client: ClientBase, county: string, audit: AuditBatch): Promise<void> {
  const { batch, entries, previous, digest } = audit;
  if (entries.length === 0) return;
  const column = <T>(of: (entry: AuditEntry) => T): T[] => entries.map(of);
  await client.query({
    name: 'append-audit',
    text: `
      with link as (
        insert into fenghuo.audit_link (county, batch, first_no, last_no, previous, digest)
        values ($1, $2, $3, $4, $5, $6)
      )
      insert into fenghuo.audit (county, batch, no, at, actor, role, seat, act, subject, area, run, reason, detail)
      select $1, $2, no, to_timestamp(at / 1000), actor, role, seat, act, subject, area, run, reason, detail
      from unnest($7::bigint[], $8::float8[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
                  $14::text[], $15::text[], $16::text[], $17::text[])
        as a (no, at, actor, role, seat, act, subject, area, run, reason, detail)`,
    values: [
      county,
      batch,
      entries[0]?.no,
      entries.at(-1)?.no,
      previous,
      digest,
      column((entry) => entry.no),
      column((entry) => entry.at),
      column((entry) => entry.actor),
      column((entry) => entry.role),
      column((entry) => entry.seat),
      column((entry) => entry.act),
      column((entry) => entry.subject),
      column((entry) => entry.area),
      column((entry) => entry.run),
      column((entry) => entry.reason),
      column((entry) => entry.detail),
    ],
  });
}
