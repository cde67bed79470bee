import { asideOf, awaitPlannedEnd } from './aside.ts';
import { bringBack } from './bring-back.ts';
import type { Turn } from './turn.ts';

/** A planned time has ended: what nothing else keeps back shows again. */
export function endPlannedTime(turn: Turn, id: string): void {
  const alarm = turn.state.alarms.get(id);
  if (alarm === undefined) return;
  const aside = asideOf(turn, alarm);
  awaitPlannedEnd(turn, id, aside.plannedUntil);
  if (alarm.outOfService && !aside.outOfService)
    bringBack(turn, alarm, 'return-to-service', { why: 'return-to-service', reason: timeIsUp });
  const now = turn.state.alarms.get(id);
  if (now?.suppressed && !aside.suppressed)
    bringBack(turn, now, 'unsuppress', { why: 'unsuppress', reason: timeIsUp });
}

const timeIsUp = '计划时间已过 / its planned time is up';
