import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { z } from 'zod';
import { queryClient } from '../feed/queries.ts';
import { bodyOf, type Request, send } from '../feed/request.ts';

/** Why a change was not made: a reason for which the screen may have words, and the server's own. */
export interface Refusal {
  reason: string;
  words: Words | null;
}
export type Changed<T> = { ok: true; body: T } | { ok: false; refusal: Refusal };

/** A change that waits for the writer is asked about again so often, 5 s each; the same id does nothing twice. */
const mostAsks = 12;

/** Asks the server for a change and waits until it is made or refused. What was read before it is asked for again. */
export async function change<S extends z.ZodType>(wanted: Request<S>): Promise<Changed<z.infer<S>>> {
  for (let asks = 0; asks < mostAsks; asks++) {
    const response = await send(wanted);
    if (response === null) return refused('away');
    const body = response.status === 204 ? null : await bodyOf(response);
    if (response.status === 202 && isRepeatable(wanted.body)) continue;
    if (response.status === 202) return refused('waiting');
    if (!response.ok) return { ok: false, refusal: refusalOf(response.status, body) };
    const read = wanted.answer.safeParse(body);
    void queryClient.invalidateQueries();
    return read.success ? { ok: true, body: read.data } : refused('broken');
  }
  return refused('waiting');
}

/** Only what carries an id of its own may be sent again. */
function isRepeatable(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('id' in body || 'command' in body);
}

function refused(reason: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { reason, words: null } };
}

export function refusalOf(status: number, body: unknown): Refusal {
  const answer = commandAnswer.safeParse(body);
  if (answer.success && !answer.data.ok) return { reason: answer.data.reason, words: answer.data.message };
  const error = apiError.safeParse(body);
  if (!error.success) return { reason: status === 401 ? 'not-signed-in' : 'broken', words: null };
  const [zh = '', en] = error.data.message.split(' / ');
  if (error.data.error === 'invalid' && en === undefined) return { reason: 'not-valid', words: null };
  return { reason: error.data.error, words: { zh, en: en ?? zh } };
}
