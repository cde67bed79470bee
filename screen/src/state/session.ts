import type { CommandAct } from '@fenghuo/contracts/commands.ts';
import { type SignedIn, type SignInRequest, signedIn } from '@fenghuo/contracts/rest.ts';
import { create } from 'zustand';
import { type RequestFailure, request, send } from '../feed/request.ts';

/** Who looks. `unknown` until the server has been asked, `away` while it cannot be. */
export type Session =
  | { state: 'unknown' }
  | { state: 'away' }
  | { state: 'stranger' }
  | { state: 'known'; who: SignedIn };

export const useSession = create<{ session: Session }>(() => ({ session: { state: 'unknown' } }));

/** Whether the one who looks may do an act. The server asks again; a screen offers nothing else. */
export function useMay(): (act: CommandAct) => boolean {
  const { session } = useSession();
  return (act) => session.state === 'known' && session.who.acts.includes(act);
}

const rememberedAs = 'fenghuo.signed-in';

/** The cookie is not for scripts to see; that there may be one is remembered, so that a stranger asks nothing. */
function put(session: Session): void {
  if (session.state === 'known') localStorage.setItem(rememberedAs, 'yes');
  if (session.state === 'stranger') localStorage.removeItem(rememberedAs);
  useSession.setState({ session });
}

/** Asks the server whose cookie this is. A server that is away does not sign anybody out. */
export async function checkSession(): Promise<void> {
  if (localStorage.getItem(rememberedAs) === null) {
    put({ state: 'stranger' });
    return;
  }
  const answer = await request({ method: 'GET', path: '/session', answer: signedIn });
  if (answer.ok) put({ state: 'known', who: answer.body });
  else if (answer.reason === 'unauthenticated') put({ state: 'stranger' });
  else if (useSession.getState().session.state !== 'known') put({ state: 'away' });
}

/** The server has let somebody in who gave no password here: a wall that was paired. */
export function comeIn(who: SignedIn): void {
  put({ state: 'known', who });
}

/** Somebody is back from an identity provider: the server knows whether with a session. */
export async function returnedFromProvider(): Promise<void> {
  localStorage.setItem(rememberedAs, 'yes');
  await checkSession();
}

/** Signs in; the reason when it did not work. */
export async function signIn(credentials: SignInRequest): Promise<RequestFailure | null> {
  const answer = await request({ method: 'POST', path: '/session', body: credentials, answer: signedIn });
  if (!answer.ok) return answer.reason;
  put({ state: 'known', who: answer.body });
  return null;
}

/** Says where one sits; false when the server did not take it. */
export async function takeSeat(seat: string): Promise<boolean> {
  const answer = await request({ method: 'PUT', path: '/session/seat', body: { seat }, answer: signedIn });
  if (answer.ok) put({ state: 'known', who: answer.body });
  return answer.ok;
}

export async function signOut(): Promise<void> {
  const response = await send({ method: 'DELETE', path: '/session' });
  if (response !== null) put({ state: 'stranger' });
}
