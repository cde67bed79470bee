import type { ClientBase } from 'pg';

/** Tables whose rows are a record as the contract words it. */
export type RecordTable = 'alarm' | 'incident' | 'ticket' | 'upkeep' | 'drill';

/** Writes records as they now are. `records` by id; an empty map asks nothing of the database. */
export async function upsertRecords(
  client: ClientBase,
  table: RecordTable,
  county: string,
  records: ReadonlyMap<string, object>,
): Promise<void> {
  if (records.size === 0) return;
  await client.query({
    name: `upsert-${table}`,
    text: `
      insert into fenghuo.${table} (id, county, doc)
      select id, $1, doc from unnest($2::text[], $3::jsonb[]) as r (id, doc)
      on conflict (id) do update set doc = excluded.doc`,
    values: [county, [...records.keys()], [...records.values()].map((record) => JSON.stringify(record))],
  });
}
