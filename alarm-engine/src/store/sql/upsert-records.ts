import type { Statement } from '../statement-batch.ts';

/** Tables whose rows are a record as the contract words it. */
export type RecordTable = 'alarm' | 'incident' | 'ticket' | 'upkeep' | 'drill';

/** Writes records as they now are, by id. */
export function upsertRecords(
  table: RecordTable,
  county: string,
  records: ReadonlyMap<string, object>,
): Statement {
  return {
    name: `upsert-${table}`,
    text: `
      insert into fenghuo.${table} (id, county, doc)
      select doc ->> 'id', $1, doc from jsonb_array_elements($2) as r (doc)
      on conflict (id) do update set doc = excluded.doc`,
    values: [county, JSON.stringify([...records.values()])],
  };
}
