import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import { through } from '../alarms/lifecycle.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { nextDue } from '../tickets/deadlines.ts';
import { endsTicket, heldBy } from '../tickets/workflow.ts';
import { endCase } from './end-case.ts';
import type { Actor } from './inputs.ts';
import { changeFacts } from './keep-alarm.ts';
import { closeIncident } from './keep-incident.ts';
import { setDeadline } from './open-ticket.ts';
import { tellHolder } from './tell-holder.ts';
import { recordAct, saveTicket, type Turn } from './turn.ts';

export interface Move {
  to: TicketStage;
  /** Unit named by the author; absent: the chain's own choice. */
  holder: RegisteredUnit | undefined;
  reason: string;
  actor: Actor | undefined;
  seat: string;
}

/**
 * Moves a ticket to a step that the workflow allows; a move that ends it ends its incident too. Deadlines count
 * from the opening, the raise to a graver severity, or the last move back.
 */
export function moveTicket(turn: Turn, ticket: TicketRecord, move: Move): TicketRecord {
  const { to, reason, actor, seat } = move;
  const ends = endsTicket(to);
  const holder = move.holder ?? holderFor(turn, ticket, to, ends);
  const met = ends || nextDue(ticket.severity, to, ticket.countedFrom, 0)?.stage !== ticket.due?.stage;
  const countedFrom =
    ticketStages.indexOf(to) < ticketStages.indexOf(ticket.stage) ? turn.now : ticket.countedFrom;
  const moved: TicketRecord = {
    ...ticket,
    step: to,
    stage: to,
    stepSince: turn.now,
    holder: holder.id,
    holderLevel: holder.level,
    holderName: holder.name,
    countedFrom,
    due: met ? nextDue(ticket.severity, to, countedFrom, turn.now) : ticket.due,
    overdue: met ? false : ticket.overdue,
    moves: [
      ...ticket.moves,
      {
        at: turn.now,
        from: ticket.step,
        to,
        stage: to,
        by: actor?.account ?? 'engine',
        holder: holder.id,
        reason: reason || null,
      },
    ],
    closedAt: ends ? turn.now : null,
    version: ticket.version + 1,
  };
  saveTicket(turn, moved);
  setDeadline(turn, moved);
  recordAct(turn, {
    act: 'move-ticket',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason,
    detail: { before: ticket.step, after: to, holder: holder.id },
    ...(actor === undefined ? {} : { actor }),
    seat,
  });
  if (ends) {
    endIncident(turn, moved);
    endCase(turn, moved);
  } else if (moved.holder !== ticket.holder) tellHolder(turn, 'handed-over', moved);
  return moved;
}

/** It burns again: a new alarm sends a ticket that was past the scene back to it. */
export function sendBack(turn: Turn, incident: IncidentRecord): void {
  const ticket = incident.ticket === null ? undefined : turn.state.tickets.get(incident.ticket);
  if (ticket === undefined || ticketStages.indexOf(ticket.stage) <= ticketStages.indexOf('under-control'))
    return;
  const reason = '控制后再次报警 / alarm again after it was under control';
  moveTicket(turn, ticket, { to: 'on-scene', holder: undefined, reason, actor: undefined, seat: '' });
}

function holderFor(turn: Turn, ticket: TicketRecord, to: TicketStage, ends: boolean): RegisteredUnit {
  const { units, unitsOf } = turn.registry;
  const now = units.get(ticket.holder);
  if (now !== undefined && (ends || now.level === heldBy[to])) return now;
  const incident = turn.state.incidents.get(ticket.incident);
  const place =
    incident === undefined || incident.lon === null || incident.lat === null
      ? null
      : { lon: incident.lon, lat: incident.lat };
  return chooseHolder(unitsOf, heldBy[to], { area: ticket.area, place });
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
