import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import type { Workflow, WorkflowMove } from '@fenghuo/contracts/workflow.ts';

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
    mergedInto: null,
    splitFrom: null,
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
    ...{ workflow: 'wenling@1', stage: 'received', escalations: [], lateness: [], parties: [], evidence: [] },
    ...{ listed: null, visits: [], reopened: 0 },
    step: 'received',
    stepSince: 0,
    holder: 'U1',
    holderLevel: 'township',
    holderName: title,
    due: null,
    overdue: false,
    moves: [
      { at: 0, from: null, to: 'received', stage: 'received', by: 'engine', holder: 'U1', reason: null },
    ],
    openedAt: 0,
    countedFrom: 0,
    closedAt: null,
    version: 1,
    ...facts,
  };
}

const loop: Partial<Record<TicketStage, TicketStage[]>> = {
  received: ['dispatched', 'false-alarm'],
  dispatched: ['accepted', 'false-alarm'],
  accepted: ['en-route', 'on-scene', 'false-alarm'],
  'en-route': ['on-scene', 'false-alarm'],
  'on-scene': ['under-control', 'false-alarm'],
  'under-control': ['feedback'],
  feedback: ['review'],
  review: ['supervision', 'closed'],
  supervision: ['closed'],
};

/** Wenling's loop, as far as simulated people look at it: each step is named as its stage, feedback needs a note. */
export function aWorkflow(): Workflow {
  const move = (to: TicketStage): WorkflowMove => {
    const ends = to === 'false-alarm';
    const evidence = to === 'feedback' ? [{ kind: 'note' as const, count: 1 }] : [];
    return { to, kind: ends ? 'false-alarm' : 'forward', by: ['holder'], reason: ends, evidence };
  };
  const steps = ticketStages.map((stage, i) => ({
    ...{ id: stage, name: { zh: stage, en: stage }, stage },
    heldBy: i > 0 && i < 6 ? ('team' as const) : ('township' as const),
    moves: (loop[stage] ?? []).map(move),
  }));
  const severity = {
    acknowledgedWithinMs: null,
    deadlines: [],
    escalateEveryMs: null,
    followUpWithinMs: null,
  };
  const mild = { ...severity, supervised: false };
  return {
    ...{ id: 'wenling', version: 1, name: title, steps, yellowShare: 1 / 3, reopen: null },
    severities: { high: { ...severity, supervised: true }, medium: mild, low: mild },
  };
}
