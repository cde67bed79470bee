import type { ClockFault } from '@fenghuo/gateway/liveness/device-clocks.ts';
import type { Queryable } from '../queryable.ts';

/** Devices whose clock is off, as the last flush left it. */
export async function loadClockFaults(
  client: Queryable,
  county: string,
): Promise<(ClockFault & { deviceNo: number })[]> {
  const { rows } = await client.query<ClockFault & { deviceNo: number }>(
    `select no as "deviceNo", extract(epoch from clock_off_since)::float8 * 1000 as since,
            clock_off_ms as "offsetMs"
     from fenghuo.device where county = $1 and clock_off_since is not null`,
    [county],
  );
  return rows;
}
