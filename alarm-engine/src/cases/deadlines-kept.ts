import type { CaseDeadline } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { type Due, nextDue } from '../tickets/deadlines.ts';

/**
 * What a ticket owed since its clock began, and when it was reached: the stages with a deadline, in order. Where it stood
 * when the clock began anew (it became graver, was sent back or opened again), it owed nothing before that. What was not
 * reached because it ended earlier was not owed any more. Pure; `now` is for what is not reached yet.
 */
export function deadlinesOf(workflow: Workflow, ticket: TicketRecord, now: number): CaseDeadline[] {
  const until = ticket.closedAt ?? now;
  const began = ticket.moves.findLast(({ at }) => at <= ticket.countedFrom)?.stage ?? 'received';
  return owedFrom(workflow, ticket, began).flatMap(({ stage, at, limitMs }) => {
    const reachedAt = reached(ticket, stage);
    if (reachedAt === null && ticket.closedAt !== null && until <= at) return [];
    const lateMs = Math.max(0, (reachedAt ?? until) - at);
    return [{ stage, limitMs, dueAt: at, reachedAt, lateMs }];
  });
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

/** When the ticket was first at or past a stage since its clock began; null: not yet. A false alarm reaches none. */
function reached({ moves, countedFrom }: TicketRecord, stage: TicketStage): number | null {
  const isPast = (of: TicketStage) =>
    of !== 'false-alarm' && ticketStages.indexOf(of) >= ticketStages.indexOf(stage);
  return moves.find((move) => move.at >= countedFrom && isPast(move.stage))?.at ?? null;
}
