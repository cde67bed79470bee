import type { ClientBase } from 'pg';

/** A line of the change log; `doc` null: the record is gone. */
export interface LoggedChange {
  no: number;
  topic: 'alarm' | 'incident' | 'ticket' | 'drill';
  key: string;
  area: string;
  wasArea: string | null;
  doc: object | null;
}

/** Appends to the county's change log. Numbers are the writer's, without gaps. `at` is engine time in ms. */
export async function appendChanges(
  client: ClientBase,
  county: string,
  at: number,
  changes: readonly LoggedChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await client.query({
    name: 'append-changes',
    text: `
      insert into fenghuo.change_log (county, no, at, topic, key, area, was_area, doc)
      select $1, no, to_timestamp($2::float8 / 1000), topic, key, area, was_area, doc
      from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])
        as c (no, topic, key, area, was_area, doc)`,
    values: [
      county,
      at,
      changes.map((change) => change.no),
      changes.map((change) => change.topic),
      changes.map((change) => change.key),
      changes.map((change) => change.area),
      changes.map((change) => change.wasArea),
      changes.map((change) => (change.doc === null ? null : JSON.stringify(change.doc))),
    ],
  });
}
