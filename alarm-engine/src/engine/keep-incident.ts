import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, isReport, type Severity, type Words } from '@fenghuo/contracts/words.ts';
import { bothLanguages } from '../audit/both-languages.ts';
import { areaWords, type Registry } from '../registry/registry.ts';
import { caseCode } from '../tickets/case-code.ts';
import { endLateness } from './escalate-ticket.ts';
import { keepCameras } from './keep-evidence.ts';
import { groupWaitOf, setInMotion, waitForPeopleOf } from './set-in-motion.ts';
import { cancelDue, recordAct, saveIncident, type Turn } from './turn.ts';

/** From this many on, alarms that are over are dropped from the record; the alarm table keeps them all. */
const manyAlarms = 256;

/** What an incident takes over of the rule of its first alarm. */
export interface Threat {
  hazard: string;
  title: Words;
}

/** An alarm of which people are told: it belongs to an incident. */
export type PlacedAlarm = AlarmRecord & { incident: string };

/** Opens an incident with its first alarm, and with it what the severity sets in motion. */
export function openIncident(turn: Turn, alarm: PlacedAlarm, rule: Threat): void {
  beginIncident(turn, newIncident(turn, alarm, rule));
}

/** An incident of one alarm, with a case code of its own; not saved yet. */
export function newIncident(turn: Turn, alarm: PlacedAlarm, rule: Threat): IncidentRecord {
  const { registry } = turn;
  const building = alarm.building === null ? undefined : registry.buildings.get(alarm.building);
  return {
    id: alarm.incident,
    run: alarm.run,
    caseCode: nextCaseCode(turn, alarm.run !== null),
    severity: alarm.severity,
    hazard: rule.hazard,
    title: rule.title,
    place: placeOf(registry, alarm),
    area: alarm.area,
    building: alarm.deviceType === 'camera' ? null : alarm.building,
    lon: building?.lon ?? alarm.lon,
    lat: building?.lat ?? alarm.lat,
    reasons: alarm.reasons,
    alarms: [alarm.id],
    floors: alarm.floor === null ? [] : [alarm.floor],
    ticket: null,
    mergedInto: null,
    splitFrom: null,
    openedAt: turn.now,
    lastAlarmAt: turn.now,
    closedAt: null,
    version: 1,
  };
}

/** Saves a new incident, and does what its severity sets in motion. */
export function beginIncident(turn: Turn, incident: IncidentRecord): void {
  recordAct(turn, {
    act: 'open-incident',
    subject: incident.id,
    area: incident.area,
    run: incident.run,
    reason: '',
    detail: { caseCode: incident.caseCode, severity: incident.severity },
  });
  saveIncident(turn, incident);
  keepCameras(turn, incident);
  setInMotion(turn, incident);
}

/** Takes an alarm into an open incident; a graver alarm makes the incident graver, and its ticket. */
export function joinIncident(turn: Turn, incident: IncidentRecord, alarm: AlarmRecord, rule: Threat): void {
  const severity: Severity =
    compareSeverity(alarm.severity, incident.severity) < 0 ? alarm.severity : incident.severity;
  const located = incident.building === null && alarm.building !== null && alarm.deviceType !== 'camera';
  const building = located ? turn.registry.buildings.get(alarm.building!) : undefined;
  const grown: IncidentRecord = {
    ...incident,
    severity,
    title: severity === incident.severity ? incident.title : rule.title,
    ...(located
      ? {
          building: alarm.building,
          place: placeOf(turn.registry, alarm),
          lon: building?.lon ?? alarm.lon,
          lat: building?.lat ?? alarm.lat,
        }
      : {}),
    alarms: [...openOrNew(turn, incident.alarms), alarm.id],
    floors:
      alarm.floor === null
        ? incident.floors
        : [...new Set([...incident.floors, alarm.floor])].sort((a, b) => a - b),
    reasons:
      severity !== incident.severity || alarm.reasons.length > 1 ? alarm.reasons.slice(-1) : incident.reasons,
    lastAlarmAt: turn.now,
    version: incident.version + 1,
  };
  if (located) turn.state.putIncident({ ...incident, closedAt: turn.now });
  if (located) keepCameras(turn, grown);
  keepGrown(turn, incident, grown);
}

