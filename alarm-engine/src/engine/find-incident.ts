import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { nearestIncident } from '../alarms/group-incidents.ts';
import type { RegisteredDevice } from '../registry/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { cellKeysWithin } from '../rules/signal-cells.ts';
import { buildingKey, cellKey, gridKey } from './engine-state.ts';
import { alarmsOf } from './keep-alarm.ts';
import type { Turn } from './turn.ts';

/** The open incident that the person who takes the report put it to; null: none, or it is closed, or of another run. */
export function chosenIncident({ state, joins }: Turn, run: string | null): IncidentRecord | null {
  const incident = joins === null ? undefined : state.incidents.get(joins);
  return incident?.run === run ? incident : null;
}

/** The open incident that an alarm of this device and rule belongs to, by the rule's grouping; null: none. */
export function findIncident(
  turn: Turn,
  run: string | null,
  rule: Rule,
  device: RegisteredDevice,
): IncidentRecord | null {
  switch (rule.grouping.by) {
    case 'device':
      return ofDevice(turn, run, rule, device);
    case 'grid':
      return byKey(turn, gridKey(run, rule.hazard, device.area)) ?? near(turn, run, rule, device);
    case 'building': {
      const own = device.building === null ? null : buildingKey(run, rule.hazard, device.building);
      return (own === null ? null : byKey(turn, own)) ?? near(turn, run, rule, device);
    }
  }
}

function byKey({ state }: Turn, key: string): IncidentRecord | null {
  const id = state.incidentsByPlace.get(key)?.[0];
  return id === undefined ? null : (state.incidents.get(id) ?? null);
}

function ofDevice(
  turn: Turn,
  run: string | null,
  rule: Rule,
  device: RegisteredDevice,
): IncidentRecord | null {
  const incidents = alarmsOf(turn, run, device.id).map(({ incident }) =>
    incident === null ? undefined : turn.state.incidents.get(incident),
  );
  return incidents.find((incident) => incident?.hazard === rule.hazard) ?? null;
}

/** Looked up through a grid of cells, so the cost does not grow with the number of open incidents. */
function near(
  { state, now }: Turn,
  run: string | null,
  { hazard, grouping }: Rule,
  device: RegisteredDevice,
): IncidentRecord | null {
  const { lon, lat } = device;
  if (lon === null || lat === null) return null;
  const candidates: IncidentRecord[] = [];
  for (const cell of cellKeysWithin({ lon, lat, metres: grouping.nearM }))
    for (const id of state.incidentsByCell.get(cellKey(run, cell)) ?? []) {
      const incident = state.incidents.get(id);
      if (incident !== undefined && mayShare(device, incident)) candidates.push(incident);
    }
  const id = nearestIncident({ lon, lat }, candidates, { hazard, now, ...grouping });
  return id === null ? null : (state.incidents.get(id) ?? null);
}

/** Two buildings side by side are two happenings; a camera or a detector out of doors joins what is near. */
function mayShare(device: RegisteredDevice, incident: IncidentRecord): boolean {
  return device.building === null || device.type === 'camera' || incident.building === null;
}
