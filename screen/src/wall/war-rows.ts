import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { World } from '../state/world.ts';

/** A case in the flat chain: the teams that are ordered to it. */
export interface WarRow {
  ticket: TicketRecord;
  teams: readonly Words[];
}

/**
 * The chain without its levels: cases that no team is ordered to, which wait for the commander, and those that have
 * one. In both what is due first stands first, so that the late lead; drills come last.
 */
export function warRows(world: Pick<World, 'tickets'>): { without: WarRow[]; ordered: WarRow[] } {
  const rows = [...world.tickets.values()].sort(byDue).map((ticket) => ({ ticket, teams: teamsOf(ticket) }));
  return {
    without: rows.filter(({ teams }) => teams.length === 0),
    ordered: rows.filter(({ teams }) => teams.length > 0),
  };
}

function teamsOf({ holderLevel, holderName, parties }: TicketRecord): Words[] {
  const called = parties.filter(
    ({ level, state, role }) => role !== 'department' && level === 'team' && isAtIt(state),
  );
  return [...(holderLevel === 'team' ? [holderName] : []), ...called.map(({ name }) => name)];
}

const isAtIt = (state: TicketRecord['parties'][number]['state']) => state !== 'done' && state !== 'released';

function byDue(a: TicketRecord, b: TicketRecord): number {
  return (
    Number(a.run !== null) - Number(b.run !== null) ||
    (a.due?.at ?? Number.POSITIVE_INFINITY) - (b.due?.at ?? Number.POSITIVE_INFINITY) ||
    a.openedAt - b.openedAt
  );
}
