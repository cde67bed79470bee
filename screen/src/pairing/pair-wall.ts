import { apiError, type SignedIn, signedIn } from '@fenghuo/contracts/rest.ts';
import { type WallCode, wallCode } from '@fenghuo/contracts/walls.ts';
import { bodyOf, request, send } from '../feed/request.ts';

export interface Pairing {
  /** The code to show; null while there is none. */
  onCode: (code: WallCode | null) => void;
  /** Resolves after so many seconds, or when the wall is left. */
  wait: (seconds: number) => Promise<void>;
  signal: AbortSignal;
}

/** Seconds until a server that gave no code is asked again. */
const askAgainS = 10;
/** RFC 8628 §3.5: so much longer after `slow_down`. */
const slowDownS = 5;

/** Shows one code after the other until somebody lets this wall in; null when the wall was left before. */
export async function pairWall(pairing: Pairing): Promise<SignedIn | null> {
  const { onCode, wait, signal } = pairing;
  while (!signal.aborted) {
    const begun = await request({ method: 'POST', path: '/wall-pairings', answer: wallCode });
    onCode(begun.ok ? begun.body : null);
    if (!begun.ok) {
      await wait(askAgainS);
      continue;
    }
    const who = await untilOver(begun.body, pairing);
    if (who !== null) return who;
  }
  return null;
}

/** Polls until this wall is let in; null when the code is over. A server that is away is asked on. */
async function untilOver(code: WallCode, { wait, signal }: Pairing): Promise<SignedIn | null> {
  let intervalS = code.intervalS;
  while (!signal.aborted) {
    await wait(intervalS);
    const { deviceCode } = code;
    const response = await send({ method: 'POST', path: '/wall-pairings/poll', body: { deviceCode } });
    if (response === null) continue;
    const said = await bodyOf(response);
    const who = signedIn.safeParse(said);
    if (response.ok && who.success) return who.data;
    const { data: refused } = apiError.safeParse(said);
    if (refused?.error === 'expired_token') return null;
    if (refused?.error === 'slow_down') intervalS += slowDownS;
  }
  return null;
}
