import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import { heldFacts } from '../alarms/holds.ts';
import { type AlarmFacts, isAside, quietFacts, stateOf, transition } from '../alarms/lifecycle.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import { decideSeverity, type Evidence } from '../rules/decide-severity.ts';
import type { Rule } from '../rules/rule.ts';
import { alarmsOf, type Cause, changeFacts, keepAlarm } from './keep-alarm.ts';
import { findIncident, joinIncident, openIncident, type PlacedAlarm, type Threat } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { raiseSeverity } from './realarm.ts';
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
 * that was past the scene goes back there: it burns again. What is put aside tells nobody.
 */
function raiseAgain(turn: Turn, open: AlarmRecord, rule: Rule): void {
  const result = transition(open, { type: 'raise', latch: rule.latch });
  if (!result.ok) return;
  const raised = changeFacts(turn, { ...open, lastEventAt: turn.now }, result.facts, { why: 'raise' });
  if (rule.momentary) endMoment(turn, raised);
  const incident = open.incident === null ? undefined : turn.state.incidents.get(open.incident);
  if (incident === undefined || isAside(open)) return;
  saveIncident(turn, { ...incident, lastAlarmAt: turn.now, version: incident.version + 1 });
  reassess(turn, raised, rule, incident);
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
  const of = { run: event.run, device: device.id, deviceType: device.type, kind: event.kind };
  const facts = { ...result.facts, ...heldFacts({ ...device, ...of }, turn.state.isHeld) };
  const held = isAside(facts);
  const own = { ...device, ...of, raisedAt: turn.now, condition: true };
  const { joined, ...decided } = assess(turn, rule, own, held ? null : findPlace(turn, rule, own));
  const { severity } = decided;
  const incident = held ? null : (joined?.id ?? newId(turn, 'I'));
  const reasons = event.late ? [...decided.reasons, lateness(event, turn.now)] : decided.reasons;
  const alarm: AlarmRecord = {
    id: newId(turn, 'A'),
    ...of,
    rule: rule.id,
    area: device.area,
    building: device.building,
    floor: device.floor,
    room: device.room,
    lon: device.lon,
    lat: device.lat,
    severity,
    title: rule.title,
    reasons,
    state: stateOf(facts),
    ...facts,
    shelf: null,
    test: facts.suppressed,
    value: event.value,
    unit: event.unit,
    raisedAt: turn.now,
    lastEventAt: turn.now,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedComment: null,
    closedAt: null,
    incident,
    version: 1,
  };
  recordAct(turn, {
    act: 'raise-alarm',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason: reasons.map((reason) => reason.zh).join('；'),
    detail: { device: device.id, rule: rule.id, severity, state: alarm.state },
  });
  keepAlarm(turn, alarm, null, { why: 'raise' });
  if (incident !== null) tell(turn, { ...alarm, incident }, joined, rule);
  if (rule.momentary) endMoment(turn, alarm);
}

/** An alarm of which nobody was told steps forward, as grave as what it finds makes it. */
export function stepForward(turn: Turn, alarm: AlarmRecord, facts: AlarmFacts, cause: Cause): AlarmRecord {
  const rule = turn.rulebook.ruleOf(alarm.rule);
  const joined = findPlace(turn, rule ?? ofNoRule(alarm), alarm);
  const { severity, reasons } = rule === undefined ? alarm : assess(turn, rule, alarm, joined);
  const incident = joined?.id ?? newId(turn, 'I');
  const shown = changeFacts(turn, { ...alarm, severity, reasons, incident }, facts, cause);
  tell(turn, { ...shown, incident }, joined, rule ?? ofNoRule(alarm));
  return shown;
}

/** The book in force no longer knows its rule: what is threatened is taken to be the worst. */
const ofNoRule = ({ title }: AlarmRecord): Threat => ({ hazard: 'fire', title });

function tell(turn: Turn, alarm: PlacedAlarm, joined: IncidentRecord | null, rule: Threat): void {
  if (joined === null) {
    openIncident(turn, alarm, rule);
  } else {
    joinIncident(turn, joined, alarm, rule);
    raiseBorneOut(turn, joined);
    sendBack(turn, joined);
  }
}

/** An alarm made its incident graver than `before`: those whose condition it bears out become graver, and ask again. */
function raiseBorneOut(turn: Turn, before: IncidentRecord): void {
  const incident = turn.state.incidents.get(before.id);
  if (incident === undefined || incident.severity === before.severity) return;
  for (const id of incident.alarms.slice(-evidenceLimit)) {
    const alarm = turn.state.alarms.get(id);
    const rule = alarm === undefined ? undefined : turn.rulebook.ruleOf(alarm.rule);
    if (alarm?.condition && rule !== undefined) reassess(turn, alarm, rule, incident);
  }
}

/** What lies on the shelf is looked at, too; what a hold keeps back is not. */
function reassess(turn: Turn, alarm: AlarmRecord, rule: Rule, incident: IncidentRecord): void {
  if (isHeld(alarm)) return;
  const { severity, reasons } = assess(turn, rule, alarm, incident);
  raiseSeverity(turn, alarm, severity, reasons.slice(-1));
}

const isHeld = ({ suppressed, outOfService }: AlarmRecord) => suppressed || outOfService;

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

/** Where an alarm belongs: an incident that is open, or null. */
function findPlace(turn: Turn, { hazard }: Threat, own: Own): IncidentRecord | null {
  return findIncident(turn, own.run, hazard, { ...own, type: own.deviceType });
}

/** How grave an alarm is beside those of an incident. */
function assess(turn: Turn, rule: Rule, own: Own, joined: IncidentRecord | null) {
  const others = joined === null ? [] : evidenceIn(turn, joined, own);
  return { joined, ...decideSeverity(rule, evidenceOf(turn, own, own), others, turn.now) };
}

/** What a hold keeps back bears nothing out; what lies on the shelf does. */
function evidenceIn(turn: Turn, incident: IncidentRecord, from: Located): Evidence[] {
  return incident.alarms
    .slice(-evidenceLimit)
    .map((id) => turn.state.alarms.get(id))
    .filter((alarm) => alarm !== undefined)
    .filter((alarm) => !isHeld(alarm))
    .map((alarm) => evidenceOf(turn, alarm, from))
    .sort((a, b) => a.raisedAt - b.raisedAt);
}

type Located = Pick<
  AlarmRecord,
  'device' | 'deviceType' | 'floor' | 'lon' | 'lat' | 'raisedAt' | 'condition'
>;

type Own = Located & Pick<AlarmRecord, 'run' | 'building'>;

function evidenceOf(turn: Turn, alarm: Located, from: Located): Evidence {
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
