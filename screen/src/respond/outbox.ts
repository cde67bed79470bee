import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
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
  ticket: string;
  caseCode: string;
  doneAt: number;
  /** Why it will never be done; null: it waits. */
  refused: Words | null;
}

export interface WaitingMove extends Entry {
  kind: 'move';
  incident: string;
  /** Ids of steps of the ticket's workflow. */
  from: string;
  to: string;
  toName: Words;
  reason: string;
  /** Of the ticket, as it is sent. */
  version: number;
  /** The step wants files in the case: those done before it go first. */
  needsFiles: boolean;
}

export interface WaitingFile extends Entry {
  kind: 'file';
  name: string;
  note: string;
  bytes: ArrayBuffer;
}

export type OutboxEntry = WaitingMove | WaitingFile;

/**
 * What goes out next; undefined: nothing waits. Acts go in their order, and the photos of a case in theirs; an act does not wait for a
 * photo on a poor network, unless its step wants one.
 */
export function nextToSend(entries: readonly OutboxEntry[]): OutboxEntry | undefined {
  const waiting = entries.filter(({ refused }) => refused === null).toSorted((a, b) => a.no - b.no);
  const move = waiting.find((entry) => entry.kind === 'move');
  const files = waiting.filter((entry) => entry.kind === 'file');
  if (move === undefined) return files[0];
  const wanted = files.find(({ ticket, no }) => ticket === move.ticket && no < move.no);
  return move.needsFiles && wanted !== undefined ? wanted : move;
}

/** What becomes of a move that the station answered. */
export type Settled =
  | { what: 'done'; version: number }
  /** Somebody was there first, and it stands where this phone wanted it. */
  | { what: 'overtaken'; version: number }
  /** Another change, such as a deadline that passed: the same act again, under a new id. */
  | { what: 'again'; version: number }
  | { what: 'refused'; why: Words };

/** `now`: the ticket as the station has it after a refusal; null: it is not open, or not to be seen, any more. Pure. */
export function settle(move: WaitingMove, answer: CommandAnswer, now: TicketRecord | null): Settled {
  if (answer.ok) return { what: 'done', version: answer.version };
  const { reason, message } = answer;
  if (reason !== 'version-conflict' && reason !== 'not-allowed-now') return { what: 'refused', why: message };
  if (now === null || now.closedAt !== null) return { what: 'refused', why: overWithout };
  if (now.step === move.to) return { what: 'overtaken', version: now.version };
  if (reason === 'version-conflict' && now.step === move.from) return { what: 'again', version: now.version };
  return { what: 'refused', why: message };
}

/** The moves of a ticket that wait, in their order. */
export function movesWaiting(entries: readonly OutboxEntry[], ticket: string): WaitingMove[] {
  return entries
    .filter((entry) => entry.kind === 'move')
    .filter((entry) => entry.ticket === ticket && entry.refused === null)
    .toSorted((a, b) => a.no - b.no);
}

/** What the station has answered, and not yet shown: the step of a ticket at a version. */
export interface Told {
  step: string;
  version: number;
}

/** Where a ticket stands once all that waits is done: the station's own record, as far as it knows more. Pure. */
export function projected(ticket: TicketRecord, entries: readonly OutboxEntry[], told?: Told): string {
  let step = told !== undefined && told.version > ticket.version ? told.step : ticket.step;
  for (const move of movesWaiting(entries, ticket.id)) if (move.from === step) step = move.to;
  return step;
}
