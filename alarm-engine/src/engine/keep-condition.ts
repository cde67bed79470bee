import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { transition } from '../alarms/lifecycle.ts';
import type { DueItem } from './due-heap.ts';
import { deviceKey } from './engine-state.ts';
import { alarmsOf, changeFacts, offDelayOf } from './keep-alarm.ts';
import { deviceOf } from './number-inputs.ts';
import { type Raise, raiseAgain, raiseAlarm } from './raise-alarm.ts';
import { viewOf } from './surroundings.ts';
import { cancelDue, saveDue, type Turn } from './turn.ts';

/**
 * An event says that the condition of a rule holds. One alarm a device and rule: an open one is raised again, else a
 * new one is raised, after the rule's on-delay. The row of the delay is the memory of it.
 */
export function conditionHolds(turn: Turn, raise: Raise): void {
  const { rule, view } = raise;
  const { event, device } = view;
  const open = alarmsOf(turn, event.run, device.id).find((alarm) => alarm.rule === rule.id);
  if (open !== undefined) {
    cancelDue(turn, offDelayOf(open.id));
    raiseAgain(turn, open, raise);
  } else if (rule.onDelayMs > 0) {
    delay(turn, raise);
  } else raiseAlarm(turn, raise);
}

/** The condition of an open alarm is gone: it returns, after the rule's off-delay. */
export function conditionClears(turn: Turn, alarm: AlarmRecord): void {
  const offDelayMs = turn.rulebook.ruleOf(alarm.rule)?.offDelayMs ?? 0;
  const id = offDelayOf(alarm.id);
  if (offDelayMs === 0) returnAlarm(turn, alarm);
  else if (turn.state.due.get(id) === undefined)
    saveDue(turn, id, { id, at: turn.now + offDelayMs, kind: 'off-delay', subject: alarm.id, detail: null });
}

/** The condition that waited for its on-delay is gone: nothing happened. */
export function forgetDelay(turn: Turn, run: string | null, device: string, rule: string): void {
  cancelDue(turn, onDelayOf(run, device, rule));
}

/** The condition held throughout the on-delay. A rule that the book no longer holds raises nothing. */
export function endOnDelay(turn: Turn, item: Extract<DueItem, { kind: 'on-delay' }>): void {
  const rule = turn.rulebook.ruleOf(item.detail.rule);
  if (rule === undefined) return;
  const event = { ...item.detail.event, ident: 0n };
  const device = deviceOf(turn.registry, turn.registry.numberOf(event.deviceId), event.deviceId);
  raiseAlarm(turn, { rule, view: viewOf(turn, event, device) });
}

export function endOffDelay(turn: Turn, item: DueItem): void {
  const alarm = turn.state.alarms.get(item.subject);
  if (alarm !== undefined) returnAlarm(turn, alarm);
}

function delay(turn: Turn, { rule, view }: Raise): void {
  const { ident: _, ...event } = view.event;
  const id = onDelayOf(event.run, event.deviceId, rule.id);
  if (turn.state.due.get(id) !== undefined) return;
  turn.state.troubled.add(view.device.no);
  saveDue(turn, id, {
    ...{ id, at: turn.now + rule.onDelayMs, kind: 'on-delay', subject: event.deviceId },
    detail: { rule: rule.id, event },
  });
}

function returnAlarm(turn: Turn, alarm: AlarmRecord): void {
  const result = transition(alarm, { type: 'return' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
}

const onDelayOf = (run: string | null, device: string, rule: string) =>
  `on-delay:${deviceKey(run, device)}|${rule}`;
