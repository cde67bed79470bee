import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Severity } from '@fenghuo/contracts/words.ts';
import { through } from '../alarms/lifecycle.ts';
import { longestShelf } from '../alarms/shelving.ts';
import type { Assessment } from '../rules/assess.ts';
import { changeFacts } from './keep-alarm.ts';
import { raiseIncident } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { recordAct, type Turn } from './turn.ts';

/**
 * An open alarm becomes graver, or is confirmed: it asks for acknowledgement again, comes off the shelf where one so
 * grave may not lie, and its incident becomes as grave; graver, it sends a ticket that was past the scene back to it.
 * Nothing happens when it is so already.
 */
export function raiseSeverity(turn: Turn, alarm: AlarmRecord, found: Assessment): AlarmRecord {
  const isGraver = compareSeverity(found.severity, alarm.severity) < 0;
  const severity = isGraver ? found.severity : alarm.severity;
  const confirmed = alarm.confirmed || found.confirmed;
  if (!isGraver && confirmed === alarm.confirmed) return alarm;
  const facts = through(alarm, mayLieOnShelf(turn, alarm, severity) ? ['realarm'] : ['unshelve', 'realarm']);
  const fresh = found.reasons.filter(({ zh }) => !alarm.reasons.some((known) => known.zh === zh));
  const reason = fresh.map(({ zh }) => zh).join('；');
  recordAct(turn, {
    act: isGraver ? 'raise-severity' : 'confirm-alarm',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason,
    detail: { before: alarm.severity, after: severity },
  });
  const graver = { ...alarm, severity, confirmed, reasons: [...alarm.reasons, ...fresh] };
  const raised = changeFacts(turn, graver, facts, { why: 'realarm', reason });
  const incident = raised.incident === null ? undefined : turn.state.incidents.get(raised.incident);
  if (incident === undefined) return raised;
  raiseIncident(turn, incident, raised);
  if (isGraver) sendBack(turn, turn.state.incidents.get(incident.id) ?? incident);
  return raised;
}

/** Whether its rule lets an alarm of this severity lie on the shelf. */
export function mayLieOnShelf({ rulebook }: Turn, { rule }: AlarmRecord, severity: Severity): boolean {
  return longestShelf(rulebook.ruleOf(rule), severity) !== null;
}
