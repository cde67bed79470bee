import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { checkVersion, refuse, unknown, type Versioned } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import type { Turn } from './turn.ts';

/** The open ticket that a command is about, at the version that its author saw; or why not. */
export function openTicketOf(
  turn: Turn,
  actor: Actor,
  body: Versioned,
): { ok: true; ticket: TicketRecord } | { ok: false; answer: CommandAnswer } {
  const ticket = turn.state.tickets.get(body.subject);
  if (ticket === undefined) return { ok: false, answer: refuse(body, 'unknown-subject', unknown) };
  const seen = { version: body.expectedVersion, lastBy: ticket.moves.at(-1)?.by ?? null, ticket };
  const answer = checkVersion(turn, body, actor, ticket, seen);
  return answer === null ? { ok: true, ticket } : { ok: false, answer };
}
