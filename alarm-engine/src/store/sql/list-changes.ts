import type { Queryable } from '../queryable.ts';

/** A change as the log holds it. `doc` null: the record is gone altogether. */
export interface LoggedChangeRow {
  no: number;
  topic: string;
  key: string;
  area: string;
  wasArea: string | null;
  doc: unknown;
}

/** Changes of a county with numbers above `after`, in order. */
export async function listChanges(
  db: Queryable,
  query: { county: string; after: number; limit: number },
): Promise<LoggedChangeRow[]> {
  const { rows } = await db.query<LoggedChangeRow>({
    name: 'list-changes',
    text: `select no::float8 as no, topic, key, area, was_area as "wasArea", doc
           from fenghuo.change_log where county = $1 and no > $2 order by no limit $3`,
    values: [query.county, query.after, query.limit],
  });
  return rows;
}
