import { apiError } from '@fenghuo/contracts/rest.ts';
import { bodyOf } from '../feed/request.ts';
import type { PictureFailure } from './picture-state.ts';

/** What an answer to the question for a live playlist says of why there is no picture. */
export function failureIn(status: number, body: unknown): PictureFailure {
  if (status === 200) return typeof body === 'string' && !body.includes('#EXTINF') ? 'no-signal' : 'offline';
  if (status === 404) return 'no-source';
  const said = apiError.safeParse(body).data?.error;
  return said === 'no-signal' || said === 'no-source' ? said : 'offline';
}

/** A server that says nothing for so long is not reached, ms. A pulled cable resets no connection. */
const answerWithinMs = 4_000;

/** Asks the server why the picture at a playlist's path cannot be had. */
export async function whyNoPicture(path: string, signal: AbortSignal): Promise<PictureFailure> {
  try {
    const response = await fetch(path, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    return failureIn(response.status, response.ok ? await response.text() : await bodyOf(response));
  } catch {
    return 'cut-off';
  }
}
