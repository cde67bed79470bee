import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import { type ClosedCase, ticketOf } from './closed-case.ts';
import { checkVersion, done, lacksReason, onRecord, refuse, sayWhy, unknown } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { tellHolder } from './tell-holder.ts';
import { cancelDue, recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

const dueOf = (ticket: string) => `follow-up-due:${ticket}`;

/**
 * A closed case waits for its visit 回访, where its workflow asks for one; not one of a drill, one that was false, or one that went into another. The row
 * carries the ticket, which is no longer in memory when it fires.
 */
export function awaitFollowUp(turn: Turn, ticket: TicketRecord): void {
  const merged = turn.effects.incidents.get(ticket.incident)?.mergedInto ?? null;
  const { followUpWithinMs } = turn.state.workflowOf(ticket).severities[ticket.severity];
  if (followUpWithinMs === null) return;
  if (ticket.run !== null || ticket.stage !== 'closed' || merged !== null) return;
  const id = dueOf(ticket.id);
  const at = turn.now + followUpWithinMs;
  saveDue(turn, id, { id, at, kind: 'follow-up-due', subject: ticket.id, detail: ticket });
}

export function cancelFollowUp(turn: Turn, ticket: string): void {
  cancelDue(turn, dueOf(ticket));
}

/** Nobody has visited in time: the township's room is told, once. */
export function missFollowUp(turn: Turn, ticket: TicketRecord): void {
  const room = chooseHolder(turn.registry.unitsOf, 'township', ticket.area);
  const asked = { ...ticket, holder: room.id, holderLevel: room.level, holderName: room.name };
  recordAct(turn, {
    act: 'miss-follow-up',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: '',
    detail: { caseCode: ticket.caseCode, closedAt: ticket.closedAt, told: room.id },
  });
  tellHolder(turn, 'follow-up-due', asked);
}

/** Keeps what was said at the visit, beside what was said before. */
export function recordFollowUp(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'record-follow-up' }>,
  closed: ClosedCase | null,
): CommandAnswer {
  const ticket = ticketOf(turn, closed, body.subject);
  if (ticket === undefined) return refuse(body, 'unknown-subject', unknown);
  const { satisfied, reason: note } = body;
  const seen = {
    version: body.expectedVersion,
    lastBy: ticket.visits.at(-1)?.by ?? ticket.moves.at(-1)?.by ?? null,
  };
  const refused = checkVersion(turn, body, actor, ticket, seen);
  if (refused !== null) return refused;
  if (ticket.closedAt === null) return refuse(body, 'not-allowed-now', notClosed);
  if (!satisfied && lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const visited: TicketRecord = {
    ...ticket,
    visits: [...ticket.visits, { at: turn.now, by: actor.account, satisfied, note }],
    version: ticket.version + 1,
  };
  saveTicket(turn, visited);
  cancelFollowUp(turn, ticket.id);
  onRecord(turn, actor, body, ticket, { satisfied, before: ticket.visits.at(-1) ?? null });
  return done(turn, body, visited.version);
}

const notClosed: Words = {
  zh: '回访在销号之后进行，这件工单还没有关闭',
  en: 'The visit comes after closing, and the ticket is still open',
};
