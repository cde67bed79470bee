import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { transition } from '../alarms/lifecycle.ts';
import { isMet } from '../rules/assess.ts';
import type { EventView } from '../rules/event-view.ts';
import type { DueItem } from './due-heap.ts';
import { deviceKey } from './engine-state.ts';
import { alarmsOf, changeFacts, offDelayOf } from './keep-alarm.ts';
import { letGo } from './let-go.ts';
import { deviceOf } from './number-inputs.ts';
import { type Raise, raiseAgain, raiseAlarm } from './raise-alarm.ts';
import { viewOf } from './surroundings.ts';
import { cancelDue, saveDue, type Turn } from './turn.ts';

type OnDelay = Extract<DueItem, { kind: 'on-delay' }>;

/**
 * An event says that the condition of a rule holds. One alarm a device and rule: an open one is raised again, else a
 * new one is raised, after the rule's on-delay. The row of the delay is the memory of it.
 */
export function conditionHolds(turn: Turn, raise: Raise): void {
  const { rule } = raise;
  if (rule.onDelayMs > 0 && openOf(turn, raise) === undefined) delay(turn, raise);
  else raiseNow(turn, raise);
}

function openOf(turn: Turn, { rule, view: { event, device } }: Raise): AlarmRecord | undefined {
  return alarmsOf(turn, event.run, device.id).find((alarm) => alarm.rule === rule.id);
}

/** One that is kept back by nothing any more, such as since its device hangs on another parent, shows as it is said again. */
function raiseNow(turn: Turn, raise: Raise): void {
  const open = openOf(turn, raise);
  if (open === undefined) {
    raiseAlarm(turn, raise);
    return;
  }
  cancelDue(turn, offDelayOf(open.id));
  raiseAgain(turn, open, raise);
  if (open.suppressed || open.outOfService) letGo(turn, open.id, {});
}

/** The condition of an open alarm is gone: it returns, after the rule's off-delay. */
export function conditionClears(turn: Turn, alarm: AlarmRecord): void {
  const offDelayMs = turn.rulebook.ruleOf(alarm.rule)?.offDelayMs ?? 0;
  const id = offDelayOf(alarm.id);
  if (offDelayMs === 0) returnAlarm(turn, alarm);
  else if (turn.state.due.get(id) === undefined)
    saveDue(turn, id, { id, at: turn.now + offDelayMs, kind: 'off-delay', subject: alarm.id, detail: null });
}

/** The condition that waited for its on-delay is gone: nothing happened. What a spool gives back from before is no end. */
export function forgetDelay(turn: Turn, view: EventView, rule: string): void {
  const id = onDelayOf(view.event.run, view.device.id, rule);
  const waiting = turn.state.due.get(id);
  if (waiting?.kind === 'on-delay' && !isBefore(view, viewOfDelayed(turn, waiting))) cancelDue(turn, id);
}

/** The condition held throughout the on-delay. */
export function endOnDelay(turn: Turn, item: OnDelay): void {
  turn.event = item.detail.event;
  const rule = turn.rulebook.ruleOf(item.detail.rule);
  if (rule !== undefined) raiseNow(turn, { rule, view: viewOfDelayed(turn, item) });
}

/**
 * The book was revised: what waited under a rule that is gone, no longer waits or no longer holds is judged by the
 * rules in force. A device may never say it again.
 */
export function reviseDelays(turn: Turn): void {
  const waiting = [...turn.state.due.values()].filter((item) => item.kind === 'on-delay');
  for (const item of waiting.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const view = viewOfDelayed(turn, item);
    const rules = turn.rulebook
      .rulesFor(view.event.kind, view.device.type)
      .filter((rule) => isMet(rule, view));
    if (rules.some(({ id, onDelayMs }) => id === item.detail.rule && onDelayMs > 0)) continue;
    cancelDue(turn, item.id);
    for (const rule of rules)
      if (openOf(turn, { rule, view }) === undefined) conditionHolds(turn, { rule, view });
  }
}

export function endOffDelay(turn: Turn, item: DueItem): void {
  const alarm = turn.state.alarms.get(item.subject);
  if (alarm !== undefined) returnAlarm(turn, alarm);
}

/** The delay runs from the first event that says so; what is raised at its end is as the newest says. */
function delay(turn: Turn, { rule, view }: Raise): void {
  const { ident: _, ...event } = view.event;
  const id = onDelayOf(event.run, event.deviceId, rule.id);
  const waiting = turn.state.due.get(id);
  if (waiting?.kind === 'on-delay' && !isNews(view, viewOfDelayed(turn, waiting))) return;
  turn.state.troubled.add(view.device.no);
  saveDue(turn, id, {
    ...{ id, at: waiting?.at ?? turn.now + rule.onDelayMs, kind: 'on-delay', subject: event.deviceId },
    detail: { rule: rule.id, event },
  });
}

function viewOfDelayed(turn: Turn, { detail }: OnDelay): EventView {
  const event = { ...detail.event, ident: 0n };
  return viewOf(turn, event, deviceOf(turn.registry, turn.registry.numberOf(event.deviceId), event.deviceId));
}

/** What a spool gives back from before the other. */
const isBefore = (view: EventView, other: EventView) => view.event.late && view.at < other.at;

function isNews(view: EventView, known: EventView): boolean {
  const isSame = view.event.value === known.event.value && view.event.state === known.event.state;
  return !isSame && !isBefore(view, known);
}

function returnAlarm(turn: Turn, alarm: AlarmRecord): void {
  cancelDue(turn, offDelayOf(alarm.id));
  const result = transition(alarm, { type: 'return' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
}

const onDelayOf = (run: string | null, device: string, rule: string) =>
  `on-delay:${deviceKey(run, device)}|${rule}`;