/** An alarm of the incident proved graver, or was confirmed. */
export function raiseIncident(turn: Turn, incident: IncidentRecord, alarm: AlarmRecord): void {
  const isGraver = compareSeverity(alarm.severity, incident.severity) < 0;
  keepGrown(turn, incident, {
    ...incident,
    ...(isGraver ? { severity: alarm.severity, title: alarm.title } : {}),
    reasons: alarm.reasons.slice(-1),
    version: incident.version + 1,
  });
}

function keepGrown(turn: Turn, before: IncidentRecord, grown: IncidentRecord): void {
  saveIncident(turn, grown);
  if (grown.severity !== before.severity) recordSeverity(turn, before, grown);
  setInMotion(turn, grown);
}

/** Puts on the record that an incident became graver, or milder. */
export function recordSeverity(turn: Turn, before: IncidentRecord, after: IncidentRecord): void {
  recordAct(turn, {
    act: compareSeverity(after.severity, before.severity) < 0 ? 'raise-incident' : 'ease-incident',
    subject: after.id,
    area: after.area,
    run: after.run,
    reason: bothLanguages(after.reasons),
    detail: { before: before.severity, after: after.severity },
  });
}

/** A long incident lets go of the alarms that are over, so that its record stays a record and not a history. */
function openOrNew(turn: Turn, alarms: readonly string[]): readonly string[] {
  return alarms.length < manyAlarms ? alarms : alarms.filter((id) => turn.state.alarms.get(id) !== undefined);
}

/** An incident without a ticket is over when every alarm of it is normal. One with a ticket ends with it. */
export function closeWhenOver(turn: Turn, id: string): void {
  const incident = turn.state.incidents.get(id);
  if (incident === undefined || incident.ticket !== null) return;
  if (incident.alarms.some((alarm) => turn.state.alarms.get(alarm) !== undefined)) return;
  closeIncident(turn, incident, 'all-normal');
}

export function closeIncident(turn: Turn, incident: IncidentRecord, why: string): void {
  cancelDue(turn, groupWaitOf(incident.id));
  cancelDue(turn, waitForPeopleOf(incident.id));
  if (incident.ticket !== null) endLateness(turn, incident.ticket);
  saveIncident(turn, { ...incident, closedAt: turn.now, version: incident.version + 1 });
  recordAct(turn, {
    act: 'close-incident',
    subject: incident.id,
    area: incident.area,
    run: incident.run,
    reason: why,
    detail: { caseCode: incident.caseCode },
  });
}

function placeOf(registry: Registry, alarm: AlarmRecord): Words {
  const area = areaWords(registry, alarm.area);
  const building = alarm.building === null ? undefined : registry.buildings.get(alarm.building);
  const township = areaWords(registry, alarm.area.slice(0, 9));
  if (building !== undefined)
    return { zh: `${township.zh} ${building.name.zh}`, en: `${building.name.en}, ${township.en}` };
  if (isReport(alarm.kind)) return area;
  const label = registry.cameraCodes.get(alarm.device) ?? alarm.device;
  return { zh: `${area.zh} ${label}`, en: `${label}, ${area.en}` };
}

function nextCaseCode(turn: Turn, drill: boolean): string {
  const key = serialKey(drill, turn.day);
  const serial = (turn.state.serials.get(key) ?? 0) + 1;
  turn.state.serials.set(key, serial);
  return caseCode({ prefix: turn.registry.county.casePrefix, drill, day: turn.day, serial });
}

/** Key under which the day's serials are counted. */
export function serialKey(drill: boolean, day: string): string {
  return `${drill ? 'D' : ''}${day}`;
}
