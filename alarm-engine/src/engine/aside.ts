import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { isReport } from '@fenghuo/contracts/words.ts';
import { heldFacts } from '../alarms/holds.ts';
import { plannedAt } from '../rules/planned-maintenance.ts';
import { plannedEndOf } from './keep-alarm.ts';
import { isInhibited } from './suppression.ts';
import { cancelDue, saveDue, type Turn } from './turn.ts';

type Subject = Pick<
  AlarmRecord,
  'run' | 'rule' | 'device' | 'deviceType' | 'kind' | 'building' | 'area' | 'severity'
>;

/** What keeps an alarm back from people now: holds, planned times of the rulebook, and alarms that inhibit it. */
export interface Aside {
  outOfService: boolean;
  suppressed: boolean;
  /** It is suppressed since its building is tested. */
  test: boolean;
  /** When a planned time that keeps it back ends, ms; null: none does. */
  plannedUntil: number | null;
}

/** A drill knows no planned times, and what a person reports is held back by none. */
export function asideOf(turn: Turn, alarm: Subject): Aside {
  const { state, rulebook } = turn;
  const held = heldFacts(alarm, state.isHeld);
  const isHoldable = alarm.run === null && !isReport(alarm.kind);
  const planned = isHoldable ? plannedAt(rulebook.maintenance, alarm, turn) : null;
  const test = held.suppressed || planned?.purpose === 'building-test';
  return {
    outOfService: held.outOfService || planned?.purpose === 'maintenance',
    suppressed: test || isInhibited(turn, alarm),
    test,
    plannedUntil: planned?.until ?? null,
  };
}

/** Keeps the due row of the end of a planned time; null: none keeps the alarm back. */
export function awaitPlannedEnd(turn: Turn, alarm: string, at: number | null): void {
  const id = plannedEndOf(alarm);
  if (at === null) cancelDue(turn, id);
  else if (turn.state.due.get(id)?.at !== at)
    saveDue(turn, id, { id, at, kind: 'planned-end', subject: alarm, detail: null });
}
