import type { CaseAct, CaseStep, Dossier } from '@fenghuo/contracts/case.ts';
import type { AlarmRecord, IncidentRecord, TicketMove, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';
import { shippedWorkflow } from '../shipped-workflows.ts';

/** 2026-03-01 02:14:08 in the county. */
export const opened = Date.UTC(2026, 1, 28, 18, 14, 8);
const second = 1000;
const minute = 60 * second;
const title = { zh: '火灾报警', en: 'Fire' };
const place = { zh: '泽国镇 牧屿社区 12 号楼', en: 'Building 12, Muyu, Zeguo' };
const area = '331081100203-02';

/** When each stage was reached, and by whom it was then held. */
const course: [stage: TicketStage, afterMs: number, by: string, holder: string, reason: string | null][] = [
  ['received', 0, 'engine', 'U1', null],
  ['dispatched', 25 * second, 'dispatcher', 'U2', null],
  ['accepted', 51 * second, 'zhang', 'U2', null],
  ['en-route', 100 * second, 'zhang', 'U2', null],
  ['on-scene', 310 * second, 'zhang', 'U2', null],
  ['under-control', 11 * minute, 'zhang', 'U2', null],
  ['feedback', 45 * minute, 'zhang', 'U1', '五楼厨房起火，过火 6 平方米，无人伤亡'],
  ['review', 60 * minute, 'dispatcher', 'U1', null],
  ['closed', 90 * minute, 'commander', 'U1', null],
];

function alarm(id: string, floor: number, room: string, afterMs: number): AlarmRecord {
  return {
    ...{
      id,
      run: null,
      rule: 'smoke',
      device: `S-${room}`,
      deviceType: 'smoke',
      kind: 'smoke',
      area,
      building: 'B1',
    },
    ...{ floor, room, lon: 121.37, lat: 28.49, severity: 'high', title, reasons: [], confirmed: floor === 5 },
    ...{ category: null, plan: null, tags: [], state: 'normal', condition: false, latched: false },
    ...{
      acknowledged: true,
      shelved: false,
      suppressed: false,
      outOfService: false,
      shelf: null,
      test: false,
    },
    ...{
      value: 0.31,
      unit: 'dB/m',
      raisedAt: opened + afterMs,
      lastEventAt: opened + afterMs,
      lastRaises: [],
    },
    ...{
      chattering: false,
      returnedAt: null,
      acknowledgedAt: opened + 14 * second,
      acknowledgedBy: 'dispatcher',
    },
    ...{ acknowledgedComment: null, closedAt: opened + 90 * minute, incident: 'I-1', version: 3 },
  };
}

const alarms = [
  alarm('A-1', 5, '501', 0),
  alarm('A-2', 5, '502', 9 * second),
  alarm('A-3', 6, '601', 75 * second),
  alarm('A-4', 7, '701', 190 * second),
];

function step({ id, device, raisedAt }: AlarmRecord, i: number): CaseStep[] {
  const event = { device, kind: 'smoke', state: 'alarm', value: 0.31, unit: 'dB/m', attrs: null } as const;
  const at = raisedAt;
  const of = { alarm: id, severity: 'high' as const };
  return [
    {
      ...{
        ...of,
        version: 1,
        no: i * 2,
        at,
        from: null,
        to: 'unacknowledged',
        why: 'raise',
        actor: 'engine',
      },
      event: { ...event, at, receivedAt: at, late: false },
    },
    {
      ...{
        ...of,
        version: 2,
        no: i * 2 + 1,
        at: at + 14 * second,
        from: 'unacknowledged',
        to: 'acknowledged',
      },
      ...{ why: 'acknowledge', actor: 'dispatcher', event: null },
    },
  ];
}

function act(
  no: number,
  act: string,
  subject: string,
  afterMs: number,
  more: Partial<CaseAct> = {},
): CaseAct {
  const engine = { actor: 'engine', role: 'engine', seat: '' };
  return { no, at: opened + afterMs, ...engine, act, subject, reason: '', detail: {}, ...more };
}

const moves: TicketMove[] = course.map(([stage, afterMs, by, holder, reason], i) => {
  return { at: opened + afterMs, from: course[i - 1]?.[0] ?? null, to: stage, stage, by, holder, reason };
});

const incident: IncidentRecord = {
  ...{
    id: 'I-1',
    run: null,
    caseCode: 'WL-260301-0007-T',
    severity: 'high',
    hazard: 'fire',
    title,
    place,
    area,
  },
  ...{
    building: 'B1',
    lon: 121.37,
    lat: 28.49,
    reasons: [],
    alarms: alarms.map(({ id }) => id),
    floors: [5, 6, 7],
  },
  ...{
    ticket: 'T-1',
    mergedInto: null,
    splitFrom: null,
    openedAt: opened,
    lastAlarmAt: opened + 190 * second,
  },
  ...{ closedAt: opened + 90 * minute, version: 9 },
};

const team = { zh: '泽国专职消防队', en: 'Zeguo fire team' };
const room = { zh: '泽国镇指挥室', en: 'Zeguo command room' };

const ticket: TicketRecord = {
  ...{
    id: 'T-1',
    run: null,
    caseCode: incident.caseCode,
    incident: 'I-1',
    severity: 'high',
    title,
    place,
    area,
  },
  ...{
    workflow: 'wenling@1',
    step: 'closed',
    stage: 'closed',
    stepSince: opened + 90 * minute,
    holder: 'U1',
  },
  ...{
    holderLevel: 'township',
    holderName: room,
    due: null,
    overdue: false,
    escalations: [],
    lateness: [],
    evidence: [],
  },
  parties: [
    {
      ...{ unit: 'U3', level: 'team', name: { zh: '温岭供电所', en: 'Power company' }, role: 'department' },
      ...{ state: 'done', since: opened + 20 * minute, by: 'dispatcher' },
    },
  ],
  ...{ listed: null, visits: [], reopened: 0, moves, openedAt: opened, countedFrom: opened },
  ...{ closedAt: opened + 90 * minute, version: 12 },
};

const delivery = { channel: 'inbox', state: 'sent', reason: null, attempts: 0, triedAt: null } as const;
const told = (id: string, name: string) => ({
  ...{
    ...delivery,
    id,
    kind: 'handed-over' as const,
    unit: 'U2',
    note: null,
    at: opened + 25 * second,
    settledAt: opened + 25 * second,
  },
  person: { name, phone: '13900000003' },
});

/** A fire at night in a tower: accepted in time, on the scene and under control too late, one photo. */
export const towerFire: Dossier = {
  ...{
    workflow: shippedWorkflow().workflow,
    code: incident.caseCode,
    run: null,
    incident,
    ticket,
    mergedInto: null,
    absorbed: [],
    alarms,
    steps: alarms.flatMap(step),
  },
  cameras: [
    {
      ...{ camera: 'C-1', code: '泽国-0231', metres: 42 },
      moments: [{ from: opened - minute, to: opened + 490 * second }],
    },
  ],
  evidence: [
    {
      id: 'E-1',
      kind: 'note',
      at: opened + 5 * minute,
      by: 'zhang',
      note: '五楼走廊浓烟，疏散 14 人',
      file: null,
      from: null,
    },
    {
      ...{ id: 'E-2', kind: 'photo', at: opened + 12 * minute, by: 'zhang', note: '起火厨房', from: null },
      file: {
        ...{
          kind: 'photo',
          type: 'image/jpeg',
          name: '',
          bytes: 183_000,
          sha256: '9f2c61d07a3be458',
          sentSha256: '',
        },
        ...{ width: 1600, height: 1200, takenAt: '2026-03-01T02:25:41', lon: 121.37, lat: 28.49 },
      },
    },
  ],
  deliveries: [told('M1:inbox:P1', '张强'), told('M1:inbox:P2', '李明')],
  acts: [
    act(1, 'open-incident', 'I-1', 0),
    act(2, 'open-ticket', 'T-1', 0, { reason: '高层建筑烟感报警' }),
    act(3, 'move-ticket', 'T-1', 25 * second, { actor: 'dispatcher' }),
    act(4, 'miss-deadline', 'T-1', 3 * minute, { detail: { stage: 'on-scene' } }),
    act(5, 'miss-deadline', 'T-1', 310 * second, { detail: { stage: 'under-control' } }),
    act(6, 'close-incident', 'I-1', 90 * minute, { reason: 'closed' }),
  ],
  units: [
    { id: 'U1', name: room },
    { id: 'U2', name: team },
  ],
  people: [{ account: 'zhang', name: '张强' }],
  leftOut: { alarms: 0, steps: 0, acts: 0 },
  reports: [],
};
