import {
  type ApiTokenList,
  type ApiTokenRequest,
  apiTokenList,
  apiTokenRequest,
  issuedApiToken,
} from '@fenghuo/contracts/api-tokens.ts';
import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError, type WhoAmI } from '@fenghuo/contracts/rest.ts';
import { mayGive } from '../access/area-scope.ts';
import { grantableRights } from '../access/rights.ts';
import { listApiTokens } from '../store/sql/list-api-tokens.ts';
import { revokeApiToken } from '../store/sql/revoke-api-token.ts';
import { ApiFailure } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Tokens of programs. An issue goes on the record before it works, a revocation works before it is recorded. */
export function apiTokenRoutes(context: ApiContext): Route[] {
  const { db, county, clock, commandDesk, apiTokens } = context;
  return [
    {
      method: 'get',
      path: '/api-tokens',
      needs: 'api-tokens',
      shape: { summary: { zh: 'API 令牌列表', en: 'Tokens of programs' }, answers: { 200: apiTokenList } },
      handle: async ({ response, session }) => {
        const grantable = grantableRights(session.who, county);
        const list: ApiTokenList = { tokens: await listApiTokens(db, county), grantable };
        response.json(list);
      },
    },
    {
      method: 'post',
      path: '/api-tokens',
      needs: 'issue-api-token',
      shape: {
        summary: { zh: '签发 API 令牌', en: 'Issue a token' },
        body: apiTokenRequest,
        answers: { 201: issuedApiToken, 202: commandWaiting, 409: apiError },
      },
      handle: async ({ request, response, session, scope }) => {
        const wish = readBody(request, apiTokenRequest);
        if (!mayGive(scope, wish.area))
          throw new ApiFailure(400, 'invalid', 'The area lies outside of yours.');
        requireGrantable(session.who, wish, county);
        const standing = (await listApiTokens(db, county)).find(({ name }) => name === wish.name);
        if (standing !== undefined && standing.revokedAt === null && standing.expiresAt > clock())
          throw taken;
        const detail = `${wish.rights.join(' ')} in ${wish.area} for ${wish.days} d`;
        const deed = { act: 'issue-api-token', subject: wish.name, detail } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        const issued = await apiTokens.issue(wish, session.who.account);
        if (issued === null) throw taken;
        response.status(201).json(issued);
      },
    },
    {
      method: 'post',
      path: '/api-tokens/:name/revoke',
      needs: 'revoke-api-token',
      shape: {
        summary: { zh: '吊销 API 令牌', en: 'Revoke a token' },
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session }) => {
        const name = readParameter(request, 'name');
        if (!(await revokeApiToken(db, { county, name, now: new Date(clock()) })))
          throw new ApiFailure(404, 'not-found', 'There is no such token that still opens anything.');
        const deed = { act: 'revoke-api-token', subject: name, detail: '' } as const;
        if (await onRecord(commandDesk, session.who, deed, response)) response.status(204).end();
      },
    },
  ];
}

const taken = new ApiFailure(409, 'name-taken', 'A token of this name stands. Revoke it first.');

/** A right over the whole county is not given for a part of it, and none that the issuer lacks. */
function requireGrantable({ role }: WhoAmI, { rights, area }: ApiTokenRequest, county: string): void {
  const grantable: readonly string[] = grantableRights({ role, area }, county);
  const lacking = rights.find((right) => !grantable.includes(right));
  if (lacking !== undefined)
    throw new ApiFailure(400, 'invalid', `You cannot give the right ${lacking} in this area.`);
}
