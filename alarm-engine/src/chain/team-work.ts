import type { TicketParty, TicketRecord } from '@fenghuo/contracts/records.ts';
import { ticketStages } from '@fenghuo/contracts/words.ts';
import type { Work } from './propose-teams.ts';

type Held = Pick<TicketRecord, 'holder' | 'parties' | 'severity' | 'stage'>;

/** A called unit that has not said that it is done, and was not let go. */
export const isAtIt = ({ state }: TicketParty) => state !== 'done' && state !== 'released';

/** Units that a ticket keeps busy: its holder, and those called beside it. */
export function unitsAt({ holder, parties }: Pick<Held, 'holder' | 'parties'>): Set<string> {
  return new Set([holder, ...parties.filter(isAtIt).map(({ unit }) => unit)]);
}

/** From the order to a fire under control a team is out. */
const [from, to] = [ticketStages.indexOf('dispatched'), ticketStages.indexOf('on-scene')];

/** Of a unit that no ticket keeps busy. */
export const noWork: Work = { open: 0, isOut: false };

/** What a unit has to do with one more ticket. */
export function withTicket({ open, isOut }: Work, { stage, severity }: Held): Work {
  const at = ticketStages.indexOf(stage);
  return { open: open + 1, isOut: isOut || (severity === 'high' && at >= from && at <= to) };
}

/** What open tickets give each unit to do. Pure. */
export function workOfUnits(tickets: Iterable<Held>): Map<string, Work> {
  const work = new Map<string, Work>();
  for (const ticket of tickets)
    for (const unit of unitsAt(ticket)) work.set(unit, withTicket(work.get(unit) ?? noWork, ticket));
  return work;
}
