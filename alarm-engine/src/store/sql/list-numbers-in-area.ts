import type { Queryable } from '../queryable.ts';

/** Numbers of the devices of an area. */
export async function listNumbersInArea(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<readonly number[]> {
  const { rows } = await db.query<{ numbers: number[] | null }>(
    `select array_agg(no) as numbers from fenghuo.device where county = $1 and coalesce(area, '') like $2`,
    [query.county, query.areaPattern],
  );
  return rows[0]?.numbers ?? [];
}
