import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import { standingOf } from '@fenghuo/contracts/movers.ts';
import type { TicketParty, TicketRecord } from '@fenghuo/contracts/records.ts';
import { partyStates, type Words } from '@fenghuo/contracts/words.ts';
import { leads, unitsOrderedTo } from '../access/reach.ts';
import { isAtIt } from '../chain/team-work.ts';
import { trueTime } from '../tickets/true-time.ts';
import { done, mayActFor, noSuchUnit, onRecord, refuse } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { openTicketOf } from './open-ticket-of.ts';
import { tellUnit } from './tell-unit.ts';
import { saveTicket, type Turn } from './turn.ts';

type PartyCommand = Extract<Command, { act: 'add-party' | 'move-party' | 'release-party' }>;
/** A case of more is a case for the county, which opens others. */
const mostParties = 40;

/** Calls a unit to a case beside its holder, says how far it has come, or lets it go. */
export function actOnParty(turn: Turn, actor: Actor, body: PartyCommand): CommandAnswer {
  const found = openTicketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  if (!mayActOnParty(turn, actor, ticket, body)) return refuse(body, 'not-authorised', notYourUnit);
  const before = ticket.parties.find(({ unit }) => unit === body.unit);
  const after =
    body.act === 'add-party'
      ? called(turn, ticket, before, body)
      : moved(before, body.act === 'move-party' ? body.to : 'released');
  if ('en' in after) return refuse(body, 'not-allowed-now', after);
  const told = body.act === 'move-party' ? body.doneAt : undefined;
  const notBefore = before?.doneAt ?? before?.since ?? ticket.openedAt;
  const doneAt = trueTime(told, { notBefore, now: turn.now });
  const party: TicketParty = { ...after, since: turn.now, by: actor.account, ...doneAt };
  const kept = keepParty(turn, ticket, party);
  onRecord(turn, actor, body, ticket, {
    unit: party.unit,
    role: party.role,
    before: before?.state ?? null,
    after: party.state,
    ...doneAt,
  });
  if (body.act !== 'move-party') tellParty(turn, kept, party, body.reason);
  return done(turn, body, kept.version);
}

/**
 * Who goes out speaks for their own unit and those under it, and calls others only to a case that theirs is at; so does
 * whoever is at the case by order alone. Rooms act for every unit of a case in their area.
 */
function mayActOnParty(turn: Turn, actor: Actor, ticket: TicketRecord, body: PartyCommand): boolean {
  const unitOf = (id: string) => turn.registry.units.get(id);
  const goesOut = actor.role === 'responder' || actor.role === 'grid-worker';
  if (!goesOut) return body.act === 'add-party' || mayActFor(turn, actor, ticket, body.unit);
  if (body.act !== 'add-party') return leads(actor.unit, body.unit, unitOf);
  if (actor.unit !== undefined) return unitsOrderedTo(ticket, unitOf).includes(actor.unit);
  return standingOf(actor, () => undefined).level === ticket.holderLevel;
}

/** The case ends: whoever is still at it is told that they are needed no longer. Gives the ticket with all of them let go. */
export function releaseParties(turn: Turn, ticket: TicketRecord, reason: string): TicketRecord {
  if (!ticket.parties.some(isAtIt)) return ticket;
  const letGo = ticket.parties.filter(isAtIt);
  const parties = ticket.parties.map((party) =>
    isAtIt(party) ? { ...party, state: 'released' as const, since: turn.now, by: 'engine' } : party,
  );
  const released = { ...ticket, parties };
  for (const party of letGo) tellParty(turn, released, { ...party, state: 'released' }, reason);
  return released;
}

/** Who must be done or let go before the case can be closed, in words; null: nobody. */
export function stillAtIt({ parties }: TicketRecord): Words | null {
  const names = parties.filter(isAtIt).map(({ name }) => name);
  if (names.length === 0) return null;
  return {
    zh: `还有协同单位未完成：${names.map(({ zh }) => zh).join('、')}；请先完成或解除`,
    en: `Still at the case: ${names.map(({ en }) => en).join(', ')}; they must be done or released first`,
  };
}

function called(
  turn: Turn,
  { holder, parties }: TicketRecord,
  before: TicketParty | undefined,
  { unit: id, role }: Extract<PartyCommand, { act: 'add-party' }>,
): Omit<TicketParty, 'since' | 'by' | 'doneAt'> | Words {
  const unit = turn.registry.units.get(id);
  if (unit === undefined) return noSuchUnit;
  if (id === holder || (before !== undefined && isAtIt(before))) return atItAlready;
  if (before === undefined && parties.length >= mostParties) return tooMany;
  return { unit: id, level: unit.level, name: unit.name, role, state: 'called' };
}

/** Forwards only: what was said once is not taken back, and a unit that is done or let go is called anew. */
function moved(
  before: TicketParty | undefined,
  to: TicketParty['state'],
): Omit<TicketParty, 'since' | 'by' | 'doneAt'> | Words {
  if (before === undefined || !isAtIt(before)) return notAtIt;
  if (partyStates.indexOf(to) <= partyStates.indexOf(before.state)) return further;
  const { unit, level, name, role } = before;
  return { unit, level, name, role, state: to };
}

function keepParty(turn: Turn, ticket: TicketRecord, party: TicketParty): TicketRecord {
  const isThere = ticket.parties.some(({ unit }) => unit === party.unit);
  const parties = isThere
    ? ticket.parties.map((other) => (other.unit === party.unit ? party : other))
    : [...ticket.parties, party];
  const kept = { ...ticket, parties, version: ticket.version + 1 };
  saveTicket(turn, kept);
  return kept;
}

function tellParty(turn: Turn, ticket: TicketRecord, { unit, state }: TicketParty, reason: string): void {
  const note = reason === '' ? {} : { note: { zh: reason, en: reason } };
  tellUnit(turn, ticket, { kind: state === 'released' ? 'released' : 'called', unit, ...note });
}

const notYourUnit: Words = {
  zh: '只能为本单位（及其下级）操作，呼叫协同须本单位在此案中',
  en: 'You act for your own unit and those under it, and call others to a case that your unit is at',
};
const atItAlready: Words = { zh: '该单位已在此案中', en: 'This unit is at the case already' };
const notAtIt: Words = { zh: '该单位不在此案中，或已完成', en: 'This unit is not at the case, or is done' };
const further: Words = { zh: '只能向前推进', en: 'It has come further already' };
const tooMany: Words = { zh: '协同单位已达上限', en: 'No more units can be called to one case' };
