import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { ClientBase } from 'pg';

/** An event with the numbers that the writer gave it. */
export interface NumberedEvent {
  event: DeviceEvent;
  deviceNo: number;
  engineNo: number;
}

const statement = `
  insert into fenghuo.event (device, at, ident, no, received_at, kind, state, value, unit, flags, run, attrs)
  select * from (
    select device, to_timestamp(at / 1000), ident, no, to_timestamp(received_at / 1000), kind, state, value, unit, flags, run, attrs
    from unnest($1::int[], $2::float8[], $3::bigint[], $4::bigint[], $5::float8[], $6::text[], $7::text[],
                $8::float8[], $9::text[], $10::smallint[], $11::text[], $12::jsonb[])
      as e (device, at, ident, no, received_at, kind, state, value, unit, flags, run, attrs)
  ) as rows
  on conflict (device, at, ident, run) do nothing
  returning no`;

/**
 * Stores events and tells which are new: the engine numbers of those that no earlier event equals. A
 * redelivery, in this batch or in an older one, is left out.
 */
export async function insertEvents(
  client: ClientBase,
  events: readonly NumberedEvent[],
): Promise<Set<number>> {
  const column = <T>(of: (row: NumberedEvent) => T): T[] => events.map(of);
  const result = await client.query<{ no: string }>({
    name: 'insert-events',
    text: statement,
    values: [
      column((row) => row.deviceNo),
      column((row) => row.event.at),
      column((row) => row.event.ident.toString()),
      column((row) => row.engineNo),
      column((row) => row.event.receivedAt),
      column((row) => row.event.kind),
      column((row) => row.event.state),
      column((row) => row.event.value),
      column((row) => row.event.unit),
      column((row) => flagsOf(row.event)),
      column((row) => row.event.run ?? ''),
      column((row) => (row.event.attrs === null ? null : JSON.stringify(row.event.attrs))),
    ],
  });
  return new Set(result.rows.map((row) => Number(row.no)));
}

function flagsOf(event: DeviceEvent): number {
  return (
    (event.late ? 1 : 0) + (event.skewed ? 2 : 0) + (event.retained ? 4 : 0) + (event.hasDeviceTime ? 0 : 8)
  );
}
