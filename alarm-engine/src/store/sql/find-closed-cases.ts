import type { ClientBase } from 'pg';
import type { ClosedCase } from '../../engine/closed-case.ts';

/** Cases by the id of their ticket or incident, open or closed. */
export async function findClosedCases(
  client: ClientBase,
  county: string,
  ids: readonly string[],
): Promise<Map<string, ClosedCase>> {
  const { rows } = await client.query<ClosedCase & { id: string }>({
    name: 'find-closed-cases',
    text: `
      select named.id, i.doc as incident,
             (select t.doc from fenghuo.ticket t where t.incident = i.id order by t.opened_at desc, t.id desc limit 1)
               as ticket
      from unnest($2::text[]) as named (id)
      join fenghuo.incident i on i.county = $1
        and i.id = coalesce((select t.incident from fenghuo.ticket t where t.id = named.id), named.id)`,
    values: [county, ids],
  });
  return new Map(rows.map(({ id, incident, ticket }) => [id, { incident, ticket }]));
}
