import type { CaseDeadline } from '@fenghuo/contracts/case.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import { type Due, nextDue } from '../tickets/deadlines.ts';

/**
 * What a ticket owed since its clock began, and when it was reached: the stages with a deadline, in order. Of one that
 * was reached before the clock began anew (it became graver, or was opened again), nothing was owed any more. An end by
 * false alarm owes nothing further. Pure; `now` is for what is not reached yet.
 */
export function deadlinesOf(ticket: TicketRecord, now: number): CaseDeadline[] {
  const until = ticket.closedAt ?? now;
  return owedBy(ticket).flatMap(({ stage, at, limitMs }) => {
    const reachedAt = reached(ticket, stage);
    if (reachedAt !== null && reachedAt < ticket.countedFrom) return [];
    if (reachedAt === null && ticket.closedAt !== null && until <= at) return [];
    const lateMs = Math.max(0, (reachedAt ?? until) - at);
    return [{ stage, limitMs, dueAt: at, reachedAt, lateMs }];
  });
}

/** Every milestone of the ticket's severity, the first first. */
function owedBy({ severity, countedFrom }: TicketRecord): Due[] {
  const owed: Due[] = [];
  let due = nextDue(severity, 'received', countedFrom, countedFrom);
  while (due !== null) {
    owed.push(due);
    due = nextDue(severity, due.stage, countedFrom, countedFrom);
  }
  return owed;
}

/** When the ticket was first at or past a stage since its clock began, else before; null: never. */
function reached({ moves, countedFrom }: TicketRecord, stage: TicketStage): number | null {
  const order = ticketStages.indexOf(stage);
  const there = moves.filter(
    (move) => ticketStages.indexOf(move.stage) >= order && move.stage !== 'false-alarm',
  );
  return (there.find(({ at }) => at >= countedFrom) ?? there.at(-1))?.at ?? null;
}
