import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { awaitFollowUp } from './follow-up.ts';
import { keepSupervision } from './list-for-supervision.ts';
import type { Turn } from './turn.ts';

/** What the end of a ticket sets in motion: its time on the list is over, its visit is awaited, its report is written. */
export function endCase(turn: Turn, ticket: TicketRecord): void {
  keepSupervision(turn, ticket);
  awaitFollowUp(turn, ticket);
  turn.effects.caseReports.push({ incident: ticket.incident, round: ticket.reopened });
}
