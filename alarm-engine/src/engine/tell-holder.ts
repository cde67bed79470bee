import type { MessageKind } from '@fenghuo/contracts/deliveries.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { tellUnit } from './tell-unit.ts';
import type { Turn } from './turn.ts';

/** Tells who now holds a ticket what became of it. */
export function tellHolder(turn: Turn, kind: MessageKind, ticket: TicketRecord): void {
  tellUnit(turn, ticket, { kind, unit: ticket.holder });
}
