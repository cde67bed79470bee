import type { AlarmRecord, FloodRecord } from '@fenghuo/contracts/records.ts';
import { bucketEnd, floodBegins, floodGoesOn, type Hearing, hear, rateAt } from '../alarms/flood-control.ts';
import { seatsHearing } from '../chain/alarm-seats.ts';
import { areaWords, type RegisteredUnit } from '../registry/registry.ts';
import { hearingKey } from './engine-state.ts';
import { newId, recordAct, saveDue, type Turn } from './turn.ts';

/** The rooms hear an alarm: drill and live apart, as if each had people of its own. */
export function hearAlarm(turn: Turn, alarm: AlarmRecord): void {
  for (const seat of seatsHearing(turn.registry.unitsOf, alarm)) hearAt(turn, seat, alarm);
}

/** A flood is looked at before the first annunciation of a bucket is heard: nothing leaves the window uncounted. */
function hearAt(turn: Turn, seat: RegisteredUnit, alarm: AlarmRecord): void {
  const { state, now, rulebook } = turn;
  const { enterAbove, withinMs } = rulebook.flood;
  const key = hearingKey(alarm.run, seat.id);
  if (now >= bucketEnd(state.floods.get(key)?.countedTo ?? now)) checkFlood(turn, key);
  const hearing = hear(state.hearings.get(key), alarm, { at: now, withinMs });
  state.hearings.set(key, hearing);
  if (state.floods.get(key) === undefined && rateAt(hearing, now, withinMs) > enterAbove)
    enterFlood(turn, { key, seat, run: alarm.run, hearing });
}

interface Entry {
  key: string;
  seat: RegisteredUnit;
  run: string | null;
  hearing: Hearing;
}

function enterFlood(turn: Turn, { key, seat, run, hearing }: Entry): void {
  const flood: FloodRecord = {
    id: newId(turn, 'F'),
    run,
    seat: seat.id,
    area: seat.area,
    place: areaWords(turn.registry, seat.area),
    ...floodBegins(hearing, turn.now, turn.rulebook.flood),
    openedAt: turn.now,
    closedAt: null,
    version: 1,
  };
  saveFlood(turn, key, flood);
  onRecord(turn, 'enter-flood', flood);
}

/** Counts a flood on; it ends below the norm's lower bound. */
export function checkFlood(turn: Turn, key: string): void {
  const flood = turn.state.floods.get(key);
  if (flood === undefined) return;
  const counted = countOn(turn, key, flood);
  if (counted.rate < turn.rulebook.flood.exitBelow) leaveFlood(turn, key, counted);
  else saveFlood(turn, key, counted);
}

function countOn(turn: Turn, key: string, flood: FloodRecord): FloodRecord {
  const hearing = turn.state.hearings.get(key);
  const course = hearing === undefined ? {} : floodGoesOn(flood, hearing, turn.now);
  return { ...flood, ...course, version: flood.version + 1 };
}

/** The drill is over, and with it what its rooms heard. */
export function endFloods(turn: Turn, run: string): void {
  for (const [key, flood] of turn.state.floods.entries())
    if (flood.run === run) leaveFlood(turn, key, countOn(turn, key, flood));
  for (const [key] of turn.state.hearings.entries())
    if (key.startsWith(hearingKey(run, ''))) turn.state.hearings.delete(key);
}

function leaveFlood(turn: Turn, key: string, flood: FloodRecord): void {
  const over = { ...flood, closedAt: turn.now };
  saveFlood(turn, key, over);
  onRecord(turn, 'leave-flood', over);
}

/** Writes a flood as it now is; an open one is looked at again when the bucket is over. */
function saveFlood(turn: Turn, key: string, flood: FloodRecord): void {
  const isOpen = flood.closedAt === null;
  if (isOpen) turn.state.floods.set(key, flood);
  else turn.state.floods.delete(key);
  turn.effects.floods.set(flood.id, flood);
  const id = `flood-check:${key}`;
  const at = bucketEnd(turn.now);
  saveDue(turn, id, isOpen ? { id, at, kind: 'flood-check', subject: key, detail: null } : null);
}

function onRecord(turn: Turn, act: 'enter-flood' | 'leave-flood', flood: FloodRecord): void {
  const { id, area, run, seat, rate, peak, heard } = flood;
  const detail = { seat, rate, peak, heard };
  recordAct(turn, { act, subject: id, area, run, reason: '', detail });
}
