import type { Queryable } from '../queryable.ts';

/** A change as the log holds it. `doc` null: the record is gone altogether. */
export interface LoggedChangeRow {
  no: number;
  topic: string;
  key: string;
  area: string;
  wasArea: string | null;
  /** Ordered to its case; null: nobody. And before, null: the same. */
  units: readonly string[] | null;
  wasUnits: readonly string[] | null;
  /** Of a ticket whose order changed: something of its case lies in another area. */
  scattered: boolean | null;
  doc: unknown;
}

/** Changes of a county with numbers above `after`, in order: as one JSON, since a row a change is parsed at thrice the cost. */
export async function listChanges(
  db: Queryable,
  query: { county: string; after: number; limit: number },
): Promise<LoggedChangeRow[]> {
  const { rows } = await db.query<{ changes: LoggedChangeRow[] }>({
    name: 'list-changes',
    text: `
      select coalesce(json_agg(change order by no), '[]') as changes
      from (
        select no, topic, key, area, was_area as "wasArea", units,
               was_units as "wasUnits", scattered, doc
        from fenghuo.change_log where county = $1 and no > $2 order by no limit $3
      ) as change`,
    values: [query.county, query.after, query.limit],
  });
  return rows[0]!.changes;
}
