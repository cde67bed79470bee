import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { openTicket, raiseTicket } from './open-ticket.ts';
import { cancelDue, saveDue, saveIncident, type Turn } from './turn.ts';

/** Ids of due items: the end of the wait for further alarms, and of the wait for somebody to look. */
export const groupWaitOf = (incident: string) => `group-wait:${incident}`;
export const waitForPeopleOf = (incident: string) => `unacknowledged:${incident}`;

/**
 * What the severity of an incident sets in motion, after each of its alarms. People are told of a low or medium one
 * after its group wait, of a high one at once, also when the clock was put back since.
 */
export function setInMotion(turn: Turn, incident: IncidentRecord): void {
  if (incident.ticket !== null) {
    raiseTicket(turn, incident);
    turn.inMotion.push(incident.id);
    return;
  }
  const { groupWaitMs } = turn.rulebook.responses[incident.severity];
  const id = groupWaitOf(incident.id);
  const at = Math.min(incident.openedAt, turn.now) + groupWaitMs;
  const waitsTo = turn.state.due.get(id)?.at ?? Number.POSITIVE_INFINITY;
  if (at <= turn.now) {
    cancelDue(turn, id);
    respond(turn, incident);
  } else if (at < waitsTo)
    saveDue(turn, id, { id, at, kind: 'group-wait', subject: incident.id, detail: null });
}

export function endGroupWait(turn: Turn, id: string): void {
  const incident = turn.state.incidents.get(id);
  if (incident !== undefined && incident.ticket === null) respond(turn, incident);
}

/** Nobody acknowledged: the ticket opens without them. */
export function endWaitForPeople(turn: Turn, id: string): void {
  const incident = turn.state.incidents.get(id);
  if (incident === undefined || incident.ticket !== null) return;
  if (!alarmsIn(turn, incident).some((alarm) => asksForAttention(alarm))) return;
  const waited = turn.rulebook.responses[incident.severity].unacknowledgedForMs;
  const reasons = [...incident.reasons, nobodyLooked(waited ?? turn.now - incident.openedAt)];
  giveTicket(turn, { ...incident, reasons });
}

function respond(turn: Turn, incident: IncidentRecord): void {
  const { ticket, unacknowledgedForMs } = turn.rulebook.responses[incident.severity];
  const isConfirmed = () => alarmsIn(turn, incident).some((alarm) => alarm.confirmed);
  if (ticket === 'at-once' || (ticket === 'when-confirmed' && isConfirmed())) {
    giveTicket(turn, incident);
    return;
  }
  const id = waitForPeopleOf(incident.id);
  if (unacknowledgedForMs === null || turn.state.due.get(id) !== undefined) return;
  const at = turn.now + unacknowledgedForMs;
  saveDue(turn, id, { id, at, kind: 'unacknowledged', subject: incident.id, detail: null });
}

/** Opens the ticket of an incident that has none. Returns the incident as it now is. */
export function giveTicket(turn: Turn, incident: IncidentRecord): IncidentRecord {
  cancelDue(turn, groupWaitOf(incident.id));
  cancelDue(turn, waitForPeopleOf(incident.id));
  const { id: ticket } = openTicket(turn, incident);
  const ticketed = { ...incident, ticket, version: incident.version + 1 };
  saveIncident(turn, ticketed);
  turn.inMotion.push(ticketed.id);
  return ticketed;
}

function alarmsIn({ state }: Turn, incident: IncidentRecord): AlarmRecord[] {
  return incident.alarms.map((id) => state.alarms.get(id)).filter((alarm) => alarm !== undefined);
}

function asksForAttention({ state }: AlarmRecord): boolean {
  return state === 'unacknowledged' || state === 'returned-unacknowledged';
}

function nobodyLooked(ms: number): Words {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return { zh: `${minutes} 分钟无人确认`, en: `nobody acknowledged it for ${minutes} min` };
}
