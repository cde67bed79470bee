import type { MessageKind, MessageTicket } from '@fenghuo/contracts/deliveries.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { newId, type Turn } from './turn.ts';

/** Tells who now holds a ticket what became of it. Of a drill nobody is told: it has no participants yet. */
export function tellHolder(turn: Turn, kind: MessageKind, ticket: TicketRecord): void {
  if (ticket.run !== null) return;
  turn.effects.messages.push({ id: `${newId(turn, 'M')}-${kind}`, kind, ticket: asTold(ticket) });
}

function asTold(ticket: TicketRecord): MessageTicket {
  const { id, incident, caseCode, severity, title, place, area, stage, holder, holderLevel, due } = ticket;
  return {
    ...{ id, incident, caseCode, severity, title, place, area, stage, holder, holderLevel },
    due: due && { stage: due.stage, at: due.at },
  };
}
