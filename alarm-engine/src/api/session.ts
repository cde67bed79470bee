import { type SignedIn, signInRequest, type WhoAmI } from '@fenghuo/contracts/rest.ts';
import { actsOf } from '../access/rights.ts';
import { writeSessionCookie } from '../access/session-cookie.ts';
import { ApiFailure } from './api-failure.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Signing in and out, and who one is. */
export function sessionRoutes({ signInDesk, sessions, https, county }: ApiContext): Route[] {
  const withActs = (who: WhoAmI): SignedIn => ({ ...who, acts: actsOf(who, county) });
  return [
    {
      method: 'post',
      path: '/session',
      needs: 'nothing',
      handle: async ({ request, response }) => {
        const outcome = await signInDesk.signIn(readBody(request, signInRequest), request.ip ?? '');
        if (!outcome.ok && outcome.reason === 'locked') {
          response.set('Retry-After', String(outcome.retryAfterS));
          const sentence = `Too many wrong passwords. Try again in ${outcome.retryAfterS} s.`;
          throw new ApiFailure(429, 'locked', sentence);
        }
        if (!outcome.ok) throw new ApiFailure(401, outcome.reason, 'Account or password is wrong.');
        const { token, maxAgeS, who } = outcome;
        response.set('Set-Cookie', writeSessionCookie({ token, maxAgeS, secure: https }));
        response.json(withActs(who));
      },
    },
    {
      method: 'get',
      path: '/session',
      needs: 'session',
      handle: async ({ response, session }) => {
        response.json(withActs(session.who));
      },
    },
    {
      method: 'delete',
      path: '/session',
      needs: 'session',
      handle: async ({ response, session }) => {
        await sessions.close(session);
        response.set('Set-Cookie', writeSessionCookie({ token: '', maxAgeS: 0, secure: https }));
        response.status(204).end();
      },
    },
  ];
}
