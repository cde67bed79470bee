import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import { transitionTo } from '../alarms/alarm-transition.ts';
import { type AlarmFacts, stateOf, transition } from '../alarms/lifecycle.ts';
import type { Assessment } from '../rules/assess.ts';
import { deviceKey } from './engine-state.ts';
import { inhibitOthers } from './inhibit.ts';
import type { Actor } from './inputs.ts';
import { closeWhenOver } from './keep-incident.ts';
import { cancelDue, recordAct, saveAlarm, type Turn } from './turn.ts';

/** Id of the due item that ends an off-delay. */
export const offDelayOf = (alarm: string) => `off-delay:${alarm}`;

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

/** Writes an alarm, and the step that it took, into history. `from`: the state before; null when it is new. */
export function keepAlarm(
  turn: Turn,
  alarm: AlarmRecord,
  from: AlarmRecord['state'] | null,
  { why, actor }: Cause,
): void {
  saveAlarm(turn, alarm);
  const step = { no: turn.no, at: turn.now, from, why, actor: actor?.account ?? 'engine' };
  turn.effects.transitions.push(transitionTo(alarm, step));
}

/** Gives an alarm new facts and with them its state; a normal one is closed and may end its incident. */
export function changeFacts(turn: Turn, alarm: AlarmRecord, facts: AlarmFacts, cause: Cause): AlarmRecord {
  const state = stateOf(facts);
  const changed: AlarmRecord = {
    ...alarm,
    ...factsOf(facts),
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
  if (changed.closedAt !== null) {
    cancelDue(turn, offDelayOf(alarm.id));
    closeWhenOver(turn, changed.incident);
  }
  if (changed.condition !== alarm.condition) inhibitOthers(turn, changed);
  return changed;
}

/** An open alarm proved graver, or was confirmed: it asks for attention again (ISA-18.2: re-alarm). */
export function raiseSeverity(
  turn: Turn,
  alarm: AlarmRecord,
  { severity, confirmed, reasons }: Assessment,
): AlarmRecord {
  const result = transition(alarm, { type: 'realarm' });
  const raised = {
    ...alarm,
    severity: compareSeverity(severity, alarm.severity) < 0 ? severity : alarm.severity,
    confirmed: confirmed || alarm.confirmed,
    reasons,
  };
  return changeFacts(turn, raised, result.ok ? result.facts : alarm, { why: 'realarm' });
}

/** Facts alone: a whole record passes for its facts, and must not bring the rest of what it was. */
function factsOf({
  condition,
  latched,
  acknowledged,
  shelved,
  suppressed,
  outOfService,
}: AlarmFacts): AlarmFacts {
  return { condition, latched, acknowledged, shelved, suppressed, outOfService };
}
