import type {
  AlarmRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../src/store/queryable.ts';

/** 2026-03-01 12:00 in the county. */
export const noon = Date.UTC(2026, 2, 1, 4, 0, 0);

export function anAlarm(of: Partial<AlarmRecord> & { id: string; area: string }): AlarmRecord {
  return {
    ...{ run: null, rule: 'smoke', device: `device-of-${of.id}`, deviceType: 'smoke', kind: 'smoke' },
    ...{ building: null, floor: null, room: null, lon: null, lat: null, severity: 'high', reasons: [] },
    ...{ title: { zh: '烟雾告警', en: 'Smoke' }, state: 'unacknowledged', condition: true, latched: true },
    ...{
      acknowledged: false,
      shelved: false,
      suppressed: false,
      outOfService: false,
      shelf: null,
      test: false,
      value: null,
      unit: null,
      raisedAt: noon,
      lastEventAt: noon,
      lastRaises: [],
      chattering: false,
      returnedAt: null,
    },
    ...{ confirmed: false, category: null, plan: null, tags: [] },
    ...{
      acknowledgedAt: null,
      acknowledgedBy: null,
      acknowledgedComment: null,
      closedAt: null,
      incident: 'I-1',
      version: 1,
    },
    ...of,
  };
}

export function anIncident(of: Partial<IncidentRecord> & { id: string; area: string }): IncidentRecord {
  return {
    ...{
      run: null,
      caseCode: `WL-${of.id}`,
      severity: 'high',
      hazard: 'fire',
      title: { zh: '火警', en: 'Fire' },
    },
    ...{
      place: { zh: '泽国镇', en: 'Zeguo' },
      building: null,
      lon: null,
      lat: null,
      reasons: [],
      alarms: [],
    },
    ...{
      floors: [],
      ticket: null,
      mergedInto: null,
      splitFrom: null,
      openedAt: noon,
      lastAlarmAt: noon,
      closedAt: null,
      version: 1,
    },
    ...of,
  };
}

export function aTicket(of: Partial<TicketRecord> & { id: string; area: string }): TicketRecord {
  return {
    ...{ workflow: 'wenling@1', stage: 'received', escalations: [], lateness: [], parties: [], evidence: [] },
    ...{ listed: null, visits: [], reopened: 0 },
    ...{ run: null, caseCode: `WL-${of.id}`, incident: `I-of-${of.id}`, severity: 'high' },
    ...{ title: { zh: '火警', en: 'Fire' }, place: { zh: '泽国镇', en: 'Zeguo' }, step: 'received' },
    ...{ stepSince: noon, holder: 'U-zeguo', holderLevel: 'township', due: null, overdue: false, moves: [] },
    ...{
      holderName: { zh: '泽国镇指挥室', en: 'Zeguo room' },
      openedAt: noon,
      countedFrom: noon,
      closedAt: null,
      version: 1,
    },
    ...of,
  };
}

export function aHold(of: Partial<HoldRecord> & { id: string; area: string }): HoldRecord {
  return {
    ...{ kind: 'out-of-service', device: 'S-1', building: null, place: { zh: '泽国镇', en: 'Zeguo' } },
    ...{ reason: '检修', startedAt: noon, startedBy: 'li', until: noon + 3_600_000 },
    ...{ endedAt: null, endedBy: null, version: 1 },
    ...of,
  };
}

export function anUpkeep(
  of: Partial<UpkeepRecord> & { id: string; device: string; area: string },
): UpkeepRecord {
  return {
    ...{ run: null, kind: 'fault', cause: null, building: null, openedAt: noon, lastEventAt: noon },
    ...{ assigned: null, resolved: null, returns: [], closedAt: null, version: 1 },
    ...of,
  };
}

export function aFlood(of: Partial<FloodRecord> & { id: string; area: string }): FloodRecord {
  return {
    ...{ run: null, seat: 'U-zeguo', place: { zh: '泽国镇', en: 'Zeguo' }, rate: 11, peak: 11, peakAt: noon },
    ...{ withinMs: 600_000, heard: [], countedTo: noon, openedAt: noon, closedAt: null, version: 1 },
    ...of,
  };
}

type Table = 'alarm' | 'incident' | 'ticket' | 'drill' | 'hold' | 'flood' | 'broadcast';

/** Puts work orders of upkeep where the writer keeps them. */
export async function insertUpkeep(db: Queryable, ...orders: UpkeepRecord[]): Promise<void> {
  await db.query(
    `insert into fenghuo.upkeep (id, county, doc)
     select doc ->> 'id', '331081', doc from unnest($1::jsonb[]) as doc`,
    [orders.map((order) => JSON.stringify(order))],
  );
}

/** What a {@link ScriptedWriter} writes down: a record as it now is, and where it lay before it moved. */
export interface RecordChange {
  topic: Table;
  doc: { id: string; area?: string };
  wasArea?: string;
  /** Ordered to its case, and those who were. */
  units?: readonly string[];
  wasUnits?: readonly string[];
}

/** Stands in for the writer, which is another part: writes records and the change log in one transaction. */
export class ScriptedWriter {
  readonly #db: Queryable;
  #no = 0;

  /** `db` is one connection of its own. */
  constructor(db: Queryable) {
    this.#db = db;
  }

  get no(): number {
    return this.#no;
  }

  async write(...changes: RecordChange[]): Promise<void> {
    const before = this.#no;
    await this.#db.query('begin');
    for (const topic of new Set(changes.map((change) => change.topic))) {
      const docs = new Map(changes.filter((one) => one.topic === topic).map(({ doc }) => [doc.id, doc]));
      await this.#db.query(
        `insert into fenghuo.${topic} (id, county, doc)
         select doc ->> 'id', '331081', doc from unnest($1::jsonb[]) as doc
         on conflict (id) do update set doc = excluded.doc`,
        [[...docs.values()].map((doc) => JSON.stringify(doc))],
      );
    }
    for (const { topic, doc, units = [] } of changes)
      if (topic === 'ticket')
        await this.#db.query('update fenghuo.ticket set units = $2 where id = $1', [
          doc.id,
          JSON.stringify(units),
        ]);
    await this.#db.query(
      `insert into fenghuo.change_log (county, no, at, topic, key, area, was_area, doc, units, was_units)
       select '331081', $1 + i, now(), topic, doc ->> 'id', coalesce(doc ->> 'area', ''), was_area, doc, units, was_units
       from unnest($2::text[], $3::text[], $4::jsonb[], $5::jsonb[], $6::jsonb[])
         with ordinality as c (topic, was_area, doc, units, was_units, i)`,
      [
        before,
        changes.map(({ topic }) => topic),
        changes.map(({ wasArea }) => wasArea ?? null),
        changes.map(({ doc }) => JSON.stringify(doc)),
        changes.map(({ units }) => units && JSON.stringify(units)),
        changes.map(({ wasUnits }) => wasUnits && JSON.stringify(wasUnits)),
      ],
    );
    this.#no += changes.length;
    await this.#db.query(`select pg_notify('fenghuo_change', $1)`, [`331081:${this.#no}`]);
    await this.#db.query('commit').catch((error: unknown) => {
      this.#no = before;
      throw error;
    });
  }
}
