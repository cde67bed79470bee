import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import { stepAt } from '@fenghuo/contracts/workflow.ts';
import type { Actor } from './inputs.ts';
import { keepAlarm } from './keep-alarm.ts';
import { beginIncident, closeIncident, newIncident, recordSeverity } from './keep-incident.ts';
import { moveTicket } from './move-ticket.ts';
import { easeTicket } from './open-ticket.ts';
import { giveTicket, setInMotion } from './set-in-motion.ts';
import { takeOverCase, withoutParties } from './take-over-case.ts';
import { newId, saveIncident, type Turn } from './turn.ts';

/** Who regroups, from which seat. */
export interface Regrouper {
  actor: Actor;
  seat: string;
}

/**
 * Two incidents were one happening: the open alarms of `absorbed` go over into `into`, which becomes as grave as the
 * graver, and its ticket with it; the ticket of the absorbed one ends, with the case code under which it goes on, and
 * is opened anew there when there was none.
 */
export function mergeIncidents(
  turn: Turn,
  absorbed: IncidentRecord,
  into: IncidentRecord,
  by: Regrouper,
): IncidentRecord {
  const moved = openAlarms(turn, absorbed).map((alarm) => moveAlarm(turn, alarm, into.id, 'merge', by));
  const emptied = { ...absorbed, alarms: [], mergedInto: into.id, version: absorbed.version + 1 };
  saveIncident(turn, emptied);
  const ended = endTicket(turn, emptied, into, by);
  const graver = compareSeverity(absorbed.severity, into.severity) < 0;
  const { severity, title, reasons } = graver ? absorbed : into;
  const { building, place, lon, lat } =
    into.building === null && absorbed.building !== null ? absorbed : into;
  const alarms = [...openAlarms(turn, into), ...moved].sort(byRaising).map(({ id }) => id);
  const grown: IncidentRecord = {
    ...into,
    ...{ severity, title, reasons, building, place, lon, lat, alarms },
    floors: floorsOf([...into.floors, ...absorbed.floors]),
    lastAlarmAt: Math.max(into.lastAlarmAt, absorbed.lastAlarmAt),
    version: into.version + 1,
  };
  if (building !== into.building) turn.state.putIncident({ ...into, closedAt: turn.now });
  saveIncident(turn, grown);
  if (graver) recordSeverity(turn, into, grown);
  if (ended !== null && into.ticket === null) giveTicket(turn, grown);
  else setInMotion(turn, grown);
  const after = turn.state.incidents.get(into.id)!;
  const goesOn = turn.state.tickets.get(after.ticket ?? '');
  if (ended !== null && goesOn !== undefined) takeOverCase(turn, ended, goesOn);
  return after;
}

/** One incident was two happenings: some of its open alarms leave for an incident, and a case code, of their own. */
export function splitIncident(
  turn: Turn,
  incident: IncidentRecord,
  leaving: readonly AlarmRecord[],
  by: Regrouper,
): IncidentRecord {
  const id = newId(turn, 'I');
  const moved = [...leaving].sort(byRaising).map((alarm) => moveAlarm(turn, alarm, id, 'split', by));
  const staying = openAlarms(turn, incident).filter((alarm) => alarm.incident === incident.id);
  const [first, gravest] = [moved[0]!, gravestOf(moved)];
  const opened: IncidentRecord = {
    ...newIncident(turn, { ...first, incident: id }, { hazard: incident.hazard, title: gravest.title }),
    severity: gravest.severity,
    reasons: gravest.reasons,
    alarms: moved.map((alarm) => alarm.id),
    floors: floorsOf(moved.map((alarm) => alarm.floor)),
    splitFrom: incident.id,
  };
  shrink(turn, incident, staying);
  beginIncident(turn, opened);
  return opened;
}

/** Open alarms of an incident, as they now are. */
export function openAlarms(turn: Turn, incident: IncidentRecord): AlarmRecord[] {
  return incident.alarms.map((id) => turn.state.alarms.get(id)).filter((alarm) => alarm !== undefined);
}

function shrink(turn: Turn, incident: IncidentRecord, staying: readonly AlarmRecord[]): void {
  const gravest = gravestOf(staying);
  const milder = gravest.severity !== incident.severity;
  const shrunk: IncidentRecord = {
    ...incident,
    severity: gravest.severity,
    title: milder ? gravest.title : incident.title,
    reasons: gravest.reasons,
    alarms: [...staying].sort(byRaising).map((alarm) => alarm.id),
    floors: floorsOf(staying.map((alarm) => alarm.floor)),
    version: incident.version + 1,
  };
  saveIncident(turn, shrunk);
  if (!milder) return;
  recordSeverity(turn, incident, shrunk);
  easeTicket(turn, shrunk);
}

function moveAlarm(
  turn: Turn,
  alarm: AlarmRecord,
  incident: string,
  why: 'merge' | 'split',
  { actor }: Regrouper,
): AlarmRecord {
  const moved = { ...alarm, incident, version: alarm.version + 1 };
  keepAlarm(turn, moved, alarm.state, { why, actor });
  return moved;
}

/** The incident ends with its ticket, or by itself when it has none. Gives the ticket as it was. */
function endTicket(
  turn: Turn,
  emptied: IncidentRecord,
  into: IncidentRecord,
  by: Regrouper,
): TicketRecord | null {
  const ticket = emptied.ticket === null ? undefined : turn.state.tickets.get(emptied.ticket);
  const reason = `并入 ${into.caseCode} / merged into ${into.caseCode}`;
  if (ticket === undefined) {
    closeIncident(turn, emptied, reason);
    return null;
  }
  const to = stepAt(turn.state.workflowOf(ticket).steps, 'closed');
  moveTicket(turn, withoutParties(turn, ticket), { to, holder: undefined, reason, ...by });
  return ticket;
}

const byRaising = (a: AlarmRecord, b: AlarmRecord) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1);

function gravestOf(alarms: readonly AlarmRecord[]): AlarmRecord {
  return alarms.reduce((a, b) => (compareSeverity(b.severity, a.severity) < 0 ? b : a));
}

function floorsOf(floors: readonly (number | null)[]): number[] {
  return [...new Set(floors.filter((floor) => floor !== null))].sort((a, b) => a - b);
}
