import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type WorkflowStep, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { bothLanguages } from '../audit/both-languages.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import { nextDue } from '../tickets/deadlines.ts';
import { endLateness, withDeadlineMissed } from './escalate-ticket.ts';
import { setAcknowledgement, setDeadline } from './keep-deadline.ts';
import { tellHolder } from './tell-holder.ts';
import { newId, recordAct, saveTicket, type Turn } from './turn.ts';

/** Writes the ticket of an incident: at the first step of the workflow in force, its clock running. */
export function openTicket(turn: Turn, incident: IncidentRecord): TicketRecord {
  const { workflow, now } = turn;
  const [first] = workflow.steps as [WorkflowStep];
  const holder = chooseHolder(turn.registry.unitsOf, first.heldBy, incident.area);
  const ticket: TicketRecord = {
    id: newId(turn, 'T'),
    run: incident.run,
    caseCode: incident.caseCode,
    incident: incident.id,
    severity: incident.severity,
    title: incident.title,
    place: incident.place,
    area: incident.area,
    workflow: workflowRef(workflow),
    step: first.id,
    stage: first.stage,
    stepSince: now,
    holder: holder.id,
    holderLevel: holder.level,
    holderName: holder.name,
    due: nextDue(
      workflow,
      { severity: incident.severity, stage: first.stage },
      { countedFrom: now, since: now },
    ),
    overdue: false,
    escalations: [],
    lateness: [],
    parties: [],
    evidence: [],
    listed: null,
    visits: [],
    reopened: 0,
    moves: [
      {
        at: now,
        from: null,
        to: first.id,
        stage: first.stage,
        by: 'engine',
        holder: holder.id,
        reason: null,
      },
    ],
    openedAt: now,
    countedFrom: now,
    closedAt: null,
    version: 1,
  };
  saveTicket(turn, ticket);
  setDeadline(turn, ticket);
  setAcknowledgement(turn, ticket);
  recordAct(turn, {
    act: 'open-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: bothLanguages(incident.reasons),
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
    due: graver ? dueOf(turn, { ...ticket, severity: incident.severity }, turn.now) : ticket.due,
    overdue: graver ? false : ticket.overdue,
    version: ticket.version + 1,
  };
  saveTicket(turn, raised);
  setDeadline(turn, raised);
  if (!graver) return;
  endLateness(turn, ticket.id);
  setAcknowledgement(turn, raised);
  recordAct(turn, {
    act: 'raise-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: bothLanguages(incident.reasons),
    detail: { before: ticket.severity, after: raised.severity },
  });
  tellHolder(turn, 'raised', raised);
}

/** Makes a ticket as mild as its incident has become: its deadlines widen, counted from where they were. */
export function easeTicket(turn: Turn, incident: IncidentRecord): void {
  const ticket = incident.ticket === null ? undefined : turn.state.tickets.get(incident.ticket);
  if (ticket === undefined || ticket.severity === incident.severity) return;
  const due = dueOf(turn, { ...ticket, severity: incident.severity }, ticket.countedFrom);
  const overdue = due !== null && due.at <= turn.now;
  const owed = { ...ticket, due };
  const eased: TicketRecord = {
    ...(overdue && !ticket.overdue ? withDeadlineMissed(owed, turn.now) : owed),
    severity: incident.severity,
    title: incident.title,
    overdue,
    version: ticket.version + 1,
  };
  saveTicket(turn, eased);
  setDeadline(turn, eased);
  setAcknowledgement(turn, eased);
  recordAct(turn, {
    act: 'ease-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: bothLanguages(incident.reasons),
    detail: { before: ticket.severity, after: eased.severity },
  });
}

/** What a ticket owes next by its workflow, its ring running down from now. */
export function dueOf(turn: Turn, ticket: TicketRecord, countedFrom: number): TicketRecord['due'] {
  return nextDue(turn.state.workflowOf(ticket), ticket, { countedFrom, since: turn.now });
}
