import type { IncidentCase } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../queryable.ts';

/** An incident in an area with its newest ticket and all its alarms; null when there is none. */
export async function findIncidentCase(
  db: Queryable,
  query: { county: string; id: string; areaPattern: string },
): Promise<IncidentCase | null> {
  const { rows } = await db.query<IncidentCase>(
    `select i.doc as incident,
            (select t.doc from fenghuo.ticket t where t.incident = i.id order by t.opened_at desc, t.id desc limit 1)
              as ticket,
            coalesce((select jsonb_agg(a.doc order by a.raised_at, a.id) from fenghuo.alarm a where a.incident = i.id),
                     '[]') as alarms
     from fenghuo.incident i where i.county = $1 and i.id = $2 and coalesce(i.area, '') like $3`,
    [query.county, query.id, query.areaPattern],
  );
  return rows[0] ?? null;
}
