import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { transition } from '../alarms/lifecycle.ts';
import { asideOf } from './aside.ts';
import { bringBack } from './bring-back.ts';
import { changeFacts } from './keep-alarm.ts';
import { inhibitedBy, isInhibited } from './suppression.ts';
import type { Turn } from './turn.ts';

/** Alarms began or ceased to stand in this turn: those that they inhibit are suppressed, or shown again. */
export function inhibitOthers(turn: Turn): void {
  for (let by = turn.stirred.pop(); by !== undefined; by = turn.stirred.pop())
    for (const alarm of inhibitedBy(turn, by)) keepSuppression(turn, alarm);
}

function keepSuppression(turn: Turn, alarm: AlarmRecord): void {
  const inhibited = isInhibited(turn, alarm.rule, alarm);
  if (inhibited === alarm.suppressed) return;
  const result = transition(alarm, { type: 'suppress' });
  if (inhibited && result.ok) changeFacts(turn, alarm, result.facts, { why: 'suppress' });
  else if (!asideOf(turn, alarm).suppressed) bringBack(turn, alarm, 'unsuppress', { why: 'unsuppress' });
}
