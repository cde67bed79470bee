import type { Pulse } from '@fenghuo/contracts/push.ts';
import type { Queryable } from '../queryable.ts';

/** What the writer says of itself; the web adds the figures. */
export type WriterPulse = Pick<
  Pulse,
  | 'detectorsOnline'
  | 'camerasOnline'
  | 'devicesSilent'
  | 'devicesSuppressed'
  | 'devicesNeverHeard'
  | 'eventsPerSecond'
  | 'heartbeatsPerSecond'
  | 'backlog'
  | 'broker'
>;

export async function savePulse(client: Queryable, county: string, pulse: WriterPulse): Promise<void> {
  await client.query({
    name: 'save-pulse',
    text: `insert into fenghuo.pulse (county, at, doc) values ($1, clock_timestamp(), $2)
           on conflict (county) do update set at = excluded.at, doc = excluded.doc`,
    values: [county, JSON.stringify(pulse)],
  });
}
