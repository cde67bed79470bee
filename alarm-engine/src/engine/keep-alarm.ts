import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { isAnnunciation, transitionTo } from '../alarms/alarm-transition.ts';
import { type AlarmFacts, stateOf } from '../alarms/lifecycle.ts';
import { keptEvent } from '../cases/kept-event.ts';
import { deviceKey, inhibits } from './engine-state.ts';
import type { Actor } from './inputs.ts';
import { hearAlarm } from './keep-flood.ts';
import { closeWhenOver } from './keep-incident.ts';
import { cancelDue, recordAct, saveAlarm, saveDue, type Turn } from './turn.ts';

/** Ids of due items: the end of an off-delay, and of a planned time that keeps an alarm back. */
export const offDelayOf = (alarm: string) => `off-delay:${alarm}`;
export const plannedEndOf = (alarm: string) => `planned-end:${alarm}`;

const none: readonly AlarmRecord[] = [];

/** Open alarms of a device. */
export function alarmsOf(turn: Turn, run: string | null, device: string): readonly AlarmRecord[] {
  const ids = turn.state.alarmsByDevice.get(deviceKey(run, device));
  if (ids === undefined) return none;
  return ids.map((id) => turn.state.alarms.get(id)).filter((alarm) => alarm !== undefined);
}

/** Open alarms of a building, in an order of the ids alone: the same after a restart. Looks at every open alarm. */
export function alarmsOfBuilding(
  { state }: Turn,
  run: string | null,
  building: string | null,
): AlarmRecord[] {
  return [...state.alarms.values()]
    .filter((alarm) => alarm.run === run && alarm.building === building)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What changed an alarm: the lifecycle's input; who, when it was a person; and their or the engine's reason. */
export interface Cause {
  why: string;
  actor?: Actor;
  reason?: string;
}

/**
 * Writes an alarm, when its time on the shelf ends, and the step that it took, into history; a step that calls is heard
 * by the rooms. `from`: the state before; null when it is new.
 */
export function keepAlarm(
  turn: Turn,
  alarm: AlarmRecord,
  from: AlarmRecord['state'] | null,
  { why, actor }: Cause,
): void {
  const before = turn.state.alarms.get(alarm.id);
  if ((before !== undefined && inhibits(before)) !== inhibits(alarm)) turn.stirred.push(alarm);
  saveAlarm(turn, alarm);
  keepShelfEnd(turn, alarm);
  const event = turn.event && keptEvent(turn.event);
  const step = { no: turn.no, at: turn.now, from, why, actor: actor?.account ?? 'engine', event };
  turn.effects.transitions.push(transitionTo(alarm, step));
  if (isAnnunciation(from, alarm.state)) hearAlarm(turn, alarm);
}

/** Keeps the due row of an alarm true to its record: one while it lies on the shelf. */
function keepShelfEnd(turn: Turn, { id, shelf, closedAt }: AlarmRecord): void {
  const dueId = `unshelve:${id}`;
  const at = closedAt === null ? (shelf?.until ?? null) : null;
  const standing = turn.state.due.get(dueId);
  if (at === (standing?.at ?? null)) return;
  saveDue(turn, dueId, at === null ? null : { id: dueId, at, kind: 'unshelve', subject: id, detail: null });
}

/** Gives an alarm new facts and with them its state; a normal one is closed and may end its incident. */
export function changeFacts(turn: Turn, alarm: AlarmRecord, facts: AlarmFacts, cause: Cause): AlarmRecord {
  const state = stateOf(facts);
  const changed: AlarmRecord = {
    ...alarm,
    ...factsOf(facts),
    state,
    shelf: facts.shelved ? alarm.shelf : null,
    ...(facts.acknowledged ? {} : unacknowledged),
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
    reason: cause.reason ?? '',
    detail: { before: alarm.state, after: state },
    ...(cause.actor === undefined ? {} : { actor: cause.actor }),
  });
  if (changed.closedAt !== null)
    for (const id of [offDelayOf(alarm.id), plannedEndOf(alarm.id)]) cancelDue(turn, id);
  if (changed.closedAt !== null && changed.incident !== null) closeWhenOver(turn, changed.incident);
  return changed;
}

const unacknowledged = { acknowledgedAt: null, acknowledgedBy: null, acknowledgedComment: null };

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
