import type { Statement } from '../statement-batch.ts';

/** That a unit has read a broadcast: by whom, when in engine milliseconds, and when in truth where it was told later. */
export interface BroadcastRead {
  broadcast: string;
  unit: string;
  by: string;
  at: number;
  doneAt?: number;
}

/** Keeps receipts; the first of a unit stands. */
export function saveBroadcastReads(reads: readonly BroadcastRead[]): Statement {
  return {
    name: 'save-broadcast-reads',
    text: `
      update fenghuo.broadcast_unit u
      set read_at = to_timestamp(r.at / 1000), read_by = r.by, read_done_at = to_timestamp(r."doneAt" / 1000)
      from json_to_recordset($1) as r (broadcast text, unit text, by text, at float8, "doneAt" float8)
      where u.broadcast = r.broadcast and u.unit = r.unit and u.read_at is null`,
    values: [JSON.stringify(reads)],
  };
}
