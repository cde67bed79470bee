import type { Channel } from '@fenghuo/contracts/deliveries.ts';
import type { Queryable } from '../queryable.ts';

/** Sets the channels that messages of a county go over from now on. */
export async function saveChannels(
  db: Queryable,
  county: string,
  channels: readonly Channel[],
): Promise<void> {
  await db.query(
    `with gone as (delete from fenghuo.channel where county = $1 and channel <> all($2::text[]))
     insert into fenghuo.channel (county, channel) select $1, unnest($2::text[])
     on conflict do nothing`,
    [county, channels],
  );
}
