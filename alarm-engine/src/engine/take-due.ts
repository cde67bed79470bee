import { bringBack } from './bring-back.ts';
import { endBroadcast } from './broadcast.ts';
import { escalateFurther, missDeadline } from './escalate-ticket.ts';
import { missFollowUp } from './follow-up.ts';
import { endOffDelay, endOnDelay } from './keep-condition.ts';
import { checkFlood } from './keep-flood.ts';
import { endHold } from './keep-hold.ts';
import { letGo } from './let-go.ts';
import { missSupervision } from './list-for-supervision.ts';
import { missAcknowledgement } from './miss-acknowledgement.ts';
import { endDuty } from './set-duty.ts';
import { endGroupWait, endWaitForPeople } from './set-in-motion.ts';
import { saveDue, type Turn } from './turn.ts';

/** Fires what is due, if it still stands and its time has come. By id alone, which is what the log of inputs keeps. */
export function takeDue(turn: Turn, id: string): void {
  const item = turn.state.due.get(id);
  if (item === undefined || item.at > turn.now) return;
  saveDue(turn, item.id, null);
  switch (item.kind) {
    case 'ticket-overdue':
      missDeadline(turn, item);
      return;
    case 'escalate':
      escalateFurther(turn, item);
      return;
    case 'duty-ends':
      endDuty(turn, item.subject);
      return;
    case 'ticket-unacknowledged':
      missAcknowledgement(turn, item);
      return;
    case 'supervision-until':
      missSupervision(turn, item.subject);
      return;
    case 'follow-up-due':
      missFollowUp(turn, item.detail);
      return;
    case 'broadcast-ends':
      endBroadcast(turn, item.subject);
      return;
    case 'flood-check':
      checkFlood(turn, item.subject);
      return;
    case 'on-delay':
      endOnDelay(turn, item);
      return;
    case 'off-delay':
      endOffDelay(turn, item);
      return;
    case 'planned-end':
      letGo(turn, item.subject, { reason: plannedTimeIsUp });
      return;
    case 'group-wait':
      endGroupWait(turn, item.subject);
      return;
    case 'unacknowledged':
      endWaitForPeople(turn, item.subject);
      return;
    case 'unshelve':
      unshelve(turn, item.subject);
      return;
    case 'return-to-service':
    case 'end-building-test':
      endTimeOfHold(turn, item.subject);
      return;
  }
}

function unshelve(turn: Turn, id: string): void {
  const alarm = turn.state.alarms.get(id);
  if (alarm?.shelved) bringBack(turn, alarm, 'unshelve', { why: 'unshelve', reason: timeIsUp });
}

function endTimeOfHold(turn: Turn, id: string): void {
  const hold = turn.state.holds.get(id);
  if (hold !== undefined) endHold(turn, hold, { reason: timeIsUp });
}

const timeIsUp = '到时 / its time is up';
const plannedTimeIsUp = '计划时间已过 / its planned time is up';
