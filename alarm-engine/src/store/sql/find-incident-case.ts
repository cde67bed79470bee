import type { IncidentCase } from '@fenghuo/contracts/rest.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** An incident within a reach with its newest ticket and all its alarms; null when there is none. */
export async function findIncidentCase(
  db: Queryable,
  query: ReachValues & { county: string; id: string },
): Promise<IncidentCase | null> {
  const { rows } = await db.query<IncidentCase>(
    `select i.doc as incident,
            (select t.doc from fenghuo.ticket t where t.incident = i.id order by t.opened_at desc, t.id desc limit 1)
              as ticket,
            coalesce((select jsonb_agg(a.doc order by a.raised_at, a.id) from fenghuo.alarm a where a.incident = i.id),
                     '[]') as alarms
     from fenghuo.incident i where i.county = $1 and i.id = $2 and ${incidentInReach('i', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.id, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
