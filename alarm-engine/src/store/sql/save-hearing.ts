import type { Queryable } from '../queryable.ts';

/** Says that what was heard until `heardUntil` (ms since 1970) is written down. */
export async function saveHearing(client: Queryable, county: string, heardUntil: number): Promise<void> {
  await client.query({
    name: 'save-hearing',
    text: `insert into fenghuo.hearing (county, heard_until) values ($1, to_timestamp($2::float8 / 1000))
           on conflict (county) do update set heard_until = excluded.heard_until`,
    values: [county, heardUntil],
  });
}
