import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { ticketStages } from '@fenghuo/contracts/words.ts';
import { endsTicket, stepAt, stepOf, type Workflow, type WorkflowStep } from '@fenghuo/contracts/workflow.ts';
import { through } from '../alarms/lifecycle.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { lastTrueTime, trueTime } from '../tickets/true-time.ts';
import { endCase } from './end-case.ts';
import { holderAt } from './holder-at.ts';
import type { Actor } from './inputs.ts';
import { changeFacts } from './keep-alarm.ts';
import { setAcknowledgement, setDeadline } from './keep-deadline.ts';
import { closeIncident } from './keep-incident.ts';
import { releaseParties } from './keep-parties.ts';
import { dueOf } from './open-ticket.ts';
import { tellHolder } from './tell-holder.ts';
import { recordAct, saveTicket, type Turn } from './turn.ts';

export interface Move {
  /** A step of the ticket's workflow. */
  to: WorkflowStep;
  /** Unit named by the author; absent: the chain's own choice. */
  holder: RegisteredUnit | undefined;
  reason: string;
  actor: Actor | undefined;
  seat: string;
  /** The unit for which the author acted, when it is not their own. */
  actsFor?: string;
  /** When it was done, as the author says. */
  doneAt?: number | undefined;
  /** It goes on in the same breath: who holds it in between is not told. */
  passing?: boolean;
}

/**
 * Moves a ticket to a step that the workflow allows; a move that ends it ends its incident too. Deadlines count
 * from the opening, the raise to a graver severity, or the last move back behind a stage that was owed and reached: who
 * sends a ticket back before that gains no time.
 */
export function moveTicket(turn: Turn, before: TicketRecord, move: Move): TicketRecord {
  const { to, reason, actor, seat, actsFor } = move;
  const ends = endsTicket(to);
  const ticket = ends ? releaseParties(turn, before, reason) : before;
  const doneAt = trueTime(move.doneAt, { notBefore: lastTrueTime(ticket), now: turn.now });
  const isBack = leadsBack(turn.state.workflowOf(ticket), ticket, to);
  const stays = ends ? turn.registry.units.get(ticket.holder) : undefined;
  const holder = move.holder ?? stays ?? holderAt(turn, ticket, to, isBack);
  const due = dueOf(turn, { ...ticket, stage: to.stage }, isBack ? turn.now : ticket.countedFrom);
  const met = ends || due?.stage !== ticket.due?.stage;
  const beginsAnew = isBack && met;
  const moved: TicketRecord = {
    ...ticket,
    step: to.id,
    stage: to.stage,
    stepSince: turn.now,
    holder: holder.id,
    holderLevel: holder.level,
    holderName: holder.name,
    parties: ticket.parties.filter(({ unit }) => unit !== holder.id),
    countedFrom: beginsAnew ? turn.now : ticket.countedFrom,
    due: met ? due : ticket.due,
    overdue: met ? false : ticket.overdue,
    moves: [
      ...ticket.moves,
      {
        at: turn.now,
        from: ticket.step,
        to: to.id,
        stage: to.stage,
        by: actor?.account ?? 'engine',
        holder: holder.id,
        reason: reason || null,
        ...doneAt,
      },
    ],
    closedAt: ends ? turn.now : null,
    version: ticket.version + 1,
  };
  saveTicket(turn, moved);
  setDeadline(turn, moved);
  if (beginsAnew || ends) setAcknowledgement(turn, moved);
  recordAct(turn, {
    act: 'move-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason,
    detail: {
      before: ticket.step,
      after: to.id,
      holder: holder.id,
      ...(actsFor === undefined ? {} : { actsFor }),
      ...doneAt,
    },
    ...(actor === undefined ? {} : { actor }),
    seat,
  });
  if (ends) {
    endIncident(turn, moved);
    endCase(turn, moved);
  } else if (moved.holder !== ticket.holder && !move.passing) tellHolder(turn, 'handed-over', moved);
  return moved;
}

const leadsBack = (workflow: Workflow, ticket: TicketRecord, to: WorkflowStep) =>
  workflow.steps.indexOf(to) < workflow.steps.indexOf(stepOf(workflow, ticket));

/** It burns again: a new alarm sends a ticket that was past the scene back to it. */
export function sendBack(turn: Turn, incident: IncidentRecord): void {
  const ticket = incident.ticket === null ? undefined : turn.state.tickets.get(incident.ticket);
  if (ticket === undefined || ticketStages.indexOf(ticket.stage) <= ticketStages.indexOf('under-control'))
    return;
  const reason = '控制后再次报警 / alarm again after it was under control';
  const to = stepAt(turn.state.workflowOf(ticket).steps, 'on-scene');
  moveTicket(turn, ticket, { to, holder: undefined, reason, actor: undefined, seat: '' });
}

/**
 * The case is closed, and its alarms with it, also one whose detector has not said that the condition is gone:
 * what it says next is a new alarm, never swallowed by one that nobody looks at any more.
 */
function endIncident(turn: Turn, ticket: TicketRecord): void {
  const incident = turn.state.incidents.get(ticket.incident);
  if (incident === undefined) return;
  for (const id of incident.alarms) {
    const alarm = turn.state.alarms.get(id);
    if (alarm !== undefined) changeFacts(turn, alarm, through(alarm, toTheEnd), { why: 'close' });
  }
  closeIncident(turn, incident, ticket.stage);
}

const toTheEnd = ['acknowledge', 'return', 'reset', 'unshelve', 'unsuppress', 'return-to-service'] as const;
