import type { Queryable } from '../queryable.ts';

/** What an act of a person can be about and that lies in an area. */
export type SubjectTable =
  | 'alarm'
  | 'incident'
  | 'ticket'
  | 'hold'
  | 'broadcast'
  | 'device'
  | 'building'
  | 'upkeep'
  | 'roster';

/** Area of a record, empty when it lies nowhere yet; null when the county has no such thing. */
export async function findSubjectArea(
  db: Queryable,
  query: { county: string; table: SubjectTable; id: string },
): Promise<string | null> {
  const { rows } = await db.query<{ area: string }>(
    `select coalesce(area, '') as area from fenghuo.${query.table} where county = $1 and id = $2`,
    [query.county, query.id],
  );
  return rows[0]?.area ?? null;
}
