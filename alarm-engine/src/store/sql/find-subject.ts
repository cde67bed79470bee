import type { Reachable } from '../../access/reach.ts';
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

/** Area of a record, empty when it lies nowhere yet, and the units ordered to its case; null when the county has no such thing. */
export async function findSubject(
  db: Queryable,
  query: { county: string; table: SubjectTable; id: string },
): Promise<Reachable | null> {
  const { rows } = await db.query<Reachable>(
    `select coalesce(s.area, '') as area, coalesce(${unitsOf(query.table)}, '[]') as units
     from fenghuo.${query.table} s where s.county = $1 and s.id = $2`,
    [query.county, query.id],
  );
  return rows[0] ?? null;
}

/** Only an open ticket orders anybody anywhere. */
function unitsOf(table: SubjectTable): string {
  const ofIncident = (id: string) =>
    `(select o.units from fenghuo.ticket o where o.incident = ${id} and o.closed_at is null)`;
  switch (table) {
    case 'ticket':
      return `case when s.closed_at is null then s.units end`;
    case 'incident':
      return ofIncident('s.id');
    case 'alarm':
      return ofIncident('s.incident');
    default:
      return 'null::jsonb';
  }
}
