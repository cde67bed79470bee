import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { World } from '../station/feed.ts';
import type { CrewCase } from './crew-plan.ts';
import type { SetOff, SetOffLog } from './set-off-log.ts';

/**
 * The cases of the simulated people: live incidents every open alarm of which ambient life set off. What a
 * person published by hand, what a real device reports, and every drill is left to people.
 */
export function crewCases(world: World, log: SetOffLog): CrewCase[] {
  const causes = new Map<string, SetOff>();
  for (const entry of log.entries) if (entry.incident !== null) causes.set(entry.incident, entry);
  const foreign = new Set<string>();
  const alarmsOf = new Map<string, AlarmRecord[]>();
  for (const alarm of world.alarms.values()) {
    const { incident } = alarm;
    if (incident === null) continue;
    const cause = alarm.run === null ? log.find(alarm.device, alarm.raisedAt) : null;
    if (cause === null) foreign.add(incident);
    else log.bind(cause, incident);
    if (cause !== null && !causes.has(incident)) causes.set(incident, cause);
    alarmsOf.set(incident, [...(alarmsOf.get(incident) ?? []), alarm]);
  }
  return [...causes]
    .filter(([incident]) => !foreign.has(incident))
    .map(([id, { found }]) => {
      const incident = world.incidents.get(id) ?? null;
      const ticket = incident?.ticket ? (world.tickets.get(incident.ticket) ?? null) : null;
      const workflow = ticket === null ? null : (world.workflows.get(ticket.workflow) ?? null);
      return { incident, ticket, workflow, alarms: alarmsOf.get(id) ?? [], found };
    });
}

/** A set-off is remembered for a minute at least: its alarm may not have arrived yet. */
const settleMs = 60_000;

/** Forgets the set-offs that left nothing open. */
export function forgetSettled(world: World, log: SetOffLog, now: number): void {
  const open = new Set([...world.alarms.values()].map((alarm) => log.find(alarm.device, alarm.raisedAt)));
  log.forget(
    (entry) =>
      entry.ended &&
      now - entry.at > settleMs &&
      !open.has(entry) &&
      (entry.incident === null || !world.incidents.has(entry.incident)),
  );
}
