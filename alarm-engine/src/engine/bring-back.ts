import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { type AlarmFacts, type AsideInput, isAside, stands, through } from '../alarms/lifecycle.ts';
import { assess } from '../rules/assess.ts';
import { type Cause, changeFacts } from './keep-alarm.ts';
import { sendBack } from './move-ticket.ts';
import { stepForward } from './raise-alarm.ts';
import { raiseSeverity } from './realarm.ts';
import { setInMotion } from './set-in-motion.ts';
import { viewOfAlarm } from './surroundings.ts';
import type { Turn } from './turn.ts';

export type BackInput = Extract<AsideInput, 'unshelve' | 'unsuppress' | 'return-to-service'>;

/**
 * One of the things that put an alarm aside has ended. When it was the last, the alarm shows again: from the shelf as
 * it lay beneath, from a hold unacknowledged, whatever was acknowledged meanwhile. One of which nobody was told joins
 * or opens an incident, and is over without a word when neither its condition nor its latch stands.
 */
export function bringBack(turn: Turn, alarm: AlarmRecord, input: BackInput, cause: Cause): AlarmRecord {
  const without = through(alarm, [input]);
  const back = input !== 'unshelve' && stands(without) ? through(without, ['realarm']) : without;
  if (isAside(back)) return changeFacts(turn, alarm, back, cause);
  if (alarm.incident === null) return bringForward(turn, alarm, back, cause);
  const shown = reassess(turn, changeFacts(turn, alarm, back, cause));
  const incident = turn.state.incidents.get(alarm.incident);
  if (incident === undefined || shown.acknowledged) return shown;
  setInMotion(turn, incident);
  if (shown.condition) sendBack(turn, turn.state.incidents.get(incident.id) ?? incident);
  return shown;
}

/** What went on while it was kept back may bear it out. */
function reassess(turn: Turn, shown: AlarmRecord): AlarmRecord {
  const rule = turn.rulebook.ruleOf(shown.rule);
  if (rule === undefined || !shown.condition) return shown;
  return raiseSeverity(turn, shown, assess(rule, viewOfAlarm(turn, shown)));
}

/** Nobody was told of it: it steps forward, or is over without a word. */
function bringForward(turn: Turn, alarm: AlarmRecord, back: AlarmFacts, cause: Cause): AlarmRecord {
  return stands(back)
    ? stepForward(turn, alarm, through(back, ['realarm']), cause)
    : changeFacts(turn, alarm, through(back, ['acknowledge']), cause);
}
