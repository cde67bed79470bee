import { type Command, type CommandAnswer, commandAnswer } from '@fenghuo/contracts/commands.ts';
import { bodyOf, failureOf, type RequestFailure, send } from '../feed/request.ts';

/**
 * What became of an act. `done` means that the writer has committed it; the screen shows it as done only when
 * the change itself has arrived, at `version`. `unanswered`: not within 5 s, and it may still be done.
 */
export type ActOutcome =
  | { state: 'done'; version: number }
  | { state: 'unanswered' }
  | { state: 'refused'; answer: Extract<CommandAnswer, { ok: false }> }
  | { state: 'failed'; reason: RequestFailure };

/** An id for a command (UUID, version 4). `crypto.randomUUID` exists on https and localhost only. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Sends a command to the writer. */
export const act = (command: Command): Promise<ActOutcome> => order('/commands', command);

/** Sends what a route of its own takes to the writer. */
export async function order(path: string, body: unknown): Promise<ActOutcome> {
  const response = await send({ method: 'POST', path, body });
  if (response === null) return { state: 'failed', reason: 'away' };
  if (response.status === 202) return { state: 'unanswered' };
  const read = commandAnswer.safeParse(await bodyOf(response));
  if (!read.success) return { state: 'failed', reason: response.ok ? 'broken' : failureOf(response.status) };
  const answer = read.data;
  return answer.ok ? { state: 'done', version: answer.version } : { state: 'refused', answer };
}
