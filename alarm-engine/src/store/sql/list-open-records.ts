import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
} from '@fenghuo/contracts/records.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { alarmInReach, incidentInReach, ticketInReach } from './in-reach.ts';

export interface OpenRecords {
  /** The gravest and newest {@link mostAlarms}. */
  alarms: AlarmRecord[];
  /** Open alarms beyond them. */
  alarmsLeftOut: number;
  incidents: IncidentRecord[];
  tickets: TicketRecord[];
  drills: DrillRecord[];
  holds: HoldRecord[];
  floods: FloodRecord[];
  broadcasts: BroadcastRecord[];
}

/**
 * A screen holds at most so many alarms: a storm of 187,000 would be 170 MB for each. Their incidents are all there, and
 * say what is graver.
 */
const mostAlarms = 5000;

const inReach = { pattern: '$2', unit: '$3' } as const;

/** Every open record within a reach, and every open drill, since its watermark stands on every screen. */
export async function listOpenRecords(
  db: Queryable,
  query: ReachValues & { county: string; area: string },
): Promise<OpenRecords> {
  const { rows } = await db.query<{ topic: keyof Omit<OpenRecords, 'alarmsLeftOut'>; doc: never }>(
    `select 'alarms' as topic, id, doc from (
       select id, doc from fenghuo.alarm a
       where county = $1 and closed_at is null and ${alarmInReach('a', inReach)}
       order by array_position(array['high', 'medium', 'low'], severity), raised_at desc limit $4
     ) as gravest
     union all
     select 'incidents', id, doc from fenghuo.incident i
       where county = $1 and closed_at is null and ${incidentInReach('i', inReach)}
     union all
     select 'tickets', id, doc from fenghuo.ticket t
       where county = $1 and closed_at is null and ${ticketInReach('t', inReach)}
     union all
     select 'holds', id, doc from fenghuo.hold
       where county = $1 and ended_at is null and coalesce(area, '') like $2
     union all
     select 'floods', id, doc from fenghuo.flood
       where county = $1 and closed_at is null and coalesce(area, '') like $2
     union all
     select 'broadcasts', id, doc from fenghuo.broadcast
       where county = $1 and closed_at is null and (area like $2 or $5 = area or starts_with($5, area) and area !~ '-')
     union all
     select 'drills', id, doc from fenghuo.drill where county = $1 and ended_at is null
     order by id`,
    [query.county, query.areaPattern, query.unit, mostAlarms, query.area],
  );
  const open: OpenRecords = {
    ...{ alarms: [], incidents: [], tickets: [], drills: [], holds: [], floods: [] },
    broadcasts: [],
    alarmsLeftOut: 0,
  };
  for (const row of rows) open[row.topic].push(row.doc);
  if (open.alarms.length === mostAlarms) open.alarmsLeftOut = (await countOpenAlarms(db, query)) - mostAlarms;
  return open;
}

async function countOpenAlarms(db: Queryable, query: ReachValues & { county: string }): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from fenghuo.alarm a
     where county = $1 and closed_at is null and ${alarmInReach('a', inReach)}`,
    [query.county, query.areaPattern, query.unit],
  );
  return rows[0]?.count ?? 0;
}
