import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { asideOf, awaitPlannedEnd } from './aside.ts';
import { type BackInput, bringBack } from './bring-back.ts';
import type { Cause } from './keep-alarm.ts';
import { gravestNow } from './suppression.ts';
import type { Turn } from './turn.ts';

type WhoAndWhy = Omit<Cause, 'why'>;

/**
 * Something that keeps alarms back has ended: what nothing else keeps back shows again, and what a planned time still
 * keeps back waits for its end.
 */
export function letGo(turn: Turn, id: string, cause: WhoAndWhy): void {
  const alarm = turn.state.alarms.get(id);
  if (alarm === undefined) return;
  const aside = asideOf(turn, { ...alarm, severity: gravestNow(turn, alarm) });
  const served =
    alarm.outOfService && !aside.outOfService ? back(turn, alarm, 'return-to-service', cause) : alarm;
  const left = served.suppressed && !aside.suppressed ? back(turn, served, 'unsuppress', cause) : served;
  const isKept = left.closedAt === null && (left.outOfService || left.suppressed);
  awaitPlannedEnd(turn, id, isKept ? aside.plannedUntil : null);
}

function back(turn: Turn, alarm: AlarmRecord, input: BackInput, cause: WhoAndWhy): AlarmRecord {
  bringBack(turn, alarm, input, { ...cause, why: input });
  return turn.state.alarms.get(alarm.id) ?? { ...alarm, closedAt: turn.now };
}
