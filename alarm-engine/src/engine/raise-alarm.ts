import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Words } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { quietFacts, stateOf, transition } from '../alarms/lifecycle.ts';
import { type Assessment, assess } from '../rules/assess.ts';
import type { EventView } from '../rules/event-view.ts';
import type { Rule } from '../rules/rule.ts';
import { findIncident } from './find-incident.ts';
import { inhibitOthers, keepSuppression } from './inhibit.ts';
import { changeFacts, keepAlarm, raiseSeverity } from './keep-alarm.ts';
import { joinIncident, openIncident, raiseIncident } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { newId, recordAct, saveIncident, type Turn } from './turn.ts';

/** A rule whose condition holds, and the event that says so. */
export interface Raise {
  view: EventView;
  rule: Rule;
}

/** A new alarm, as grave as its surroundings bear it out; it joins an incident or opens one. */
export function raiseAlarm(turn: Turn, { view, rule }: Raise): void {
  const { event, device } = view;
  const joined = findIncident(turn, event.run, rule, device);
  const alarm = newAlarm(turn, { view, rule }, joined?.id ?? newId(turn, 'I'));
  recordAct(turn, {
    act: 'raise-alarm',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason: alarm.reasons.map((reason) => reason.zh).join('；'),
    detail: { device: device.id, rule: rule.id, severity: alarm.severity, rulebook: turn.rulebook.version },
  });
  keepAlarm(turn, alarm, null, { why: 'raise' });
  if (joined === null) {
    openIncident(turn, alarm, rule);
  } else {
    joinIncident(turn, joined, alarm, rule);
    sendBack(turn, joined);
  }
  keepSuppression(turn, alarm);
  inhibitOthers(turn, alarm);
  if (rule.momentary) endMoment(turn, alarm);
}

function newAlarm(turn: Turn, { view, rule }: Raise, incident: string): AlarmRecord {
  const { event, device } = view;
  const { id, type, area, building, floor, room, lon, lat } = device;
  const { severity, confirmed, reasons } = assess(rule, view);
  const facts = { ...quietFacts, condition: true, latched: rule.latch, acknowledged: false };
  return {
    id: newId(turn, 'A'),
    run: event.run,
    rule: rule.id,
    device: id,
    deviceType: type,
    kind: event.kind,
    ...{ area, building, floor, room, lon, lat },
    severity,
    title: rule.title,
    reasons: event.late ? [...reasons, lateness(event, turn.now)] : reasons,
    confirmed,
    category: rule.category,
    plan: rule.plan,
    tags: [...rule.tags],
    state: stateOf(facts),
    ...facts,
    value: event.value,
    unit: event.unit,
    raisedAt: turn.now,
    lastEventAt: turn.now,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    closedAt: null,
    incident,
    version: 1,
  };
}

/**
 * A detector that says it again: nothing while its alarm stands and is no graver; attention when it had returned, and a
 * ticket that was past the scene goes back there: it burns again.
 */
export function raiseAgain(turn: Turn, open: AlarmRecord, { view, rule }: Raise): void {
  const result = transition(open, { type: 'raise', latch: rule.latch });
  const graver = graverThan(open, assess(rule, view));
  if (!result.ok && graver === null) return;
  const raised = result.ok
    ? changeFacts(turn, { ...open, lastEventAt: turn.now }, result.facts, { why: 'raise' })
    : open;
  const alarm = graver === null ? raised : raiseSeverity(turn, raised, graver);
  const incident = turn.state.incidents.get(open.incident);
  if (incident !== undefined) {
    const heard = { ...incident, lastAlarmAt: turn.now, version: incident.version + 1 };
    if (graver === null) saveIncident(turn, heard);
    else raiseIncident(turn, heard, alarm);
    if (result.ok) sendBack(turn, turn.state.incidents.get(open.incident) ?? heard);
  }
  if (result.ok && rule.momentary) endMoment(turn, alarm);
}

function graverThan(open: AlarmRecord, found: Assessment): Assessment | null {
  const isGraver = compareSeverity(found.severity, open.severity) < 0 || (found.confirmed && !open.confirmed);
  return isGraver ? found : null;
}

/** What is seen in a moment is over as soon as it is told; it waits for acknowledgement all the same. */
function endMoment(turn: Turn, alarm: AlarmRecord): void {
  const result = transition(alarm, { type: 'return' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
}

/** A late alarm rings like any other, since nobody has looked at it yet; whoever looks must see how old it is. */
function lateness(event: DeviceEvent, now: number): Words {
  const since = event.hasDeviceTime ? Math.min(event.at, event.receivedAt) : event.receivedAt;
  const { zh, en } = ageWords(now - since);
  return { zh: `迟到的告警，发生在 ${zh}前`, en: `late alarm, ${en} old` };
}

function ageWords(ms: number): Words {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  const hours = Math.round(minutes / 60);
  if (hours < 48) return { zh: `${hours} 小时`, en: `${hours} h` };
  const days = Math.round(hours / 24);
  return { zh: `${days} 天`, en: `${days} days` };
}
