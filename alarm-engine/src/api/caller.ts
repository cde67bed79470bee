import type { Request } from 'express';
import { readBearer } from '../access/api-tokens.ts';
import { readSessionCookie } from '../access/session-cookie.ts';
import type { Session } from '../access/sessions.ts';
import type { ApiContext } from './route.ts';

/** Who calls: a program by the token that it shows, else a person by the session cookie; null for a stranger. */
export async function findCaller(
  { sessions, apiTokens }: Pick<ApiContext, 'sessions' | 'apiTokens'>,
  request: Request,
): Promise<Session | null> {
  const bearer = readBearer(request.get('authorization'));
  if (bearer !== null) return apiTokens.find(bearer);
  const token = readSessionCookie(request.get('cookie'));
  return token === null ? null : sessions.find(token);
}
