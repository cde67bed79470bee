import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, isReport, type Severity, type Words } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { type AlarmFacts, isAside, quietFacts, stateOf, through, transition } from '../alarms/lifecycle.ts';
import { withRaise } from '../alarms/nuisance.ts';
import { type Assessment, assess } from '../rules/assess.ts';
import type { EventView } from '../rules/event-view.ts';
import type { Rule } from '../rules/rule.ts';
import { type Aside, asideOf, awaitPlannedEnd } from './aside.ts';
import { chosenIncident, findIncident } from './find-incident.ts';
import { type Cause, changeFacts, keepAlarm } from './keep-alarm.ts';
import { joinIncident, openIncident, type PlacedAlarm, type Threat } from './keep-incident.ts';
import { sendBack } from './move-ticket.ts';
import { mayLieOnShelf, raiseSeverity } from './realarm.ts';
import { setInMotion } from './set-in-motion.ts';
import { viewOfAlarm } from './surroundings.ts';
import { newId, recordAct, saveIncident, type Turn } from './turn.ts';

/** A rule whose condition holds, and the event that says so. */
export interface Raise {
  view: EventView;
  rule: Rule;
}

/** A new alarm, as grave as its surroundings bear it out. It joins an incident or opens one, unless a hold keeps it back. */
export function raiseAlarm(turn: Turn, raise: Raise): void {
  const { view, rule } = raise;
  const found = assess(rule, view);
  const aside = asideFacts(turn, raise, found.severity);
  const joined =
    aside === null
      ? (chosenIncident(turn, view.event.run) ?? findIncident(turn, view.event.run, rule, view.device))
      : null;
  const incident = aside === null ? (joined?.id ?? newId(turn, 'I')) : null;
  const alarm = newAlarm(turn, raise, { aside, incident, found });
  recordAct(turn, {
    act: 'raise-alarm',
    subject: alarm.id,
    area: alarm.area,
    run: alarm.run,
    reason: alarm.reasons.map((reason) => reason.zh).join('；'),
    detail: {
      ...{ device: alarm.device, rule: rule.id, severity: alarm.severity, state: alarm.state },
      rulebook: turn.rulebook.version,
    },
    personal: isReport(view.event.kind) ? view.event.attrs : null,
  });
  turn.state.troubled.add(view.device.no);
  keepAlarm(turn, alarm, null, { why: 'raise' });
  awaitPlannedEnd(turn, alarm.id, aside?.plannedUntil ?? null);
  if (incident !== null) tell(turn, { ...alarm, incident }, joined, rule);
  if (rule.momentary) endMoment(turn, alarm);
}

/** What keeps a new alarm back from people; null: nothing does. */
function asideFacts(turn: Turn, { view, rule }: Raise, severity: Severity): Aside | null {
  const { event, device } = view;
  const { id, type, building, area } = device;
  const alarm = {
    run: event.run,
    rule: rule.id,
    device: id,
    deviceType: type,
    kind: event.kind,
    building,
    area,
    severity,
  };
  const aside = asideOf(turn, alarm);
  return aside.suppressed || aside.outOfService ? aside : null;
}

function newAlarm(
  turn: Turn,
  { view, rule }: Raise,
  { aside, incident, found }: { aside: Aside | null; incident: string | null; found: Assessment },
): AlarmRecord {
  const { event, device } = view;
  const { id, type, area, building, floor, room, lon, lat } = device;
  const { severity, confirmed, reasons } = found;
  const { test, suppressed, outOfService } = aside ?? { suppressed: false, outOfService: false, test: false };
  const facts = {
    ...quietFacts,
    condition: true,
    latched: rule.latch,
    acknowledged: false,
    suppressed,
    outOfService,
  };
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
    shelf: null,
    test,
    value: event.value,
    unit: event.unit,
    raisedAt: turn.now,
    lastEventAt: turn.now,
    lastRaises: [turn.now],
    chattering: false,
    returnedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedComment: null,
    closedAt: null,
    incident,
    version: 1,
  };
}

/**
 * A detector that says it again: nothing while its alarm stands and is no graver; attention when it had returned, and a
 * ticket that was past the scene goes back there: it burns again. What is put aside tells nobody.
 */
