import type { Statement } from '../statement-batch.ts';

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
export function appendChanges(county: string, at: number, changes: readonly LoggedChange[]): Statement {
  return {
    name: 'append-changes',
    text: `
      insert into fenghuo.change_log (county, no, at, topic, key, area, was_area, doc)
      select $1, no, to_timestamp($2::float8 / 1000), topic, key, area, "wasArea", doc
      from json_to_recordset($3)
        as c (no bigint, topic text, key text, area text, "wasArea" text, doc jsonb)`,
    values: [county, at, JSON.stringify(changes)],
  };
}
