import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { checkMove } from '../tickets/workflow.ts';
import { done, refuse, sayWhy, unknown } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { stillAtIt } from './keep-parties.ts';
import { moveTicket } from './move-ticket.ts';
import { ticketOf } from './ticket-of.ts';
import type { Turn } from './turn.ts';

/** Moves a ticket where a person wants it, if the workflow allows it. */
export function actOnTicket(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'move-ticket' }>,
): CommandAnswer {
  const found = ticketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  const { to, reason, seat } = body;
  const check = checkMove(ticket.stage, to, reason);
  if (!check.ok) return refuse(body, check.reason, moveWords[check.reason], check.allowed);
  const atIt = to === 'closed' ? stillAtIt(ticket) : null;
  if (atIt !== null) return refuse(body, 'not-allowed-now', atIt, ['release-party']);
  const holder = body.holder === undefined ? undefined : turn.registry.units.get(body.holder);
  if (body.holder !== undefined && holder === undefined) return refuse(body, 'unknown-subject', unknown);
  return done(turn, body, moveTicket(turn, ticket, { to, holder, reason, actor, seat }).version);
}

const moveWords: Record<'not-allowed-now' | 'reason-required', Words> = {
  'not-allowed-now': { zh: '当前环节不能这样流转', en: 'The ticket cannot go there from its present step' },
  'reason-required': sayWhy,
};
