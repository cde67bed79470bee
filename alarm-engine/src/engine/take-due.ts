import type { DueItem } from './due-heap.ts';
import { checkFlood } from './keep-flood.ts';
import { tellHolder } from './tell-holder.ts';
import { recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

/** Fires what is due, if it still stands. */
export function takeDue(turn: Turn, item: DueItem): void {
  const standing = turn.state.due.get(item.id);
  if (standing === undefined || standing.at !== item.at) return;
  saveDue(turn, item.id, null);
  switch (item.kind) {
    case 'ticket-overdue':
      missDeadline(turn, item.subject);
      return;
    case 'flood-check':
      checkFlood(turn, item.subject);
  }
}

/** A ticket that missed its deadline is overdue, and stays so until met. */
function missDeadline(turn: Turn, id: string): void {
  const ticket = turn.state.tickets.get(id);
  if (ticket === undefined) return;
  const late = { ...ticket, overdue: true, version: ticket.version + 1 };
  saveTicket(turn, late);
  recordAct(turn, {
    act: 'miss-deadline',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: '',
    detail: { step: ticket.due?.step, holder: ticket.holder },
  });
  tellHolder(turn, 'deadline-missed', late);
}
