import type { Proposals } from '@fenghuo/contracts/chain.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { proposeTeams, type Teams, type Work } from '../chain/propose-teams.ts';
import { noWork, unitsAt, withTicket } from '../chain/team-work.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { deviceKey } from './engine-state.ts';
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

function teamsFor(turn: Turn, ticket: TicketRecord): Teams {
  const roster = rosterOf(turn);
  return {
    all: turn.registry.unitsOf('team'),
    onDuty: (unit) => roster.count(unit),
    work: (unit) => workBeside(turn, ticket, unit),
  };
}

/**
 * What its other tickets give a unit to do: a drill sees those of its own, live those that are live. Asked by unit, since
 * a list of all open tickets for each that opens costs their square: with 11,000 open, 79 % of the writer's time.
 */
function workBeside({ state }: Turn, { id, run }: TicketRecord, unit: string): Work {
  let work = noWork;
  for (const other of state.ticketsOfUnit.get(deviceKey(run, unit)) ?? [])
    if (other !== id) work = withTicket(work, state.tickets.get(other)!);
  return work;
}
