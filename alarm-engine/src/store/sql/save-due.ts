import type { DueItem } from '../../engine/due-heap.ts';
import type { Statement } from '../statement-batch.ts';

/** Sets due items by id, takes away those that are null. */
export function saveDueItems(county: string, due: ReadonlyMap<string, DueItem | null>): Statement {
  const standing = [...due.values()].filter((item) => item !== null);
  const gone = [...due.keys()].filter((id) => due.get(id) === null);
  return {
    name: 'save-due',
    text: `
      with gone as (
        delete from fenghuo.due where id in (select json_array_elements_text($2))
      )
      insert into fenghuo.due (id, county, due_at, kind, subject, detail)
      select id, $1, to_timestamp(at / 1000), kind, subject, detail
      from json_to_recordset($3) as d (id text, at float8, kind text, subject text, detail jsonb)
      on conflict (id) do update set due_at = excluded.due_at, kind = excluded.kind, subject = excluded.subject,
        detail = excluded.detail`,
    values: [county, JSON.stringify(gone), JSON.stringify(standing)],
  };
}
