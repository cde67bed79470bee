import type { ClientBase } from 'pg';
import { type AuditEntry, firstDigest, linkDigest } from '../src/audit/chain.ts';
import type { AuditHead } from '../src/audit/verify-chain.ts';
import { appendAudit } from '../src/store/sql/append-audit.ts';
import { runStatements } from '../src/store/statement-batch.ts';
import { noon } from './records.ts';
import { county } from './small-county.ts';

function anEntry(no: number, of: Partial<AuditEntry> = {}): AuditEntry {
  return {
    ...{ no, at: noon + no, actor: 'engine', role: 'engine', seat: '', act: 'raise-alarm' },
    ...{
      subject: `A${no}`,
      area: '331081100203-02',
      run: null,
      reason: '烟雾',
      detail: `{"device":"S-${no}"}`,
    },
    ...of,
  };
}

/** Writes a record of so many batches of so many rows, as the writer does. Gives the head after each batch. */
export async function fillRecord(
  client: ClientBase,
  {
    batches,
    rows,
    of = () => ({}),
  }: { batches: number; rows: number; of?: (no: number) => Partial<AuditEntry> },
): Promise<AuditHead[]> {
  let previous: Buffer = firstDigest;
  const heads: AuditHead[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const entries = Array.from({ length: rows }, (_, i) => {
      const no = batch * rows + i + 1;
      return anEntry(no, of(no));
    });
    const digest = linkDigest(previous, entries);
    await runStatements(client, [
      appendAudit(county, { batch: (batch + 1) * 10, entries, previous, digest }),
    ]);
    previous = digest;
    heads.push({ no: (batch + 1) * rows, digest: digest.toString('hex') });
  }
  return heads;
}
