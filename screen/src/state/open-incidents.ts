import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import { isAside } from './put-aside.ts';
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

/**
 * Open incidents, the gravest first: what is live before any drill, then by severity, then the newest. One without a
 * ticket, all of whose alarms are put aside, is put aside with them.
 */
export function openIncidents(world: World): OpenIncident[] {
  return [...world.incidents.values()]
    .map((incident) => withParts(world, incident))
    .filter(({ ticket, alarms }) => ticket !== null || alarms.length === 0 || !alarms.every(isAside))
    .sort(byGravity);
}

/** An incident of the world with what belongs to it. */
export function withParts(world: Pick<World, 'alarms' | 'tickets'>, incident: IncidentRecord): OpenIncident {
  const alarms = incident.alarms.map((id) => world.alarms.get(id)).filter((alarm) => alarm !== undefined);
  const ticket = incident.ticket === null ? null : (world.tickets.get(incident.ticket) ?? null);
  return { incident, ticket, alarms, unacknowledged: alarms.some(asksForSomebody) };
}

/** Shown to somebody, who has not acknowledged it. */
export function asksForSomebody(alarm: AlarmRecord): boolean {
  return !alarm.acknowledged && !isAside(alarm);
}

type Graded = Pick<OpenIncident, 'incident'>;

/** What is live before any drill, then by severity, then the newest; never 0 for two. */
export function byGravity({ incident: a }: Graded, { incident: b }: Graded): number {
  return (
    Number(a.run !== null) - Number(b.run !== null) ||
    compareSeverity(a.severity, b.severity) ||
    b.openedAt - a.openedAt ||
    (a.id < b.id ? -1 : 1)
  );
}
