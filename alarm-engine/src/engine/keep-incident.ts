import type { AlarmRecord, IncidentRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type Severity, type Words } from '@fenghuo/contracts/words.ts';
import { type Candidate, cellsAround, nearestIncident } from '../alarms/group-incidents.ts';
import { areaWords, type RegisteredDevice, type Registry } from '../registry/registry.ts';
import { caseCode } from '../tickets/case-code.ts';
import { buildingKey, cellKey } from './engine-state.ts';
import { openTicket, raiseTicket } from './open-ticket.ts';
import { recordAct, saveIncident, type Turn } from './turn.ts';

/** From this many on, alarms that are over are dropped from the record; the alarm table keeps them all. */
const manyAlarms = 256;

/** Of a device, as far as grouping asks. */
type Whereabouts = Pick<RegisteredDevice, 'type' | 'building' | 'lon' | 'lat'>;

/** The open incident that an alarm of this device belongs to: its building's, else the nearest, else none. */
export function findIncident(
  turn: Turn,
  run: string | null,
  hazard: string,
  device: Whereabouts,
): IncidentRecord | null {
  const { state } = turn;
  if (device.building !== null) {
    const id = state.incidentsByBuilding.get(buildingKey(run, hazard, device.building))?.[0];
    if (id !== undefined) return state.incidents.get(id) ?? null;
  }
  if (device.lon === null || device.lat === null) return null;
  const place = { lon: device.lon, lat: device.lat };
  const candidates: Candidate[] = [];
  for (const cell of cellsAround(place)) {
    for (const id of state.incidentsByCell.get(cellKey(run, cell)) ?? []) {
      const incident = state.incidents.get(id);
      if (incident === undefined || !mayShare(device, incident)) continue;
      candidates.push(incident);
    }
  }
  const id = nearestIncident(place, hazard, candidates, turn.now);
  return id === null ? null : (state.incidents.get(id) ?? null);
}

/** Two buildings side by side are two happenings; a camera or a detector out of doors joins what is near. */
function mayShare(device: Whereabouts, incident: IncidentRecord): boolean {
  return device.building === null || device.type === 'camera' || incident.building === null;
}

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
  saveIncident(turn, grown);
  if (severity !== incident.severity) recordSeverity(turn, incident, grown);
  setInMotion(turn, grown);
}

/** An alarm became graver: its incident becomes as grave, and its ticket. */
export function raiseIncident(turn: Turn, incident: IncidentRecord, alarm: AlarmRecord): void {
  if (compareSeverity(alarm.severity, incident.severity) >= 0) return;
  const raised: IncidentRecord = {
    ...incident,
    severity: alarm.severity,
    title: alarm.title,
    reasons: alarm.reasons.slice(-1),
    version: incident.version + 1,
  };
  saveIncident(turn, raised);
  recordSeverity(turn, incident, raised);
  setInMotion(turn, raised);
}

/** Puts on the record that an incident became graver, or milder. */
export function recordSeverity(turn: Turn, before: IncidentRecord, after: IncidentRecord): void {
  recordAct(turn, {
    act: compareSeverity(after.severity, before.severity) < 0 ? 'raise-incident' : 'ease-incident',
    subject: after.id,
    area: after.area,
    run: after.run,
    reason: after.reasons.map((reason) => reason.zh).join('；'),
    detail: { before: before.severity, after: after.severity },
  });
}

/** A long incident lets go of the alarms that are over, so that its record stays a record and not a history. */
function openOrNew(turn: Turn, alarms: readonly string[]): readonly string[] {
  return alarms.length < manyAlarms ? alarms : alarms.filter((id) => turn.state.alarms.get(id) !== undefined);
}

/** Its ticket follows an incident; one that has none gets it when its severity says so. */
export function setInMotion(turn: Turn, incident: IncidentRecord): void {
  if (incident.ticket !== null) raiseTicket(turn, incident);
  else if (turn.rulebook.responses[incident.severity].opensTicket)
    saveIncident(turn, { ...incident, ticket: openTicket(turn, incident).id });
}

/** An incident without a ticket is over when every alarm of it is normal. One with a ticket ends with it. */
export function closeWhenOver(turn: Turn, id: string): void {
  const incident = turn.state.incidents.get(id);
  if (incident === undefined || incident.ticket !== null) return;
  if (incident.alarms.some((alarm) => turn.state.alarms.get(alarm) !== undefined)) return;
  closeIncident(turn, incident, 'all-normal');
}

export function closeIncident(turn: Turn, incident: IncidentRecord, why: string): void {
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
