import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { incidentCase } from '@fenghuo/contracts/rest.ts';
import { useMemo } from 'react';
import { useAsk } from '../../feed/queries.ts';
import { type OpenIncident, withParts } from '../../state/open-incidents.ts';
import type { World } from '../../state/world.ts';
import { useOpenList } from './followed-list.ts';

/**
 * The chosen incident with all of its open alarms, whole. Where the snapshot left some out, they are read, each time that
 * the incident changes; what the feed tells of one is newer and stands. Null: it is over, or nobody chose one.
 */
export function useWholeIncident(world: World, incident: IncidentRecord | undefined): OpenIncident | null {
  const { list } = useOpenList();
  const open = useMemo(() => (incident === undefined ? null : withParts(world, incident)), [world, incident]);
  const lacks = open?.incident.alarms.some((id) => !world.alarms.has(id)) === true && world.alarmsLeftOut > 0;
  const path = lacks && open !== null ? `/incidents/${encodeURIComponent(open.incident.id)}` : null;
  const read = useAsk(path, incidentCase, { turn: open?.incident.version ?? 0 }).data;
  if (open === null || !lacks || read?.incident.id !== open.incident.id) return open;
  const held = new Map(open.alarms.map((alarm) => [alarm.id, alarm]));
  const others = read.alarms.filter(({ id, closedAt }) => closedAt === null && list.alarm(id) !== undefined);
  const all = new Map([...others.map((alarm) => [alarm.id, alarm] as const), ...held]);
  const alarms = open.incident.alarms.map((id) => all.get(id)).filter((alarm) => alarm !== undefined);
  return { ...open, alarms };
}

/** Choices in a menu, at most: nobody looks through more. */
const mostNear = 200;

/** Open incidents of the same township, into which one may be merged. */
export function useNearIncidents(world: World, incident: IncidentRecord | undefined): OpenIncident[] {
  const { list, turn } = useOpenList();
  const township = incident?.area.slice(0, 9);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one with each turn
  const near = useMemo(() => {
    if (township === undefined) return [];
    return list.order.filter((one) => one.incident.area.startsWith(township)).slice(0, mostNear);
  }, [list, turn, township]);
  return useMemo(() => near.map((one) => withParts(world, one.incident)), [near, world]);
}
