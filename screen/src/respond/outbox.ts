import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type PartyProgress, type PartyState, partyStates, type Words } from '@fenghuo/contracts/words.ts';
import { overWithout } from './refusal-words.ts';

/**
 * What this phone has done and the station does not know yet. Each entry is kept before it is sent, sent with an id of its
 * own until it is answered, and forgotten only then: sent twice, it is done once. Times are the server's, in ms.
 */
interface Entry {
  /** Order in which they were done on this phone. */
  no: number;
  id: string;
  /** Whose act it is: sent in nobody else's name. */
  account: string;
  doneAt: number;
  /** Why it will never be done; null: it waits. */
  refused: Words | null;
}

interface OfCase extends Entry {
  ticket: string;
  caseCode: string;
}

interface Act extends OfCase {
  incident: string;
  toName: Words;
  reason: string;
  /** Of the ticket, as it is sent. */
  version: number;
}

/** A step of the ticket that one's unit holds. */
export interface WaitingMove extends Act {
  kind: 'move';
  /** Ids of steps of the ticket's workflow. */
  from: string;
  to: string;
  /** The step wants files in the case: those done before it go first. */
  needsFiles: boolean;
}

/** How far one's unit has come, which was called to the ticket beside its holder. */
export interface WaitingProgress extends Act {
  kind: 'progress';
  unit: string;
  to: PartyProgress;
}

export type WaitingAct = WaitingMove | WaitingProgress;

export interface WaitingFile extends OfCase {
  kind: 'file';
  name: string;
  note: string;
  bytes: ArrayBuffer;
}

/** A broadcast that was read here, for one's unit. */
export interface WaitingRead extends Entry {
  kind: 'read';
  broadcast: string;
}

export type OutboxEntry = WaitingAct | WaitingFile | WaitingRead;

const isAct = (entry: OutboxEntry): entry is WaitingAct => entry.kind === 'move' || entry.kind === 'progress';

/** Whether an entry is of a ticket. */
export const isOf = (entry: OutboxEntry, ticket: string): entry is WaitingAct | WaitingFile =>
  entry.kind !== 'read' && entry.ticket === ticket;

/**
 * What goes out next; undefined: nothing waits. Acts go in their order, and the photos of a case in theirs; an act does not wait for a
 * photo on a poor network, unless its step wants one.
 */
export function nextToSend(entries: readonly OutboxEntry[]): OutboxEntry | undefined {
  const waiting = entries.filter(({ refused }) => refused === null).toSorted((a, b) => a.no - b.no);
  const act = waiting.find((entry) => entry.kind !== 'file');
  const files = waiting.filter((entry) => entry.kind === 'file');
  if (act === undefined) return files[0];
  if (act.kind !== 'move' || !act.needsFiles) return act;
  return files.find(({ ticket, no }) => ticket === act.ticket && no < act.no) ?? act;
}

/** What becomes of an act that the station answered. */
export type Settled =
  | { what: 'done'; version: number }
  /** Somebody was there first, and it stands where this phone wanted it. */
  | { what: 'overtaken'; version: number }
  /** Another change, such as a deadline that passed: the same act again, under a new id. */
  | { what: 'again'; version: number }
  | { what: 'refused'; why: Words };

/** `now`: the ticket as the station has it after a refusal; null: it is not open, or not to be seen, any more. Pure. */
export function settle(act: WaitingAct, answer: CommandAnswer, now: TicketRecord | null): Settled {
  if (answer.ok) return { what: 'done', version: answer.version };
  const { reason, message } = answer;
  if (reason !== 'version-conflict' && reason !== 'not-allowed-now') return { what: 'refused', why: message };
  if (now === null || now.closedAt !== null) return { what: 'refused', why: overWithout };
  const { version } = now;
  if (isThere(act, now)) return { what: 'overtaken', version };
  return reason === 'version-conflict' && mayStill(act, now)
    ? { what: 'again', version }
    : { what: 'refused', why: message };
}

/** It stands where this phone wanted it, whoever brought it there. */
function isThere(act: WaitingAct, now: TicketRecord): boolean {
  if (act.kind === 'move') return now.step === act.to;
  const state = partyOf(now, act.unit);
  return state !== null && partyStates.indexOf(state) >= partyStates.indexOf(act.to);
}

/** What the act begins from is still so. */
function mayStill(act: WaitingAct, now: TicketRecord): boolean {
  return act.kind === 'move' ? now.step === act.from : partyOf(now, act.unit) !== null;
}

/** How far a unit has come that is called to a ticket; null: it is not, or was let go. */
export function partyOf({ parties }: Pick<TicketRecord, 'parties'>, unit: string): PartyState | null {
  const party = parties.find((one) => one.unit === unit);
  return party === undefined || party.state === 'released' ? null : party.state;
}

/** The acts on a ticket that wait, in their order. */
export function actsWaiting(entries: readonly OutboxEntry[], ticket: string): WaitingAct[] {
  return entries
    .filter(isAct)
    .filter((entry) => entry.ticket === ticket && entry.refused === null)
    .toSorted((a, b) => a.no - b.no);
}

/** The act on the same ticket that was done after this one; undefined: none. */
export function nextOnTicket(
  entries: readonly OutboxEntry[],
  { ticket, no }: WaitingAct,
): WaitingAct | undefined {
  return entries.filter(isAct).find((one) => one.ticket === ticket && one.no > no);
}

/** The clock of the station, as a phone reckons it, is off by so much at most. Milliseconds. */
const clockOffMs = 2_000;

/**
 * True when the station's own record of the ticket shows an act of which the answer has not come: it was lost on its way,
 * and the act is told again, but it is not to stand there twice. Pure.
 */
export function isShown(act: WaitingAct, ticket: TicketRecord): boolean {
  const isIts = (by: string, at: number) => by === act.account && at >= act.doneAt - clockOffMs;
  if (act.kind === 'progress')
    return ticket.parties.some(
      ({ unit, state, by, since, doneAt }) =>
        unit === act.unit && state === act.to && isIts(by, doneAt ?? since),
    );
  return ticket.moves.some(
    ({ from, to, by, at, doneAt }) => from === act.from && to === act.to && isIts(by, doneAt ?? at),
  );
}

/** What the station has answered, and not yet shown: a ticket at a version, its step or a called unit's progress. */
export interface Told {
  step: string | null;
  party: PartyState | null;
  version: number;
}

/** Where a ticket stands once all that waits is done: the station's own record, as far as it knows more. Pure. */
export function projected(ticket: TicketRecord, entries: readonly OutboxEntry[], told?: Told): string {
  let step = newer(ticket, told)?.step ?? ticket.step;
  for (const act of actsWaiting(entries, ticket.id))
    if (act.kind === 'move' && act.from === step) step = act.to;
  return step;
}

/** How far a unit has come that is called to a ticket, once all that waits is done; null: it is not called. Pure. */
export function projectedParty(
  ticket: TicketRecord,
  unit: string,
  entries: readonly OutboxEntry[],
  told?: Told,
): PartyState | null {
  const known = partyOf(ticket, unit);
  if (known === null) return null;
  const acts = actsWaiting(entries, ticket.id).filter((act) => act.kind === 'progress');
  const states = [known, newer(ticket, told)?.party ?? known, ...acts.map(({ to }) => to)];
  return states.reduce((a, b) => (partyStates.indexOf(b) > partyStates.indexOf(a) ? b : a));
}

const newer = ({ version }: TicketRecord, told: Told | undefined) =>
  told !== undefined && told.version > version ? told : undefined;
