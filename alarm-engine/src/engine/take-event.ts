import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { transition } from '../alarms/lifecycle.ts';
import { alarmsOf, changeFacts } from './keep-alarm.ts';
import { closeStuck, closeUpkeep, isStuck, openUpkeep } from './keep-up.ts';
import { deviceOf } from './number-inputs.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { Turn } from './turn.ts';

/**
 * Decides on one new event; most say that all is well, of a device that was. Retained or cached payloads raise
 * nothing (promise 9), a test neither; an event of a drill that does not run is kept and raises nothing.
 */
export function takeEvent(turn: Turn, event: DeviceEvent, deviceNo: number): void {
  if (event.retained) return;
  if (event.run !== null && turn.state.drills.get(event.run) === undefined) return;
  if (event.kind === 'test' || event.state === 'test') return;
  const { troubled } = turn.state;
  if (event.state !== 'normal' && event.kind !== 'restore') {
    troubled.add(deviceNo);
    takeTrouble(turn, event, deviceNo);
  } else if (troubled.has(deviceNo)) returnToNormal(turn, event);
}

/**
 * What is work for upkeep is an alarm too only where a rule says so. A device that left the alarm meanwhile does
 * not stick in it.
 */
function takeTrouble(turn: Turn, event: DeviceEvent, deviceNo: number): void {
  if (event.kind === 'stuck' && !standsInAlarm(turn, event)) return;
  const device = deviceOf(turn.registry, deviceNo, event.deviceId);
  const isKindOfUpkeep = turn.rulebook.upkeepKinds.has(event.kind);
  const isWork = isKindOfUpkeep || event.state === 'fault';
  if (isWork) openUpkeep(turn, event, device);
  if (isWork && !isKindOfUpkeep) return;
  for (const rule of turn.rulebook.rulesFor(event.kind, device.type))
    raiseAlarm(turn, { event, device, rule });
}

/**
 * The device says that the condition is gone: of one kind, or with `restore` of all. What a spool gives back
 * from before the alarm does not end it.
 */
function returnToNormal(turn: Turn, event: DeviceEvent): void {
  for (const alarm of alarmsOf(turn, event.run, event.deviceId)) {
    if (event.kind !== 'restore' && alarm.kind !== event.kind) continue;
    if (event.late && event.at < alarm.lastEventAt) continue;
    const result = transition(alarm, { type: 'return' });
    if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
  }
  closeUpkeep(turn, event);
  if (event.kind !== 'silent' && isStuck(turn, event) && !standsInAlarm(turn, event)) closeStuck(turn, event);
}

/** A condition of the device still holds; that it is silent is none. */
function standsInAlarm(turn: Turn, event: DeviceEvent): boolean {
  return alarmsOf(turn, event.run, event.deviceId).some(
    (alarm) => alarm.condition && alarm.kind !== 'silent',
  );
}
