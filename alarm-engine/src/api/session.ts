import {
  apiError,
  type SignedIn,
  seatToTake,
  signedIn,
  signInRequest,
  type WhoAmI,
} from '@fenghuo/contracts/rest.ts';
import type { Response } from 'express';
import { actsOf } from '../access/rights.ts';
import { writeSessionCookie } from '../access/session-cookie.ts';
import { ApiFailure } from './api-failure.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Of somebody who guesses. */
export function lockedOut(response: Response, retryAfterS: number): ApiFailure {
  response.set('Retry-After', String(retryAfterS));
  return new ApiFailure(429, 'locked', `Too many wrong passwords. Try again in ${retryAfterS} s.`);
}

/** Signing in and out, which is on the record, who one is, and where one sits. */
export function sessionRoutes({ signInDesk, commandDesk, sessions, isSecure, county }: ApiContext): Route[] {
  const withActs = (who: WhoAmI): SignedIn => ({ ...who, acts: actsOf(who, county) });
  return [
    {
      method: 'post',
      path: '/session',
      needs: 'nothing',
      shape: {
        summary: { zh: '登录', en: 'Sign in' },
        body: signInRequest,
        answers: { 200: signedIn, 429: apiError },
      },
      handle: async ({ request, response }) => {
        const outcome = await signInDesk.signIn(readBody(request, signInRequest), request.ip ?? '');
        if (!outcome.ok && outcome.reason === 'locked') {
          throw lockedOut(response, outcome.retryAfterS);
        }
        const detail = `from ${request.ip ?? 'nowhere'}`;
        const note = (act: 'sign-in' | 'refuse-sign-in', who: WhoAmI) =>
          commandDesk.note(who, { act, subject: who.account, detail });
        if (!outcome.ok) {
          if (outcome.who !== null) await note('refuse-sign-in', outcome.who);
          throw new ApiFailure(401, outcome.reason, 'Account or password is wrong.');
        }
        const { token, maxAgeS, who } = outcome;
        await note('sign-in', who);
        response.set('Set-Cookie', writeSessionCookie({ token, maxAgeS, secure: isSecure(request) }));
        response.json(withActs(who));
      },
    },
    {
      method: 'get',
      path: '/session',
      needs: 'session',
      shape: { summary: { zh: '当前账号', en: 'Who one is' }, answers: { 200: signedIn } },
      handle: async ({ response, session }) => {
        response.json(withActs(session.who));
      },
    },
    {
      method: 'put',
      path: '/session/seat',
      needs: 'session',
      shape: {
        summary: { zh: '入席', en: 'Say where one sits' },
        body: seatToTake,
        answers: { 200: signedIn },
      },
      handle: async ({ request, response, session }) => {
        const { seat } = readBody(request, seatToTake);
        if (session.who.rights !== undefined)
          throw new ApiFailure(403, 'not-authorised', 'A program sits nowhere.');
        response.json(withActs(await sessions.sitDown(session, seat)));
      },
    },
    {
      method: 'delete',
      path: '/session',
      needs: 'session',
      shape: { summary: { zh: '退出登录', en: 'Sign out' }, answers: { 204: 'nothing' } },
      handle: async ({ request, response, session }) => {
        if (session.who.rights !== undefined)
          throw new ApiFailure(403, 'not-authorised', 'A token is revoked, not signed out.');
        await sessions.close(session);
        const { account: subject } = session.who;
        await commandDesk.note(session.who, { act: 'sign-out', subject, detail: '' });
        response.set('Set-Cookie', writeSessionCookie({ token: '', maxAgeS: 0, secure: isSecure(request) }));
        response.status(204).end();
      },
    },
  ];
}
