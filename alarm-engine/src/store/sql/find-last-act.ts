import type { Queryable } from '../queryable.ts';

/** The newest row of the record about something. */
export interface LastAct {
  at: number;
  actor: string;
  /** What people call the actor; the account where nobody said. */
  name: string;
  seat: string;
  act: string;
  /** JSON text. */
  detail: string;
  /** Of a ticket: the workflow that it goes by. */
  workflow: string | null;
}

/**
 * What was done last about a record; of an incident also what was done about its alarms. What the engine
 * concluded from an act is not told in its stead. Null: the record has nothing of it.
 */
export async function findLastAct(
  db: Queryable,
  query: { county: string; subject: string },
): Promise<LastAct | null> {
  const { rows } = await db.query<LastAct>(
    `select (extract(epoch from a.at) * 1000)::float8 as at, a.actor, a.seat, a.act, a.detail,
            coalesce(nullif(p.display_name, ''), a.actor) as name, t.doc ->> 'workflow' as workflow
     from fenghuo.audit a
     left join fenghuo.account p on p.county = a.county and p.name = a.actor
     left join fenghuo.ticket t on t.county = a.county and t.id = a.subject
     where a.county = $1 and a.subject = any (array[$2::text] || coalesce(
       (select array_agg(alarm) from fenghuo.incident i, jsonb_array_elements_text(i.doc -> 'alarms') as alarm
        where i.county = $1 and i.id = $2), '{}'))
     order by a.at desc, a.actor = 'engine', a.no desc limit 1`,
    [query.county, query.subject],
  );
  return rows[0] ?? null;
}
