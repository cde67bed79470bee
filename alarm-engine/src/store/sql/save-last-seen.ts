import type { Touched } from '@fenghuo/gateway/liveness/last-seen.ts';
import type { Queryable } from '../queryable.ts';

/** Writes down when devices were last heard, in bulk. */
export async function saveLastSeen(client: Queryable, { deviceNos, at }: Touched): Promise<void> {
  if (deviceNos.length === 0) return;
  await client.query({
    name: 'save-last-seen',
    text: `update fenghuo.device as d set last_seen_at = to_timestamp(s.at / 1000)
           from unnest($1::int[], $2::float8[]) as s (no, at) where d.no = s.no`,
    values: [[...deviceNos], [...at]],
  });
}