export function raiseAgain(turn: Turn, open: AlarmRecord, { view, rule }: Raise): void {
  const news = newsOf(open, { view, rule });
  const { kind } = view.event;
  const said = { ...open, kind, ...withRaise(open, turn.now), lastEventAt: turn.now };
  const raised = news === null ? open : changeFacts(turn, said, news, { why: 'raise' });
  const found = assess(rule, view);
  if (isHeld(raised)) keepReading(turn, raised, view, found);
  else reassess(turn, raised, found);
  if (news === null) return;
  hearAgain(turn, turn.state.alarms.get(raised.id) ?? raised);
  if (rule.momentary) endMoment(turn, turn.state.alarms.get(raised.id) ?? raised);
}

/**
 * What it makes of the alarm; null: nothing new. Each report of a person is news, since nobody says of the last that it
 * is over, and so is another kind, at which a revised rule looks now.
 */
function newsOf(open: AlarmRecord, { view, rule }: Raise): AlarmFacts | null {
  const result = transition(open, { type: 'raise', latch: rule.latch });
  const { kind } = view.event;
  if (isReport(kind) || kind !== open.kind)
    return through(result.ok ? result.facts : open, ['unshelve', 'realarm']);
  return result.ok ? result.facts : null;
}

/** One that came to the shelf untold, and is too grave for it, steps forward. */
function reassess(turn: Turn, alarm: AlarmRecord, found: Assessment): void {
  const isUntold = alarm.incident === null && alarm.shelved;
  if (isUntold && !mayLieOnShelf(turn, alarm, found.severity))
    stepForward(turn, alarm, through(alarm, ['unshelve', 'realarm']), { why: 'unshelve' });
  else raiseSeverity(turn, alarm, found);
}

/** What is kept back and would be graver keeps the reading by which it is, for when it shows. */
function keepReading(turn: Turn, alarm: AlarmRecord, { event }: EventView, found: Assessment): void {
  const { value, unit } = event;
  if (compareSeverity(found.severity, alarm.severity) >= 0 || value === alarm.value) return;
  keepAlarm(turn, { ...alarm, value, unit, version: alarm.version + 1 }, alarm.state, { why: 'raise' });
}

/** Its incident is heard of again: what its severity sets in motion begins anew. */
function hearAgain(turn: Turn, alarm: AlarmRecord): void {
  const incident = incidentOf(turn, alarm);
  if (incident === undefined || isAside(alarm)) return;
  const heard = { ...incident, lastAlarmAt: turn.now, version: incident.version + 1 };
  saveIncident(turn, heard);
  setInMotion(turn, heard);
  sendBack(turn, turn.state.incidents.get(heard.id) ?? heard);
}

function incidentOf({ state }: Turn, { incident }: AlarmRecord): IncidentRecord | undefined {
  return incident === null ? undefined : state.incidents.get(incident);
}

/** What is seen in a moment is over as soon as it is told; it waits for acknowledgement all the same. */
function endMoment(turn: Turn, alarm: AlarmRecord): void {
  const result = transition(alarm, { type: 'return' });
  if (result.ok) changeFacts(turn, alarm, result.facts, { why: 'return' });
}

/** An alarm of which nobody was told steps forward, as grave as what it finds makes it. */
export function stepForward(turn: Turn, alarm: AlarmRecord, facts: AlarmFacts, cause: Cause): AlarmRecord {
  const rule = turn.rulebook.ruleOf(alarm.rule);
  const view = viewOfAlarm(turn, alarm);
  const joined = rule === undefined ? null : findIncident(turn, alarm.run, rule, view.device);
  const found = rule === undefined ? alarm : assess(rule, view);
  const { severity, reasons, confirmed } = found;
  const incident = joined?.id ?? newId(turn, 'I');
  const shown = changeFacts(turn, { ...alarm, severity, reasons, confirmed, incident }, facts, cause);
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
    sendBack(turn, turn.state.incidents.get(joined.id) ?? joined);
  }
}

/** Of a large incident the newest alarms are looked at; deciding stays cheap. */
const mostBorneOut = 32;

/** An alarm made its incident graver than `before`: those whose condition it bears out become graver, and ask again. */
function raiseBorneOut(turn: Turn, before: IncidentRecord): void {
  const incident = turn.state.incidents.get(before.id);
  if (incident === undefined || incident.severity === before.severity) return;
  for (const id of incident.alarms.slice(-mostBorneOut)) {
    const alarm = turn.state.alarms.get(id);
    const rule = alarm === undefined ? undefined : turn.rulebook.ruleOf(alarm.rule);
    if (alarm?.condition && rule !== undefined && !isHeld(alarm))
      raiseSeverity(turn, alarm, assess(rule, viewOfAlarm(turn, alarm)));
  }
}

/** What lies on the shelf is looked at, too; what a hold keeps back is not. */
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
