import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { isAtIt } from '../chain/team-work.ts';
import { done, onRecord, refuse } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { openTicketOf } from './open-ticket-of.ts';
import { tellUnit } from './tell-unit.ts';
import type { Turn } from './turn.ts';

type Chase = Extract<Command, { act: 'chase-ticket' }>;

/** Tells who holds a case, or a unit that is at it beside them, once more. The ticket stays as it is. */
export function chaseTicket(turn: Turn, actor: Actor, body: Chase): CommandAnswer {
  const found = openTicketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  const { unit = ticket.holder, reason } = body;
  const isThere = unit === ticket.holder || ticket.parties.some((one) => one.unit === unit && isAtIt(one));
  if (!isThere) return refuse(body, 'not-allowed-now', notAtIt);
  onRecord(turn, actor, body, ticket, { unit, step: ticket.step });
  const note = reason === '' ? {} : { note: { zh: reason, en: reason } };
  tellUnit(turn, ticket, { kind: 'chased', unit, ...note });
  return done(turn, body, ticket.version);
}

const notAtIt: Words = {
  zh: '该单位不在此案中，或已完成',
  en: 'This unit is not at the case, or is done',
};
