import type { Queryable } from '../queryable.ts';

/** Until when what was heard is written down, ms since 1970; null when nobody ever listened. */
export async function readHearing(client: Queryable, county: string): Promise<number | null> {
  const { rows } = await client.query<{ until: number }>(
    'select extract(epoch from heard_until)::float8 * 1000 as until from fenghuo.hearing where county = $1',
    [county],
  );
  return rows[0]?.until ?? null;
}
