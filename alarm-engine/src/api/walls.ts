import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError, type SignedIn, signedIn } from '@fenghuo/contracts/rest.ts';
import { wallRequest } from '@fenghuo/contracts/wall-orders.ts';
import {
  readCode,
  type WallAsking,
  type WallList,
  wallApproval,
  wallAsking,
  wallCode,
  wallList,
  wallPoll,
} from '@fenghuo/contracts/walls.ts';
import type { Request, Response } from 'express';
import { areaPattern, mayGive } from '../access/area-scope.ts';
import { actsOf } from '../access/rights.ts';
import { writeSessionCookie } from '../access/session-cookie.ts';
import { newWallAccount } from '../access/wall-pairing.ts';
import { requestText } from '../push/wall-orders.ts';
import { listAreaNames } from '../store/sql/list-area-names.ts';
import { listWalls } from '../store/sql/list-walls.ts';
import { unpairWall } from '../store/sql/unpair-wall.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Pairing walls by code, ending that, and driving them. */
export function wallRoutes(context: ApiContext): Route[] {
  return [
    ...askingRoutes(context),
    ...approvingRoutes(context),
    ...hangingRoutes(context),
    drivingRoute(context),
  ];
}

/** The wall's side, which nobody has signed in. */
function askingRoutes(context: ApiContext): Route[] {
  const { wallPairing, isSecure, county } = context;
  return [
    {
      method: 'post',
      path: '/wall-pairings',
      needs: 'nothing',
      shape: {
        summary: { zh: '大屏申请配对码', en: 'A wall asks for a code' },
        answers: { 201: wallCode, 429: apiError },
      },
      handle: async ({ request, response }) => {
        const begun = await wallPairing.begin(request.ip ?? '');
        if (begun === null) throw tooMany(response, 60);
        response.status(201).json(begun);
      },
    },
    {
      method: 'post',
      path: '/wall-pairings/poll',
      needs: 'nothing',
      shape: {
        summary: { zh: '大屏询问是否已配对', en: 'A wall asks whether it is paired' },
        body: wallPoll,
        answers: { 200: signedIn },
      },
      handle: async ({ request, response }) => {
        const outcome = await wallPairing.poll(readBody(request, wallPoll).deviceCode);
        if (!outcome.ok) throw new ApiFailure(400, outcome.error, sentences[outcome.error]);
        const { token, maxAgeS, who } = outcome;
        response.set('Set-Cookie', writeSessionCookie({ token, maxAgeS, secure: isSecure(request) }));
        const wall: SignedIn = { ...who, acts: actsOf(who, county) };
        response.json(wall);
      },
    },
  ];
}

/** The side of the desk. */
function approvingRoutes(context: ApiContext): Route[] {
  const { db, commandDesk, wallPairing } = context;
  return [
    {
      method: 'get',
      path: '/wall-pairings/:code',
      needs: 'pair-wall',
      shape: {
        summary: { zh: '配对码对应的大屏', en: 'What asks behind a code' },
        answers: { 200: wallAsking, 429: apiError },
      },
      handle: async ({ request, response, session, scope }) => {
        const { address, askedAt } = await look(context, request, response, session.who.account);
        const areas = await listAreaNames(db, { ...scope, areaPattern: areaPattern(scope) });
        const asking: WallAsking = { address, askedAt, areas };
        response.json(asking);
      },
    },
    {
      method: 'post',
      path: '/wall-pairings/:code/approve',
      needs: 'pair-wall',
      shape: {
        summary: { zh: '同意大屏配对', en: 'Let a wall in' },
        body: wallApproval,
        answers: { 202: commandWaiting, 204: 'nothing', 429: apiError },
      },
      handle: async ({ request, response, session, scope }) => {
        const approval = readBody(request, wallApproval);
        if (!mayGive(scope, approval.area))
          throw new ApiFailure(400, 'invalid', 'The area lies outside of yours.');
        const { code } = await look(context, request, response, session.who.account);
        const account = newWallAccount();
        const deed = {
          act: 'pair-wall',
          subject: account,
          detail: `${approval.name} for ${approval.area}`,
        } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        if (!(await wallPairing.approve(code, account, { ...approval, by: session.who.account })))
          throw notFound('code');
        response.status(204).end();
      },
    },
  ];
}

/** Walls that were let in. */
function hangingRoutes(context: ApiContext): Route[] {
  const { db, county, clock, commandDesk } = context;
  return [
    {
      method: 'get',
      path: '/walls',
      needs: 'pair-wall',
      shape: { summary: { zh: '已配对的大屏', en: 'Walls that were paired' }, answers: { 200: wallList } },
      handle: async ({ response, scope }) => {
        const now = new Date(clock());
        const list: WallList = {
          walls: await listWalls(db, { county, areaPattern: areaPattern(scope), now }),
        };
        response.json(list);
      },
    },
    {
      method: 'post',
      path: '/walls/:account/unpair',
      needs: 'unpair-wall',
      shape: {
        summary: { zh: '解除大屏配对', en: 'End the pairing of a wall' },
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session, scope }) => {
        const account = readParameter(request, 'account');
        if (!(await unpairWall(db, { county, areaPattern: areaPattern(scope), account })))
          throw notFound('wall');
        const deed = { act: 'unpair-wall', subject: account, detail: '' } as const;
        if (await onRecord(commandDesk, session.who, deed, response)) response.status(204).end();
      },
    },
  ];
}

/** What a wall that is connected here shows. On the record before it is told, as every act. */
function drivingRoute({ commandDesk, walls }: ApiContext): Route {
  return {
    method: 'post',
    path: '/walls/:account/orders',
    needs: 'direct-wall',
    shape: {
      summary: { zh: '控制大屏显示', en: 'Drive what a wall shows' },
      body: wallRequest,
      answers: { 202: commandWaiting, 204: 'nothing' },
    },
    handle: async ({ request, response, session, scope }) => {
      const account = readParameter(request, 'account');
      const wish = readBody(request, wallRequest);
      if (!walls.shows(account, scope)) throw notFound('wall');
      const deed = { act: 'direct-wall', subject: account, detail: requestText(wish) } as const;
      if (!(await onRecord(commandDesk, session.who, deed, response))) return;
      walls.direct(account, wish, session.who.name);
      response.status(204).end();
    },
  };
}

/** The words of RFC 8628 §3.5, and what they mean. */
const sentences = {
  authorization_pending: 'Nobody has entered the code yet.',
  slow_down: 'Ask less often.',
  expired_token: 'The code is over. Ask for a new one.',
};

/** The code of the path and what asks behind it; throws when it is none, or too many were none. */
async function look({ wallPairing }: ApiContext, request: Request, response: Response, account: string) {
  const code = readCode(readParameter(request, 'code'));
  if (code === null) throw notFound('code');
  const found = await wallPairing.look(code, account);
  if (found.ok) return { ...found, code };
  if (found.reason === 'locked') throw tooMany(response, found.retryAfterS);
  throw notFound('code');
}

function tooMany(response: Response, retryAfterS: number): ApiFailure {
  response.set('Retry-After', String(retryAfterS));
  return new ApiFailure(429, 'locked', `Too many tries. Try again in ${retryAfterS} s.`);
}
