import type { Proposals } from '@fenghuo/contracts/chain.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { proposeTeams, type Teams } from '../chain/propose-teams.ts';
import { unitsAt, workOfUnits } from '../chain/team-work.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { rosterOf } from './tell-unit.ts';
import type { Turn } from './turn.ts';

/** Which teams may be sent to a ticket now, and why the others stay. */
export function proposalsFor(turn: Turn, ticket: TicketRecord): Proposals {
  const incident = turn.state.incidents.get(ticket.incident);
  const { lon = null, lat = null, hazard = '' } = incident ?? {};
  const place = lon === null || lat === null ? null : { lon, lat };
  return proposeTeams(teamsFor(turn, ticket), {
    ...{ area: ticket.area, place, hazard },
    atIt: unitsAt(ticket),
  });
}

/** The first that is proposed; null: nobody is near, able and free. */
export function firstTeam(turn: Turn, ticket: TicketRecord): RegisteredUnit | null {
  const [first] = proposalsFor(turn, ticket).ranked;
  return (first && turn.registry.units.get(first.unit)) ?? null;
}

/** A drill sees the work of its own tickets, live that of live ones. */
function teamsFor(turn: Turn, { id, run }: TicketRecord): Teams {
  const roster = rosterOf(turn);
  const others = [...turn.state.tickets.values()].filter((other) => other.run === run && other.id !== id);
  const work = workOfUnits(others);
  return {
    all: turn.registry.unitsOf('team'),
    onDuty: (unit) => roster.count(unit),
    work: (unit) => work.get(unit) ?? { open: 0, isOut: false },
  };
}
