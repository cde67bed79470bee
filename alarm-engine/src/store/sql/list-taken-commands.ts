import type { ClientBase } from 'pg';
import type { TakenCommand } from '../../replay/logged-batch.ts';

/** Commands that had their turn with numbers in [`first`, `last`], in order. */
export async function listTakenCommands(
  client: ClientBase,
  county: string,
  { first, last }: { first: number; last: number },
): Promise<TakenCommand[]> {
  const { rows } = await client.query<TakenCommand>({
    name: 'list-taken-commands',
    text: `
      select c.actor, c.body, c.engine_no as "engineNo", (c.answer ->> 'ok')::boolean as "wasDone",
             c.closed_case as "closedCase",
             coalesce(a.alarms, '[]') as alarms
      from fenghuo.command as c
      left join fenghuo.ticket as t on t.id = c.body ->> 'subject'
      left join lateral (
        select jsonb_agg(jsonb_build_object('run', run, 'device', device, 'kind', kind)) as alarms
        from (select run, device, doc ->> 'kind' as kind from fenghuo.alarm
              where id = c.body ->> 'subject' or incident = coalesce(t.incident, c.body ->> 'subject')
              order by raised_at, id limit 8) as of_subject
      ) as a on true
      where c.county = $1 and c.engine_no between $2 and $3 order by c.engine_no`,
    values: [county, first, last],
  });
  return rows;
}
