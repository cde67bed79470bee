import type { ClientBase } from 'pg';
import type { DueItem } from '../../engine/due-heap.ts';

/** Sets due items by id, takes away those that are null. */
export async function saveDueItems(
  client: ClientBase,
  county: string,
  due: ReadonlyMap<string, DueItem | null>,
): Promise<void> {
  if (due.size === 0) return;
  const standing = [...due.values()].filter((item) => item !== null);
  const gone = [...due.keys()].filter((id) => due.get(id) === null);
  await client.query({
    name: 'save-due',
    text: `
      with gone as (delete from fenghuo.due where id = any($2::text[]))
      insert into fenghuo.due (id, county, due_at, kind, subject)
      select id, $1, to_timestamp(at / 1000), kind, subject
      from unnest($3::text[], $4::float8[], $5::text[], $6::text[]) as d (id, at, kind, subject)
      on conflict (id) do update set due_at = excluded.due_at, kind = excluded.kind, subject = excluded.subject`,
    values: [
      county,
      gone,
      standing.map((item) => item.id),
      standing.map((item) => item.at),
      standing.map((item) => item.kind),
      standing.map((item) => item.subject),
    ],
  });
}
