import type { Snapshot } from '@fenghuo/contracts/push.ts';
import type { AlarmRecord, FloodRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';

/** Records for tests: each complete, with what a test cares about put in. */
const words = { zh: '火警', en: 'Fire alarm' };

export function sampleAlarm(given: Partial<AlarmRecord> & { id: string }): AlarmRecord {
  return {
    run: null,
    rule: 'fire-detector',
    device: 'YG-1',
    deviceType: 'smoke',
    kind: 'smoke',
    area: '331081100203-02',
    building: 'B1',
    floor: 5,
    room: '501',
    lon: 121.37,
    lat: 28.48,
    severity: 'high',
    title: words,
    reasons: [],
    state: 'unacknowledged',
    confirmed: false,
    category: null,
    plan: null,
    tags: [],
    condition: true,
    latched: true,
    acknowledged: false,
    shelved: false,
    suppressed: false,
    outOfService: false,
    shelf: null,
    test: false,
    value: null,
    unit: null,
    raisedAt: 0,
    lastEventAt: 0,
    lastRaises: [],
    chattering: false,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedComment: null,
    closedAt: null,
    incident: 'I1',
    version: 1,
    ...given,
  };
}

export function sampleIncident(given: Partial<IncidentRecord> & { id: string }): IncidentRecord {
  return {
    run: null,
    caseCode: 'WL-1122-0001-K',
    severity: 'high',
    hazard: 'fire',
    title: words,
    place: { zh: '泽国镇 牧屿社区 12 号楼', en: 'Muyu community, block 12, Zeguo' },
    area: '331081100203-02',
    building: 'B1',
    lon: 121.37,
    lat: 28.48,
    reasons: [],
    alarms: [],
    floors: [5],
    ticket: null,
    mergedInto: null,
    splitFrom: null,
    openedAt: 0,
    lastAlarmAt: 0,
    closedAt: null,
    version: 1,
    ...given,
  };
}

export function sampleTicket(given: Partial<TicketRecord> & { id: string }): TicketRecord {
  return {
    run: null,
    caseCode: 'WL-1122-0001-K',
    incident: 'I1',
    severity: 'high',
    title: words,
    place: { zh: '泽国镇 牧屿社区 12 号楼', en: 'Muyu community, block 12, Zeguo' },
    area: '331081100203-02',
    ...{
      workflow: 'wenling@1',
      stage: 'dispatched',
      escalations: [],
      lateness: [],
      parties: [],
      evidence: [],
    },
    ...{ listed: null, visits: [], reopened: 0 },
    step: 'dispatched',
    stepSince: 0,
    holder: 'T1',
    holderLevel: 'team',
    holderName: { zh: '泽国消防救援站', en: 'Zeguo fire and rescue station' },
    due: { stage: 'accepted', since: 0, yellowAt: 40_000, at: 60_000, limitMs: 60_000 },
    overdue: false,
    moves: [],
    openedAt: 0,
    countedFrom: 0,
    closedAt: null,
    version: 1,
    ...given,
  };
}

export function sampleFlood(given: Partial<FloodRecord> & { id: string }): FloodRecord {
  return {
    run: null,
    seat: 'U1',
    area: '331081100',
    place: { zh: '泽国镇', en: 'Zeguo' },
    rate: 11,
    peak: 11,
    peakAt: 0,
    withinMs: 600_000,
    heard: [],
    countedTo: 0,
    openedAt: 0,
    closedAt: null,
    version: 1,
    ...given,
  };
}

export function sampleSnapshot(given: Partial<Snapshot>): Snapshot {
  return {
    no: 10,
    directoryNo: 1,
    at: 0,
    county: {
      code: '331081',
      name: { zh: '温岭市', en: 'Wenling' },
      bounds: [121.1, 28.2, 121.8, 28.6],
      demo: true,
      timeZone: 'Asia/Shanghai',
      detectors: 170_000,
      cameras: 42_000,
      buildings: 12_000,
      unitCounts: { county: 1, township: 17, station: 52, village: 661, grid: 2_073, team: 214 },
    },
    units: [],
    places: [],
    alarms: [],
    incidents: [],
    tickets: [],
    drills: [],
    holds: [],
    alarmsLeftOut: 0,
    floods: [],
    broadcasts: [],
    workflows: [],
    ...given,
  };
}
