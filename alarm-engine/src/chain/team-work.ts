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

/** What open tickets give each unit to do. Pure. */
export function workOfUnits(tickets: Iterable<Held>): Map<string, Work> {
  const work = new Map<string, Work>();
  for (const ticket of tickets) {
    const stage = ticketStages.indexOf(ticket.stage);
    const isOut = ticket.severity === 'high' && stage >= from && stage <= to;
    for (const unit of unitsAt(ticket)) {
      const before = work.get(unit) ?? { open: 0, isOut: false };
      work.set(unit, { open: before.open + 1, isOut: before.isOut || isOut });
    }
  }
  return work;
}
