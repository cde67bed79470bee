import { transition } from '../alarms/lifecycle.ts';
import { changeFacts } from './keep-alarm.ts';
import { letGo } from './let-go.ts';
import { gravestNow, inhibitedBy, isInhibited } from './suppression.ts';
import type { Turn } from './turn.ts';

/**
 * Alarms began or ceased to inhibit in this turn: those that they inhibit are suppressed, or shown again. What was shown
 * is not suppressed again in the same turn: rules that inhibit each other, or themselves, come to an end.
 */
export function inhibitOthers(turn: Turn): void {
  const shown = new Set<string>();
  for (let by = turn.stirred.pop(); by !== undefined; by = turn.stirred.pop())
    for (const { id } of inhibitedBy(turn, by)) keepSuppression(turn, id, shown);
}

function keepSuppression(turn: Turn, id: string, shown: Set<string>): void {
  const alarm = turn.state.alarms.get(id);
  if (alarm === undefined) return;
  const inhibited = isInhibited(turn, { ...alarm, severity: gravestNow(turn, alarm) });
  if (inhibited === alarm.suppressed || (inhibited && shown.has(id))) return;
  const result = transition(alarm, { type: 'suppress' });
  if (inhibited && result.ok) changeFacts(turn, alarm, result.facts, { why: 'suppress' });
  else {
    shown.add(id);
    letGo(turn, id, {});
  }
}
