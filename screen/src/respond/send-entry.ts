import { attached } from '@fenghuo/contracts/case.ts';
import { type Command, commandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { incidentCase } from '@fenghuo/contracts/rest.ts';
import { bodyOf, failureOf, request, send } from '../feed/request.ts';
import { sendCaseFile } from '../feed/send-case-file.ts';
import {
  type OutboxEntry,
  type Settled,
  settle,
  type WaitingAct,
  type WaitingFile,
  type WaitingRead,
} from './outbox.ts';
import { notAllowed, unusable } from './refusal-words.ts';

/** `later`: no network, or no answer yet. `stranger`: somebody has to sign in first. Nothing is lost by either. */
export type Sent = Settled | { what: 'later' } | { what: 'stranger' };

/** Sends one entry, under its id. */
export function sendEntry(entry: OutboxEntry): Promise<Sent> {
  switch (entry.kind) {
    case 'file':
      return sendFile(entry);
    case 'read':
      return sendRead(entry);
    default:
      return sendAct(entry);
  }
}

async function sendAct(act: WaitingAct): Promise<Sent> {
  const body = commandOf(act);
  const response = await send({ method: 'POST', path: '/commands', body });
  if (response === null || response.status === 202) return { what: 'later' };
  const read = commandAnswer.safeParse(await bodyOf(response));
  if (!read.success) return unanswered(response.status);
  if (read.data.ok) return settle(act, read.data, null);
  const now = await ticketNow(act.incident);
  return now === 'away' ? { what: 'later' } : settle(act, read.data, now);
}

function commandOf(act: WaitingAct): Command {
  const { id, ticket: subject, version: expectedVersion, reason, doneAt } = act;
  const common = { id, seat: '', reason, subject, expectedVersion, doneAt };
  return act.kind === 'move'
    ? { act: 'move-ticket', ...common, to: act.to }
    : { act: 'move-party', ...common, unit: act.unit, to: act.to };
}

/** The ticket as the station has it; null: none is to be seen. */
async function ticketNow(incident: string): Promise<TicketRecord | null | 'away'> {
  const path = `/incidents/${encodeURIComponent(incident)}`;
  const answer = await request({ method: 'GET', path, answer: incidentCase });
  if (answer.ok) return answer.body.ticket;
  return answer.reason === 'refused' ? null : 'away';
}

/** A broadcast is read once for a unit: whoever of it comes second is answered as if they were first. */
async function sendRead({ id, broadcast: subject, doneAt }: WaitingRead): Promise<Sent> {
  const body: Command = { act: 'read-broadcast', id, seat: '', reason: '', subject, doneAt };
  const response = await send({ method: 'POST', path: '/commands', body });
  if (response === null || response.status === 202) return { what: 'later' };
  const read = commandAnswer.safeParse(await bodyOf(response));
  if (!read.success) return unanswered(response.status);
  const { data } = read;
  return data.ok ? { what: 'done', version: data.version } : { what: 'refused', why: data.message };
}

async function sendFile(file: WaitingFile): Promise<Sent> {
  const response = await sendCaseFile(file);
  if (response === null || response.status === 202) return { what: 'later' };
  const body = await bodyOf(response);
  if (attached.safeParse(body).success) return { what: 'done', version: 0 };
  const read = commandAnswer.safeParse(body);
  if (read.success && !read.data.ok) return { what: 'refused', why: read.data.message };
  return response.status === 413 || response.status === 415
    ? { what: 'refused', why: unusable }
    : unanswered(response.status);
}

function unanswered(status: number): Sent {
  switch (failureOf(status)) {
    case 'unauthenticated':
      return { what: 'stranger' };
    case 'refused':
      return { what: 'refused', why: notAllowed };
    default:
      return { what: 'later' };
  }
}
