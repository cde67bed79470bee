import type { Queryable } from '../queryable.ts';

export interface AppendedChanges {
  stream: number;
  no: number;
  /** As `contracts/src/device-states.ts` packs them. */
  packed: Uint32Array;
  /** Changes up to here are in the stored states: they go. */
  forgetUntil: number;
}

/** False when there are no stored states of this stream to follow: nothing was written. */
export async function appendStateChanges(
  db: Queryable,
  county: string,
  { stream, no, packed, forgetUntil }: AppendedChanges,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'append-state-changes',
    text: `
      with held as (select 1 from fenghuo.device_state where county = $1 and stream = $2),
      gone as (
        delete from fenghuo.device_state_change where county = $1 and (stream < $2 or stream = $2 and no <= $5)),
      told as (
        insert into fenghuo.device_state_change (county, stream, no, changes) select $1, $2, $3, $4 from held
        returning 1)
      select pg_notify('fenghuo_device_state', $1) from told`,
    values: [county, stream, no, littleEndian(packed), forgetUntil],
  });
  return rowCount === 1;
}

function littleEndian(packed: Uint32Array): Buffer {
  const bytes = Buffer.alloc(packed.length * 4);
  for (const [i, change] of packed.entries()) bytes.writeUInt32LE(change, i * 4);
  return bytes;
}
