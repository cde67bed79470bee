import type { IncomingHttpHeaders } from 'node:http';
import { readBearer } from '../access/api-tokens.ts';
import { readSessionCookie } from '../access/session-cookie.ts';
import type { Session } from '../access/sessions.ts';
import type { ApiContext } from './route.ts';

type Shown = Pick<IncomingHttpHeaders, 'authorization' | 'cookie'>;

/** Who calls or connects: a program by the token that it shows, else a person by the session cookie; null for a stranger. */
export async function findCaller(
  { sessions, apiTokens }: Pick<ApiContext, 'sessions' | 'apiTokens'>,
  { authorization, cookie }: Shown,
): Promise<Session | null> {
  const bearer = readBearer(authorization);
  if (bearer !== null) return apiTokens.find(bearer);
  const token = readSessionCookie(cookie);
  return token === null ? null : sessions.find(token);
}

/** True of a program that shows a token: nobody in particular sits there. */
export const isProgram = ({ who }: Session) => who.rights !== undefined;
