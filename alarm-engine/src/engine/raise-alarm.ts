import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import { quietFacts, stateOf, transition } from '../alarms/lifecycle.ts';
import { withRaise } from '../alarms/nuisance.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import { decideSeverity, type Evidence } from '../rules/decide-severity.ts';
import type { Rule } from '../rules/rule.ts';
import { alarmsOf, changeFacts, keepAlarm } from './keep-alarm.ts';
import { findIncident, joinIncident, openIncident } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { newId, recordAct, saveIncident, type Turn } from './turn.ts';

export interface Raise {
  event: DeviceEvent;
  device: RegisteredDevice;
  rule: Rule;
}

/** One alarm a device and rule: an open one is raised again, else a new one joins or opens an incident. */
export function raiseAlarm(turn: Turn, raise: Raise): void {
  const open = alarmsOf(turn, raise.event.run, raise.device.id).find((alarm) => alarm.rule === raise.rule.id);
  if (open === undefined) newAlarm(turn, raise);
  else raiseAgain(turn, open, raise.rule);
}

/**
 * A detector that says it again: nothing while its alarm stands; attention when it had returned, and a ticket
 * that was past the scene goes back there: it burns again.
 */
function raiseAgain(turn: Turn, open: AlarmRecord, rule: Rule): void {
  const result = transition(open, { type: 'raise', latch: rule.latch });
  if (!result.ok) return;
  const again = { ...open, ...withRaise(open, turn.now), lastEventAt: turn.now };
  const raised = changeFacts(turn, again, result.facts, { why: 'raise' });
  if (rule.momentary) endMoment(turn, raised);
  const incident = turn.state.incidents.get(open.incident);
  if (incident === undefined) return;
  saveIncident(turn, { ...incident, lastAlarmAt: turn.now, version: incident.version + 1 });
  sendBack(turn, incident);
}

/** What is seen in a moment is over as soon as it is told; it waits for acknowledgement all the same. */
function endMoment(turn: Turn, alarm: AlarmRecord): void {
  const result = transition(alarm, { type: 'return' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
}

function newAlarm(turn: Turn, { event, device, rule }: Raise): void {
  const result = transition(quietFacts, { type: 'raise', latch: rule.latch });
  if (!result.ok) return;
  const joined = findIncident(turn, event.run, rule.hazard, device);
  const own = evidenceOf(
    turn,
    { ...device, device: device.id, deviceType: device.type, raisedAt: turn.now, condition: true },
    device,
  );
  const others = joined === null ? [] : evidenceIn(turn, joined, device);
  const decided = decideSeverity(rule, own, others, turn.now);
  const { severity } = decided;
  const reasons = event.late ? [...decided.reasons, lateness(event, turn.now)] : decided.reasons;
  const alarm: AlarmRecord = {
    id: newId(turn, 'A'),
    run: event.run,
    rule: rule.id,
    device: device.id,
    deviceType: device.type,
    kind: event.kind,
    area: device.area,
    building: device.building,
    floor: device.floor,
    room: device.room,
    lon: device.lon,
    lat: device.lat,
    severity,
    title: rule.title,
    reasons,
    state: stateOf(result.facts),
    ...result.facts,
    value: event.value,
    unit: event.unit,
    raisedAt: turn.now,
    lastEventAt: turn.now,
    lastRaises: [turn.now],
    chattering: false,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    closedAt: null,
    incident: joined?.id ?? newId(turn, 'I'),
    version: 1,
  };
  recordAct(turn, {
    act: 'raise-alarm',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason: reasons.map((reason) => reason.zh).join('；'),
    detail: { device: device.id, rule: rule.id, severity },
  });
  keepAlarm(turn, alarm, null, { why: 'raise' });
  if (joined === null) {
    openIncident(turn, alarm, rule);
  } else {
    joinIncident(turn, joined, alarm, rule);
    sendBack(turn, joined);
  }
  if (rule.momentary) endMoment(turn, alarm);
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

/** Of a large incident the newest alarms are evidence enough; deciding stays cheap. */
const evidenceLimit = 32;

function evidenceIn(turn: Turn, incident: IncidentRecord, device: RegisteredDevice): Evidence[] {
  return incident.alarms
    .slice(-evidenceLimit)
    .map((id) => turn.state.alarms.get(id))
    .filter((alarm) => alarm !== undefined)
    .map((alarm) => evidenceOf(turn, alarm, device))
    .sort((a, b) => a.raisedAt - b.raisedAt);
}

type Located = Pick<
  AlarmRecord,
  'device' | 'deviceType' | 'floor' | 'lon' | 'lat' | 'raisedAt' | 'condition'
>;

function evidenceOf(turn: Turn, alarm: Located, from: RegisteredDevice): Evidence {
  const both = alarm.lon !== null && alarm.lat !== null && from.lon !== null && from.lat !== null;
  return {
    device: alarm.device,
    deviceType: alarm.deviceType,
    floor: alarm.floor,
    raisedAt: alarm.raisedAt,
    condition: alarm.condition,
    distanceM: both
      ? metresBetween({ lon: alarm.lon!, lat: alarm.lat! }, { lon: from.lon!, lat: from.lat! })
      : null,
    label: turn.registry.cameraCodes.get(alarm.device) ?? alarm.device,
  };
}
