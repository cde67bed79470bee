import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import { standingOf } from '@fenghuo/contracts/movers.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import {
  type Workflow,
  type WorkflowMove,
  type WorkflowStep,
  workflowRef,
} from '@fenghuo/contracts/workflow.ts';
import { checkMove, type MoveCheck } from '../tickets/check-move.ts';
import { evidenceWords, levelWords, moverWords, stepWords } from '../tickets/workflow-words.ts';
import { done, mayActFor, noSuchUnit, refuse, sayWhy } from './command-answer.ts';
import { mayHold, othersRoom } from './holder-at.ts';
import type { Actor } from './inputs.ts';
import { stillAtIt } from './keep-parties.ts';
import { moveTicket } from './move-ticket.ts';
import { openTicketOf } from './open-ticket-of.ts';
import type { Turn } from './turn.ts';

type MoveCommand = Extract<Command, { act: 'move-ticket' }>;

/** Moves a ticket where a person wants it, if its workflow allows it to them. */
export function actOnTicket(turn: Turn, actor: Actor, body: MoveCommand): CommandAnswer {
  const found = openTicketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  const { to, reason, seat, doneAt } = body;
  const { units } = turn.registry;
  const workflow = turn.state.workflowOf(ticket);
  const mover = standingOf(actor, (id) => units.get(id)?.level);
  const check = checkMove(workflow, ticket, { to, reason, mover });
  if (!check.ok) return refuseMove(body, workflow, ticket, check);
  if (!mayActFor(turn, actor, ticket, ticket.holder))
    return refuse(body, 'not-authorised', notYours(ticket, check.move.by));
  const step = workflow.steps.find(({ id }) => id === check.move.to)!;
  const atIt = step.stage === 'closed' ? stillAtIt(ticket) : null;
  if (atIt !== null) return refuse(body, 'not-allowed-now', atIt, ['release-party']);
  const holder = body.holder === undefined ? undefined : units.get(body.holder);
  if (body.holder !== undefined && holder === undefined) return refuse(body, 'unknown-subject', noSuchUnit);
  if (holder !== undefined && holder.level !== step.heldBy)
    return refuse(body, 'not-allowed-now', otherLevel(step));
  if (holder !== undefined && !mayHold(holder, ticket)) return refuse(body, 'not-allowed-now', othersRoom);
  const actsFor = check.actsFor === 'holder' ? { actsFor: ticket.holder } : {};
  const moved = moveTicket(turn, ticket, { to: step, holder, reason, actor, seat, doneAt, ...actsFor });
  return done(turn, body, moved.version);
}

/** Why a move is not made, in words, with what may be done instead. */
export function refuseMove(
  body: Command,
  workflow: Workflow,
  ticket: TicketRecord,
  check: Extract<MoveCheck, { ok: false }>,
): CommandAnswer {
  switch (check.reason) {
    case 'not-allowed-now':
      return refuse(body, check.reason, notFromHere(workflow, check.allowed), check.allowed);
    case 'not-authorised':
      return refuse(body, check.reason, notYours(ticket, check.by));
    case 'reason-required':
      return refuse(body, check.reason, sayWhy);
    case 'evidence-required':
      return refuse(body, check.reason, evidenceWords(check.lacking));
  }
}

function notFromHere(workflow: Workflow, allowed: readonly string[]): Words {
  const steps = stepWords(workflow, allowed);
  return {
    zh: `当前环节不能这样流转（${workflowRef(workflow)}），可转：${steps.zh}`,
    en: `The ticket cannot go there from its present step (${workflowRef(workflow)}); it can go to ${steps.en}`,
  };
}

function otherLevel({ name, heldBy }: WorkflowStep): Words {
  const { zh, en } = levelWords[heldBy];
  return { zh: `「${name.zh}」环节由${zh}承办`, en: `At “${name.en}” a ticket is held by ${en}` };
}

/** For whom it is instead. */
export function notYours({ holderName }: TicketRecord, by: WorkflowMove['by']): Words {
  const movers = moverWords(by, holderName);
  return { zh: `此步由${movers.zh}办理`, en: `This move is for ${movers.en}` };
}
