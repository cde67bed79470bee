import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type UnitLevel, unitLevels } from '@fenghuo/contracts/words.ts';
import type { DeadlineLight } from '@fenghuo/contracts/workflow.ts';
import { countdown } from './deadline.ts';
import type { World } from './world.ts';

/** One level of the command chain and the open tickets that are held there, the most pressing first. */
export interface Lane {
  level: UnitLevel;
  /** Units of the level, staffed or not. */
  units: number;
  /** Units of the level with somebody in charge on duty; null where the snapshot does not list them all. */
  onDuty: number | null;
  tickets: readonly TicketRecord[];
}

/** Levels whose units a snapshot lists one by one. */
const listedLevels: ReadonlySet<UnitLevel> = new Set(['county', 'township', 'station', 'team']);

export function chainLanes(world: World): Lane[] {
  const tickets = [...world.tickets.values()].sort(byPressure);
  const units = [...world.units.values()];
  return unitLevels.map((level) => {
    const ofLevel = units.filter((unit) => unit.level === level);
    return {
      level,
      units: world.county.unitCounts[level],
      onDuty: listedLevels.has(level) ? ofLevel.filter((unit) => unit.onDuty !== null).length : null,
      tickets: tickets.filter((ticket) => ticket.holderLevel === level),
    };
  });
}

/** How many open tickets show each light. A ticket that owes nothing shows none. */
export function lightCounts(tickets: Iterable<TicketRecord>, now: number): Record<DeadlineLight, number> {
  const counts: Record<DeadlineLight, number> = { blue: 0, yellow: 0, red: 0 };
  for (const { due } of tickets) if (due !== null) counts[countdown(due, now).light]++;
  return counts;
}

/** What is due first stands first, so that the overdue lead; live before drills. */
function byPressure(a: TicketRecord, b: TicketRecord): number {
  return (
    Number(a.run !== null) - Number(b.run !== null) ||
    (a.due?.at ?? Number.POSITIVE_INFINITY) - (b.due?.at ?? Number.POSITIVE_INFINITY) ||
    a.openedAt - b.openedAt
  );
}

/**
 * The tickets of each lane that are shown when only `rows` fit in all: the most pressing of the whole chain,
 * whichever lane they stand in. What is not shown is said as a number, never cut.
 */
export function shownTickets(lanes: readonly Lane[], rows: number): ReadonlySet<string> {
  const all = lanes.flatMap((lane) => lane.tickets).sort(byPressure);
  return new Set(all.slice(0, rows).map((ticket) => ticket.id));
}
