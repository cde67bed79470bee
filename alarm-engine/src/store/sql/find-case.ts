import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { NearCamera } from '../../registry/camera-index.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** What a case code stands for. */
export interface FoundCase {
  incident: IncidentRecord;
  ticket: TicketRecord | null;
  /** Code of the case that took its alarms in. */
  mergedInto: string | null;
  cameras: NearCamera[];
}

/** The case of a code, within a reach; null when there is none. */
export async function findCase(
  db: Queryable,
  query: ReachValues & { county: string; code: string },
): Promise<FoundCase | null> {
  const { rows } = await db.query<FoundCase>(
    `select i.doc as incident,
            (select t.doc from fenghuo.ticket t where t.incident = i.id order by t.opened_at desc, t.id desc limit 1)
              as ticket,
            (select o.case_code from fenghuo.incident o where o.id = i.doc ->> 'mergedInto') as "mergedInto",
            coalesce((select c.cameras from fenghuo.case_camera c where c.incident = i.id), '[]') as cameras
     from fenghuo.incident i where i.county = $1 and i.case_code = $2 and ${incidentInReach('i', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.code, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
