import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { type AsideInput, isAside, stands, through } from '../alarms/lifecycle.ts';
import { type Cause, changeFacts } from './keep-alarm.ts';
import { sendBack } from './move-ticket.ts';
import { stepForward } from './raise-alarm.ts';
import type { Turn } from './turn.ts';

export type BackInput = Extract<AsideInput, 'unshelve' | 'unsuppress' | 'return-to-service'>;

/**
 * One of the things that put an alarm aside has ended. When it was the last, the alarm shows again: from the shelf as
 * it lay beneath, from a hold unacknowledged, whatever was acknowledged meanwhile. One of which nobody was told joins
 * or opens an incident, and is over without a word when neither its condition nor its latch stands.
 */
export function bringBack(turn: Turn, alarm: AlarmRecord, input: BackInput, cause: Cause): AlarmRecord {
  const back = through(alarm, [input]);
  if (isAside(back)) return changeFacts(turn, alarm, back, cause);
  const untold = alarm.incident === null;
  if (!stands(back)) return changeFacts(turn, alarm, untold ? through(back, ['acknowledge']) : back, cause);
  const asks = untold || input !== 'unshelve' ? through(back, ['realarm']) : back;
  if (untold) return stepForward(turn, alarm, asks, cause);
  const shown = changeFacts(turn, alarm, asks, cause);
  const incident = shown.incident === null ? undefined : turn.state.incidents.get(shown.incident);
  if (incident !== undefined && shown.condition && !shown.acknowledged) sendBack(turn, incident);
  return shown;
}
