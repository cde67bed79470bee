import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** One message that was published: by its device and device time it is found again, since no device has two of one ms. */
export interface LedgerRow {
  device: string;
  /** Ms since 1970. */
  at: number;
  /** Empty: live. */
  run: string;
  acknowledged: boolean;
}

/** Loads what was published into a temporary table. */
export async function makeLedger(db: ClientBase, rows: Iterable<LedgerRow>): Promise<void> {
  await db.query('drop table if exists ledger');
  await db.query(`
    create temporary table ledger
      (device text not null, at timestamptz not null, run text not null, acknowledged boolean not null)`);
  const copy = db.query(copyFrom('copy ledger from stdin with (format csv, force_not_null (run))'));
  await pipeline(Readable.from(linesOf(rows)), copy);
  await db.query('analyze ledger');
}

function* linesOf(rows: Iterable<LedgerRow>): Generator<string> {
  for (const { device, at, run, acknowledged } of rows)
    yield `"${device}",${new Date(at).toISOString()},${run},${acknowledged}\n`;
}
