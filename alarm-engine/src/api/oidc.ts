import { oidcOffer } from '@fenghuo/contracts/oidc.ts';
import type { Response } from 'express';
import { z } from 'zod';
import { readTripCookie, writeTripCookie } from '../access/oidc-trip.ts';
import { writeSessionCookie } from '../access/session-cookie.ts';
import { notFound } from './api-failure.ts';
import { readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const startQuery = z.object({
  /** View of ours to go to afterwards. */
  to: z
    .string()
    .regex(/^\/[a-z-]{0,20}$/)
    .default('/'),
});

/** Sign-in at an identity provider; where none is configured there is nothing here. */
export function oidcRoutes(context: ApiContext): Route[] {
  const { oidcDesk, sessions, commandDesk, serverKey, isSecure, clock } = context;
  return [
    {
      method: 'get',
      path: '/oidc',
      needs: 'nothing',
      shape: {
        summary: { zh: '是否提供统一登录', en: 'Whether sign-in by OIDC is offered' },
        answers: { 200: oidcOffer },
      },
      handle: async ({ response }) => {
        response.json({ offered: oidcDesk !== null });
      },
    },
    {
      method: 'get',
      path: '/oidc/start',
      needs: 'nothing',
      shape: {
        summary: { zh: '前往统一登录', en: 'Go to the identity provider' },
        query: startQuery,
        answers: { 302: 'nothing' },
      },
      handle: async ({ request, response }) => {
        if (oidcDesk === null) throw notFound('identity provider');
        const begun = await oidcDesk.begin(readQuery(request, startQuery).to);
        if (begun === null) return goTo(response, '/sign-in?failed=provider-away');
        response.append('Set-Cookie', writeTripCookie(serverKey, begun.trip, isSecure(request)));
        goTo(response, begun.url);
      },
    },
    {
      method: 'get',
      path: '/oidc/callback',
      needs: 'nothing',
      shape: {
        summary: { zh: '统一登录返回', en: 'Come back from the identity provider' },
        answers: { 302: 'nothing' },
      },
      handle: async ({ request, response }) => {
        if (oidcDesk === null) throw notFound('identity provider');
        const trip = readTripCookie(serverKey, request.get('cookie'), clock());
        response.append('Set-Cookie', writeTripCookie(serverKey, null, isSecure(request)));
        if (trip === null) return goTo(response, '/sign-in?failed=refused');
        const outcome = await oidcDesk.finish(request.originalUrl, trip);
        if (!outcome.ok) return goTo(response, `/sign-in?failed=${outcome.reason}`);
        const { token, maxAgeS } = outcome;
        const session = await sessions.find(token);
        const detail = `by the identity provider, from ${request.ip ?? 'nowhere'}`;
        if (session !== null)
          await commandDesk.note(session.who, { act: 'sign-in', subject: session.who.account, detail });
        response.append('Set-Cookie', writeSessionCookie({ token, maxAgeS, secure: isSecure(request) }));
        goTo(response, `/sign-in?by=oidc&to=${trip.to}`);
      },
    },
  ];
}

function goTo(response: Response, place: string): void {
  response.status(302).set('Location', place).end();
}
