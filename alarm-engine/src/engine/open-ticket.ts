import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import { nextDue } from '../tickets/deadlines.ts';
import { heldBy } from '../tickets/workflow.ts';
import { tellHolder } from './tell-holder.ts';
import { newId, recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

/** Writes the ticket of an incident: received 受理 by the township that covers the place, its clock running. */
export function openTicket(turn: Turn, incident: IncidentRecord): TicketRecord {
  const holder = chooseHolder(turn.registry.unitsOf, heldBy.received, incident.area);
  const ticket: TicketRecord = {
    id: newId(turn, 'T'),
    run: incident.run,
    caseCode: incident.caseCode,
    incident: incident.id,
    severity: incident.severity,
    title: incident.title,
    place: incident.place,
    area: incident.area,
    workflow: 'wenling@1',
    step: 'received',
    stage: 'received',
    stepSince: turn.now,
    holder: holder.id,
    holderLevel: holder.level,
    holderName: holder.name,
    due: nextDue(incident.severity, 'received', turn.now, turn.now),
    overdue: false,
    escalations: [],
    parties: [],
    evidence: [],
    listed: null,
    followUp: null,
    reopened: 0,
    moves: [
      {
        at: turn.now,
        from: null,
        to: 'received',
        stage: 'received',
        by: 'engine',
        holder: holder.id,
        reason: null,
      },
    ],
    openedAt: turn.now,
    countedFrom: turn.now,
    closedAt: null,
    version: 1,
  };
  saveTicket(turn, ticket);
  setDeadline(turn, ticket);
  recordAct(turn, {
    act: 'open-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: incident.reasons.map((reason) => reason.zh).join('；'),
    detail: { caseCode: ticket.caseCode, severity: ticket.severity, holder: holder.id },
  });
  tellHolder(turn, 'opened', ticket);
  return ticket;
}

/** Makes a ticket as grave as its incident has become: its deadlines tighten, counted from now. */
export function raiseTicket(turn: Turn, incident: IncidentRecord): void {
  const ticket = incident.ticket === null ? undefined : turn.state.tickets.get(incident.ticket);
  if (ticket === undefined) return;
  const graver = ticket.severity !== incident.severity;
  const moved = ticket.place.zh !== incident.place.zh;
  if (!graver && !moved) return;
  const raised: TicketRecord = {
    ...ticket,
    severity: incident.severity,
    title: incident.title,
    place: incident.place,
    countedFrom: graver ? turn.now : ticket.countedFrom,
    due: graver ? nextDue(incident.severity, ticket.stage, turn.now, turn.now) : ticket.due,
    overdue: graver ? false : ticket.overdue,
    version: ticket.version + 1,
  };
  saveTicket(turn, raised);
  setDeadline(turn, raised);
  if (!graver) return;
  recordAct(turn, {
    act: 'raise-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: incident.reasons.map((reason) => reason.zh).join('；'),
    detail: { before: ticket.severity, after: raised.severity },
  });
  tellHolder(turn, 'raised', raised);
}

/** Makes a ticket as mild as its incident has become: its deadlines widen, counted from where they were. */
export function easeTicket(turn: Turn, incident: IncidentRecord): void {
  const ticket = incident.ticket === null ? undefined : turn.state.tickets.get(incident.ticket);
  if (ticket === undefined || ticket.severity === incident.severity) return;
  const due = nextDue(incident.severity, ticket.stage, ticket.countedFrom, turn.now);
  const eased: TicketRecord = {
    ...ticket,
    severity: incident.severity,
    title: incident.title,
    due,
    overdue: due !== null && due.at <= turn.now,
    version: ticket.version + 1,
  };
  saveTicket(turn, eased);
  setDeadline(turn, eased);
  recordAct(turn, {
    act: 'ease-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: incident.reasons.map((reason) => reason.zh).join('；'),
    detail: { before: ticket.severity, after: eased.severity },
  });
}

/** Keeps the due row of a ticket true to its record: one a ticket, none once it is late or over. */
export function setDeadline(turn: Turn, ticket: TicketRecord): void {
  const id = `ticket-overdue:${ticket.id}`;
  const standing = ticket.due !== null && !ticket.overdue && ticket.closedAt === null;
  saveDue(
    turn,
    id,
    standing ? { id, at: ticket.due!.at, kind: 'ticket-overdue', subject: ticket.id, detail: null } : null,
  );
}
