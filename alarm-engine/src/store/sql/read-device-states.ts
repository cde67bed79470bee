import type { Queryable } from '../queryable.ts';
import type { StoredStates } from './save-device-states.ts';

/** Null while the writer has told none. */
export async function readDeviceStates(db: Queryable, county: string): Promise<StoredStates | null> {
  const { rows } = await db.query<{ stream: string; no: string; states: Buffer }>({
    name: 'read-device-states',
    text: 'select stream, no, states from fenghuo.device_state where county = $1',
    values: [county],
  });
  const [row] = rows;
  return row === undefined
    ? null
    : { stream: Number(row.stream), no: Number(row.no), states: new Uint8Array(row.states) };
}
