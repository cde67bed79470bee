import type { Queryable } from '../queryable.ts';

export interface StoredStates {
  stream: number;
  no: number;
  /** Codes by device number. */
  states: Uint8Array;
}

/** Keeps the state of every device as of a number; not when a later stream has begun. */
export async function saveDeviceStates(db: Queryable, county: string, all: StoredStates): Promise<void> {
  await db.query({
    name: 'save-device-states',
    text: `
      with kept as (
        insert into fenghuo.device_state as d (county, stream, no, states) values ($1, $2, $3, $4)
        on conflict (county) do update set stream = excluded.stream, no = excluded.no, states = excluded.states
          where d.stream <= excluded.stream
        returning 1)
      select pg_notify('fenghuo_device_state', $1) from kept`,
    values: [county, all.stream, all.no, Buffer.from(all.states)],
  });
}
