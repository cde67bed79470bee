import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
} from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

export interface OpenRecords {
  alarms: AlarmRecord[];
  incidents: IncidentRecord[];
  tickets: TicketRecord[];
  drills: DrillRecord[];
  holds: HoldRecord[];
  floods: FloodRecord[];
}

/** Every open record of an area, and every open drill, since its watermark stands on every screen. */
export async function listOpenRecords(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<OpenRecords> {
  const { rows } = await db.query<{ topic: keyof OpenRecords; doc: never }>(
    `select 'alarms' as topic, id, doc from fenghuo.alarm
       where county = $1 and closed_at is null and coalesce(area, '') like $2
     union all
     select 'incidents', id, doc from fenghuo.incident
       where county = $1 and closed_at is null and coalesce(area, '') like $2
     union all
     select 'tickets', id, doc from fenghuo.ticket
       where county = $1 and closed_at is null and coalesce(area, '') like $2
     union all
     select 'holds', id, doc from fenghuo.hold
       where county = $1 and ended_at is null and coalesce(area, '') like $2
     union all
     select 'floods', id, doc from fenghuo.flood
       where county = $1 and closed_at is null and coalesce(area, '') like $2
     union all
     select 'drills', id, doc from fenghuo.drill where county = $1 and ended_at is null
     order by id`,
    [query.county, query.areaPattern],
  );
  const open: OpenRecords = { alarms: [], incidents: [], tickets: [], drills: [], holds: [], floods: [] };
  for (const row of rows) open[row.topic].push(row.doc);
  return open;
}
