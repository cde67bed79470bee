import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Severity, type Words } from '@fenghuo/contracts/words.ts';
import { through } from '../alarms/lifecycle.ts';
import { longestShelf } from '../alarms/shelving.ts';
import { changeFacts } from './keep-alarm.ts';
import { raiseIncident } from './keep-incident.ts';
import { recordAct, type Turn } from './turn.ts';

/**
 * An open alarm becomes graver: it asks for acknowledgement again, comes off the shelf where one so grave may not lie,
 * and its incident becomes as grave. Nothing happens when it is as grave already. `reasons`: what is new.
 */
export function raiseSeverity(
  turn: Turn,
  alarm: AlarmRecord,
  severity: Severity,
  reasons: readonly Words[],
): AlarmRecord {
  if (compareSeverity(severity, alarm.severity) >= 0) return alarm;
  const mayStayShelved = longestShelf(turn.rulebook.ruleOf(alarm.rule), severity) !== null;
  const facts = through(alarm, mayStayShelved ? ['realarm'] : ['unshelve', 'realarm']);
  const reason = reasons.map(({ zh }) => zh).join('；');
  recordAct(turn, {
    act: 'raise-severity',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason,
    detail: { before: alarm.severity, after: severity },
  });
  const graver = { ...alarm, severity, reasons: [...alarm.reasons, ...reasons] };
  const raised = changeFacts(turn, graver, facts, { why: 'realarm', reason });
  const incident = raised.incident === null ? undefined : turn.state.incidents.get(raised.incident);
  if (incident !== undefined) raiseIncident(turn, incident, raised);
  return raised;
}
