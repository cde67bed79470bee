import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { cancelDue, saveDue, type Turn } from './turn.ts';

/** Keeps the due rows of a ticket true to its record: none once it is late or over. */
export function setDeadline(turn: Turn, ticket: TicketRecord): void {
  const id = `ticket-overdue:${ticket.id}`;
  const standing = ticket.due !== null && !ticket.overdue && ticket.closedAt === null;
  saveDue(
    turn,
    id,
    standing ? { id, at: ticket.due!.at, kind: 'ticket-overdue', subject: ticket.id, detail: null } : null,
  );
}

/**
 * Until when the alarms of a ticket's incident must be acknowledged, counted as its other deadlines are: set when the
 * ticket opens, becomes graver or milder, or is sent back.
 */
export function setAcknowledgement(turn: Turn, ticket: TicketRecord): void {
  const { acknowledgedWithinMs } = turn.state.workflowOf(ticket).severities[ticket.severity];
  const asked = acknowledgedWithinMs !== null && ticket.closedAt === null;
  const at = asked ? ticket.countedFrom + acknowledgedWithinMs : 0;
  watchAcknowledgement(turn, ticket, at > turn.now ? at : null);
}

export function watchAcknowledgement(turn: Turn, ticket: TicketRecord, at: number | null): void {
  const id = acknowledgementOf(ticket);
  if (at !== null)
    saveDue(turn, id, { id, at, kind: 'ticket-unacknowledged', subject: ticket.id, detail: null });
  else cancelDue(turn, id);
}

export const isWatched = ({ state }: Turn, ticket: TicketRecord) =>
  state.due.get(acknowledgementOf(ticket)) !== undefined;

const acknowledgementOf = ({ id }: TicketRecord) => `ticket-unacknowledged:${id}`;
