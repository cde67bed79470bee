import { bringBack } from './bring-back.ts';
import type { DueItem } from './due-heap.ts';
import { endHold } from './keep-hold.ts';
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
      break;
    case 'unshelve':
      unshelve(turn, item.subject);
      break;
    case 'return-to-service':
    case 'end-building-test':
      letGo(turn, item.subject);
      break;
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

function unshelve(turn: Turn, id: string): void {
  const alarm = turn.state.alarms.get(id);
  if (alarm?.shelved) bringBack(turn, alarm, 'unshelve', { why: 'unshelve', reason: timeIsUp });
}

function letGo(turn: Turn, id: string): void {
  const hold = turn.state.holds.get(id);
  if (hold !== undefined) endHold(turn, hold, { reason: timeIsUp });
}

const timeIsUp = '到时 / its time is up';
