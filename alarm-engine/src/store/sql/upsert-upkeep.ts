import type { UpkeepRecord } from '@fenghuo/contracts/records.ts';
import type { Statement } from '../statement-batch.ts';

/** Writes work orders of upkeep as they now are, by id. */
export function upsertUpkeep(county: string, items: ReadonlyMap<string, UpkeepRecord>): Statement {
  return {
    name: 'upsert-upkeep',
    text: `
      insert into fenghuo.upkeep (id, county, doc)
      select doc ->> 'id', $1, doc from jsonb_array_elements($2) as r (doc)
      on conflict (id) do update set doc = excluded.doc`,
    values: [county, JSON.stringify([...items.values()])],
  };
}
