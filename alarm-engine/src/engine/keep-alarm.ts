import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { isAnnunciation, transitionTo } from '../alarms/alarm-transition.ts';
import { type AlarmFacts, stateOf } from '../alarms/lifecycle.ts';
import { deviceKey } from './engine-state.ts';
import type { Actor } from './inputs.ts';
import { hearAlarm } from './keep-flood.ts';
import { closeWhenOver } from './keep-incident.ts';
import { recordAct, saveAlarm, type Turn } from './turn.ts';

const none: readonly AlarmRecord[] = [];

/** Open alarms of a device. */
export function alarmsOf(turn: Turn, run: string | null, device: string): readonly AlarmRecord[] {
  const ids = turn.state.alarmsByDevice.get(deviceKey(run, device));
  if (ids === undefined) return none;
  return ids.map((id) => turn.state.alarms.get(id)).filter((alarm) => alarm !== undefined);
}

/** What changed an alarm: the lifecycle's input, and who, when it was a person. */
export interface Cause {
  why: string;
  actor?: Actor;
}

/** Writes an alarm, and the step that it took, into history; a step that calls is heard by the rooms. `from`: the state before; null when it is new. */
export function keepAlarm(
  turn: Turn,
  alarm: AlarmRecord,
  from: AlarmRecord['state'] | null,
  { why, actor }: Cause,
): void {
  saveAlarm(turn, alarm);
  const step = { no: turn.no, at: turn.now, from, why, actor: actor?.account ?? 'engine' };
  turn.effects.transitions.push(transitionTo(alarm, step));
  if (isAnnunciation(from, alarm.state)) hearAlarm(turn, alarm);
}

/** Gives an alarm new facts and with them its state; a normal one is closed and may end its incident. */
export function changeFacts(turn: Turn, alarm: AlarmRecord, facts: AlarmFacts, cause: Cause): AlarmRecord {
  const state = stateOf(facts);
  const changed: AlarmRecord = {
    ...alarm,
    ...facts,
    state,
    returnedAt: facts.condition ? null : (alarm.returnedAt ?? turn.now),
    closedAt: state === 'normal' ? turn.now : null,
    version: alarm.version + 1,
  };
  keepAlarm(turn, changed, alarm.state, cause);
  recordAct(turn, {
    act: `alarm-${cause.why}`,
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason: '',
    detail: { before: alarm.state, after: state },
  });
  if (changed.closedAt !== null) closeWhenOver(turn, changed.incident);
  return changed;
}
