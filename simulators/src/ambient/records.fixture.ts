import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';

/** Records of one live case at time zero, for tests of the simulated people. */
const title = { zh: '火警', en: 'Fire alarm' };

export function anAlarm(facts: Partial<AlarmRecord> = {}): AlarmRecord {
  return {
    id: 'A1',
    run: null,
    rule: 'fire-detector',
    device: 'D1',
    deviceType: 'smoke',
    kind: 'smoke',
    area: '331081100',
    building: 'B1',
    floor: 1,
    room: null,
    lon: 121.4,
    lat: 28.4,
    severity: 'medium',
    title,
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
    value: null,
    unit: null,
    raisedAt: 0,
    lastEventAt: 0,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    closedAt: null,
    incident: 'I1',
    version: 1,
    ...facts,
  };
}

export function anIncident(facts: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: 'I1',
    run: null,
    caseCode: 'WL-261122-0001-K',
    severity: 'medium',
    hazard: 'fire',
    title,
    place: title,
    area: '331081100',
    building: 'B1',
    lon: 121.4,
    lat: 28.4,
    reasons: [],
    alarms: ['A1'],
    floors: [1],
    ticket: 'T1',
    openedAt: 0,
    lastAlarmAt: 0,
    closedAt: null,
    version: 1,
    ...facts,
  };
}

export function aTicket(facts: Partial<TicketRecord> = {}): TicketRecord {
  return {
    id: 'T1',
    run: null,
    caseCode: 'WL-261122-0001-K',
    incident: 'I1',
    severity: 'medium',
    title,
    place: title,
    area: '331081100',
    step: 'received',
    stepSince: 0,
    holder: 'U1',
    holderLevel: 'township',
    holderName: title,
    due: null,
    overdue: false,
    moves: [{ at: 0, from: null, to: 'received', by: 'engine', holder: 'U1', reason: null }],
    openedAt: 0,
    countedFrom: 0,
    closedAt: null,
    version: 1,
    ...facts,
  };
}
