import { tellHolder } from './tell-holder.ts';
import { recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

/**
 * Fires what is due, if it still stands and its time has come: a ticket that missed its deadline is overdue, and stays
 * so until met. By id alone, which is what the log of inputs keeps.
 */
export function takeDue(turn: Turn, id: string): void {
  const item = turn.state.due.get(id);
  if (item === undefined || item.at > turn.now) return;
  saveDue(turn, item.id, null);
  switch (item.kind) {
    case 'ticket-overdue': {
      const ticket = turn.state.tickets.get(item.subject);
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
  }
}
