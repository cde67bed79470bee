import { readPacked } from '@fenghuo/contracts/device-states.ts';
import type { Queryable } from '../queryable.ts';

export interface StateChangesRow {
  no: number;
  packed: Uint32Array;
}

/** Changes of a stream after a number, in order; and which states are stored, null when none are. */
export async function listStateChanges(
  db: Queryable,
  of: { county: string; stream: number; after: number },
): Promise<{ stored: { stream: number; no: number } | null; changes: StateChangesRow[] }> {
  const { rows } = await db.query<{
    stream: string;
    storedNo: string;
    no: string | null;
    changes: Buffer | null;
  }>({
    name: 'list-state-changes',
    text: `
      select s.stream, s.no as "storedNo", c.no, c.changes
      from fenghuo.device_state as s
      left join fenghuo.device_state_change as c on c.county = s.county and c.stream = $2 and c.no > $3
      where s.county = $1
      order by c.no`,
    values: [of.county, of.stream, of.after],
  });
  const [row] = rows;
  return {
    stored: row === undefined ? null : { stream: Number(row.stream), no: Number(row.storedNo) },
    changes: rows.flatMap(({ no, changes }) =>
      no === null || changes === null ? [] : [{ no: Number(no), packed: readPacked(changes) }],
    ),
  };
}
