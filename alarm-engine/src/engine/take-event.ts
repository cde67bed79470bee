import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { isHeldBack } from '../alarms/holds.ts';
import { clears, holds } from '../rules/assess.ts';
import type { EventView } from '../rules/event-view.ts';
import { kindBit } from '../rules/kind-bits.ts';
import { keptMs } from '../rules/recent-signals.ts';
import type { Rule } from '../rules/rule.ts';
import { alarmsOf } from './keep-alarm.ts';
import { conditionClears, conditionHolds, forgetDelay } from './keep-condition.ts';
import { closeStuck, closeUpkeep, isStuck, openUpkeep } from './keep-up.ts';
import { deviceOf } from './number-inputs.ts';
import { viewOf } from './surroundings.ts';
import type { Turn } from './turn.ts';

/**
 * Decides on one new event; most say that all is well, of a device that was. Retained or cached payloads raise
 * nothing (promise 9), a test neither; an event of a drill that does not run is kept and raises nothing.
 */
export function takeEvent(turn: Turn, event: DeviceEvent, deviceNo: number): void {
  if (event.retained) return;
  if (event.run !== null && turn.state.drills.get(event.run) === undefined) return;
  if (event.kind === 'test' || event.state === 'test') return;
  const isWell = event.state === 'normal' || event.kind === 'restore';
  if (isWell && !isOfInterest(turn, event, deviceNo)) return;
  if (event.kind === 'stuck' && !isWell && !standsInAlarm(turn, event)) return;
  weigh(turn, viewOf(turn, event, deviceOf(turn.registry, deviceNo, event.deviceId)), isWell);
}

/** Enters an event among the recent signals and lets every rule judge it. */
export function weigh(turn: Turn, view: EventView, isWell: boolean): void {
  if (!isWell) noteTrouble(turn, view);
  judge(turn, view);
  if (isWell) noteWell(turn, view.event);
}

/** Well is worth a look of a device that had something to return from, or whose readings a rule judges. */
function isOfInterest({ state, registry, rulebook }: Turn, event: DeviceEvent, deviceNo: number): boolean {
  if (state.troubled.has(deviceNo)) return true;
  return rulebook.judgesReadings(event.kind, registry.typeOf(deviceNo));
}

/** Kinds of upkeep, and faults of any kind, are work; every trouble is a signal that may bear out another, unless a hold keeps it back. */
function noteTrouble(turn: Turn, view: EventView): void {
  const { event, device } = view;
  turn.state.troubled.add(device.no);
  if (!isHeldBack(turn.state.isHeld, event, device)) turn.state.signals.enter(event.run, view.signal);
  if (turn.rulebook.upkeepKinds.has(event.kind) || event.state === 'fault') openUpkeep(turn, event, device);
}

/** The device is well again; one that left the alarm meanwhile does not stick in it. */
function noteWell(turn: Turn, event: DeviceEvent): void {
  closeUpkeep(turn, event);
  if (event.kind !== 'silent' && isStuck(turn, event) && !standsInAlarm(turn, event)) closeStuck(turn, event);
}

/** What the event says of the condition of each rule: that it holds, that it is gone, or nothing. */
function judge(turn: Turn, view: EventView): void {
  const { event, device } = view;
  const before = alarmsOf(turn, event.run, device.id);
  const rules = turn.rulebook.rulesFor(event.kind, device.type);
  const held = rules.filter((rule) => holds(rule, view));
  for (const rule of held) conditionHolds(turn, { view, rule });
  const isGone = (id: string) => !held.some((rule) => rule.id === id) && saysGone(turn, view, id, held);
  for (const { id } of before) {
    const alarm = turn.state.alarms.get(id);
    if (alarm?.condition && isAbout(turn, view, alarm) && isGone(alarm.rule)) conditionClears(turn, alarm);
  }
  for (const { id, kind, onDelayMs } of turn.rulebook.rules)
    if (onDelayMs > 0 && (kind === event.kind || event.kind === 'restore') && isGone(id))
      forgetDelay(turn, view, id);
}

/** Of its kind, or a `restore` of all. What a spool gives back from before the device last said it does not end it. */
function isAbout(turn: Turn, view: EventView, alarm: AlarmRecord): boolean {
  const { kind, late } = view.event;
  if (kind !== 'restore' && alarm.kind !== kind) return false;
  return !late || (view.at >= alarm.lastEventAt && !wasSaidSince(turn, view, alarm));
}

/** The device said it again after this event happened. Only the last hour knows. */
function wasSaidSince({ state, now }: Turn, view: EventView, { run, kind }: AlarmRecord): boolean {
  let found = false;
  const asked = { kinds: kindBit(kind), since: Math.max(view.at + 1, now - keptMs) };
  state.signals.look(run, { of: 'device', deviceNo: view.device.no }, asked, (signal) => {
    found ||= signal.state === 'alarm';
  });
  return found;
}

/**
 * A rule that the book no longer holds, or holds for another kind, returns as its device says; but not by a reading in
 * which another rule sees trouble: the rule may have got another name.
 */
function saysGone({ rulebook }: Turn, view: EventView, id: string, held: readonly Rule[]): boolean {
  const { kind, state } = view.event;
  const rule = rulebook.ruleOf(id);
  if (rule?.kind === kind) return clears(rule, view);
  return kind === 'restore' || (state === 'normal' && held.length === 0);
}

/** A condition of the device still holds; that it is silent is none. */
function standsInAlarm(turn: Turn, event: DeviceEvent): boolean {
  return alarmsOf(turn, event.run, event.deviceId).some(
    (alarm) => alarm.condition && alarm.kind !== 'silent',
  );
}
