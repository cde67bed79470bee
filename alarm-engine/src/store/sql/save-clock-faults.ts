import type { ClockChange } from '@fenghuo/gateway/liveness/device-clocks.ts';
import type { Queryable } from '../queryable.ts';

/** Flags devices whose clock is off, and clears those whose clock is right again. */
export async function saveClockFaults(client: Queryable, changes: readonly ClockChange[]): Promise<void> {
  if (changes.length === 0) return;
  await client.query({
    name: 'save-clock-faults',
    text: `update fenghuo.device as d set clock_off_since = to_timestamp(c.since / 1000), clock_off_ms = c.off
           from unnest($1::int[], $2::float8[], $3::float8[]) as c (no, since, off) where d.no = c.no`,
    values: [
      changes.map(({ deviceNo }) => deviceNo),
      changes.map(({ fault }) => fault?.since ?? null),
      changes.map(({ fault }) => fault?.offsetMs ?? null),
    ],
  });
}
