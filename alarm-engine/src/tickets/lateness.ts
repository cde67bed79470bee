import type { Escalation, Lateness, TicketRecord } from '@fenghuo/contracts/records.ts';

/** What was missed, and by when it was to be done. */
export type Miss = Pick<Lateness, 'what' | 'stage' | 'dueAt' | 'limitMs'>;

/** Keeps for good that something of a ticket was not done in time, and who held it then. Pure. */
export function withMiss(ticket: TicketRecord, miss: Miss): TicketRecord {
  const { holder, holderName, lateness } = ticket;
  return { ...ticket, lateness: [...lateness, { ...miss, holder, holderName, told: [] }] };
}

/** Who was told: of what is late now, and for good of what was missed last. Pure. */
export function withTold(ticket: TicketRecord, told: Escalation): TicketRecord {
  const last = ticket.lateness.at(-1);
  const lateness =
    last === undefined ? [] : [...ticket.lateness.slice(0, -1), { ...last, told: [...last.told, told] }];
  return { ...ticket, escalations: [...ticket.escalations, told], lateness };
}
