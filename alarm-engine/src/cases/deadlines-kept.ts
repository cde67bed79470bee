import type { CaseDeadline } from '@fenghuo/contracts/case.ts';
import type { Lateness, TicketMove, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { type Due, nextDue } from '../tickets/deadlines.ts';

/**
 * What a ticket owed since its clock began, and when it was reached: the stages with a deadline, in order; before them what
 * it missed under an earlier clock (before it became graver, was sent back or opened again). Where it stood when the clock
 * began anew, it owed nothing before that. What was not reached because it ended earlier was not owed any more. Pure; `now`
 * is for what is not reached yet.
 */
export function deadlinesOf(workflow: Workflow, ticket: TicketRecord, now: number): CaseDeadline[] {
  const began = ticket.moves.findLast(({ at }) => at <= ticket.countedFrom)?.stage ?? 'received';
  const owed = owedFrom(workflow, ticket, began);
  const missed = ticket.lateness.filter(({ what }) => what === 'deadline');
  const isOwed = ({ stage, dueAt }: Lateness) => owed.some((due) => due.stage === stage && due.at === dueAt);
  const earlier = missed.filter((one) => !isOwed(one)).flatMap((one) => missedBefore(ticket, one, now));
  return [...earlier, ...owed.flatMap((due) => keptOrNot(ticket, due, now))];
}

function keptOrNot(ticket: TicketRecord, { stage, at, limitMs }: Due, now: number): CaseDeadline[] {
  const until = ticket.closedAt ?? now;
  const move = reaching(ticket, stage, ticket.countedFrom);
  if (move === null && ticket.closedAt !== null && until <= at) return [];
  const missed = ticket.lateness.find((one) => one.stage === stage && one.dueAt === at);
  return [deadline({ stage, limitMs, dueAt: at, holder: missed?.holderName ?? null }, move, until)];
}

/** It was made up for by the first move there, whatever clock ran then. */
function missedBefore(
  ticket: TicketRecord,
  { stage, limitMs, dueAt, holderName: holder }: Lateness,
  now: number,
): CaseDeadline[] {
  if (stage === null) return [];
  const move = reaching(ticket, stage, dueAt);
  return [deadline({ stage, limitMs, dueAt, holder }, move, ticket.closedAt ?? now)];
}

function deadline(
  owed: Pick<CaseDeadline, 'stage' | 'limitMs' | 'dueAt' | 'holder'>,
  move: TicketMove | null,
  until: number,
): CaseDeadline {
  const lateMs = Math.max(0, (move?.at ?? until) - owed.dueAt);
  return { ...owed, reachedAt: move?.at ?? null, lateMs, reason: lateMs > 0 ? (move?.reason ?? null) : null };
}

/** Every milestone behind a stage, the first first. */
function owedFrom(workflow: Workflow, { severity, countedFrom }: TicketRecord, began: TicketStage): Due[] {
  const clock = { countedFrom, since: countedFrom };
  const owed: Due[] = [];
  let due = nextDue(workflow, { severity, stage: began }, clock);
  while (due !== null) {
    owed.push(due);
    due = nextDue(workflow, { severity, stage: due.stage }, clock);
  }
  return owed;
}

/** The first move at or past a stage from a time on; null: none yet. A false alarm reaches nothing. */
function reaching({ moves }: TicketRecord, stage: TicketStage, from: number): TicketMove | null {
  const isPast = (of: TicketStage) =>
    of !== 'false-alarm' && ticketStages.indexOf(of) >= ticketStages.indexOf(stage);
  return moves.find((move) => move.at >= from && isPast(move.stage)) ?? null;
}
