import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import type { World } from './world.ts';

/** An open incident with what belongs to it. */
export interface OpenIncident {
  incident: IncidentRecord;
  ticket: TicketRecord | null;
  /** Its open alarms, in the order in which they went off. */
  alarms: readonly AlarmRecord[];
  /** Somebody still has to acknowledge one of its alarms. */
  unacknowledged: boolean;
}

/** Open incidents, the gravest first: what is live before any drill, then by severity, then the newest. */
export function openIncidents(world: World): OpenIncident[] {
  return [...world.incidents.values()].map((incident) => withParts(world, incident)).sort(byGravity);
}

function withParts(world: World, incident: IncidentRecord): OpenIncident {
  const alarms = incident.alarms.map((id) => world.alarms.get(id)).filter((alarm) => alarm !== undefined);
  const ticket = incident.ticket === null ? null : (world.tickets.get(incident.ticket) ?? null);
  return { incident, ticket, alarms, unacknowledged: alarms.some((alarm) => !alarm.acknowledged) };
}

function byGravity({ incident: a }: OpenIncident, { incident: b }: OpenIncident): number {
  return (
    Number(a.run !== null) - Number(b.run !== null) ||
    compareSeverity(a.severity, b.severity) ||
    b.openedAt - a.openedAt ||
    (a.id < b.id ? -1 : 1)
  );
}
