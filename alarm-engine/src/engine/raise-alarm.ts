import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import { quietFacts, stateOf, transition } from '../alarms/lifecycle.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import { decideSeverity, type Evidence } from '../rules/decide-severity.ts';
import type { Rule } from '../rules/rule.ts';
import { alarmsOf, changeFacts } from './keep-alarm.ts';
import { findIncident, joinIncident, openIncident } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { newId, recordAct, saveAlarm, type Turn } from './turn.ts';

export interface Raise {
  event: DeviceEvent;
  device: RegisteredDevice;
  rule: Rule;
}

/** One alarm a device and rule: an open one is raised again, else a new one joins or opens an incident. */
export function raiseAlarm(turn: Turn, raise: Raise): void {
  const open = alarmsOf(turn, raise.event.run, raise.device.id).find((alarm) => alarm.rule === raise.rule.id);
  if (open === undefined) {
    newAlarm(turn, raise);
    return;
  }
  const result = transition(open, { type: 'raise', latch: raise.rule.latch });
  if (result.ok) changeFacts(turn, { ...open, lastEventAt: turn.now }, result.facts, 'raise');
}

function newAlarm(turn: Turn, { event, device, rule }: Raise): void {
  const result = transition(quietFacts, { type: 'raise', latch: rule.latch });
  if (!result.ok) return;
  const joined = findIncident(turn, event.run, rule.hazard, device);
  const own = evidenceOf(
    turn,
    { ...device, device: device.id, deviceType: device.type, raisedAt: turn.now },
    device,
  );
  const others = joined === null ? [] : evidenceIn(turn, joined, device);
  const { severity, reasons } = decideSeverity(rule, own, others, turn.now);
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
  saveAlarm(turn, alarm);
  if (joined === null) {
    openIncident(turn, alarm, rule);
    return;
  }
  joinIncident(turn, joined, alarm, rule);
  sendBack(turn, joined);
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

type Located = Pick<AlarmRecord, 'device' | 'deviceType' | 'floor' | 'lon' | 'lat' | 'raisedAt'>;

function evidenceOf(turn: Turn, alarm: Located, from: RegisteredDevice): Evidence {
  const both = alarm.lon !== null && alarm.lat !== null && from.lon !== null && from.lat !== null;
  return {
    device: alarm.device,
    deviceType: alarm.deviceType,
    floor: alarm.floor,
    raisedAt: alarm.raisedAt,
    distanceM: both
      ? metresBetween({ lon: alarm.lon!, lat: alarm.lat! }, { lon: from.lon!, lat: from.lat! })
      : null,
    label: turn.registry.cameraCodes.get(alarm.device) ?? alarm.device,
  };
}
