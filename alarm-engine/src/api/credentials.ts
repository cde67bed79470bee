import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  apiError,
  type CredentialPage,
  type CredentialRequest,
  credentialPage,
  credentialRequest,
  issuedCredential,
} from '@fenghuo/contracts/rest.ts';
import { z } from 'zod';
import { issueCredential } from '../access/credentials.ts';
import { listCredentials } from '../store/sql/list-credentials.ts';
import { revokeCredential } from '../store/sql/revoke-credential.ts';
import { ApiFailure } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  after: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/**
 * MQTT credentials. An issue goes on the record first and into the table after that, so that none is unrecorded;
 * a revocation works first, since it must work while no writer runs.
 */
export function credentialRoutes(context: ApiContext): Route[] {
  const { db, county, clock, commandDesk } = context;
  return [
    {
      method: 'get',
      path: '/credentials',
      needs: 'credentials',
      shape: {
        summary: { zh: 'MQTT 凭证列表', en: 'MQTT credentials' },
        query: pageQuery,
        answers: { 200: credentialPage },
      },
      handle: async ({ request, response }) => {
        const { after, limit } = readQuery(request, pageQuery);
        const credentials = await listCredentials(db, { county, after, limit });
        const next = credentials.length === limit ? (credentials.at(-1)?.username ?? null) : null;
        const page: CredentialPage = { credentials, next };
        response.json(page);
      },
    },
    {
      method: 'post',
      path: '/credentials',
      needs: 'issue-credential',
      shape: {
        summary: { zh: '签发 MQTT 凭证', en: 'Issue an MQTT credential' },
        body: credentialRequest,
        answers: { 201: issuedCredential, 202: commandWaiting, 409: apiError },
      },
      handle: async ({ request, response, session }) => {
        const wish = readBody(request, credentialRequest);
        if ('area' in wish && !wish.area.startsWith(county))
          throw new ApiFailure(400, 'invalid', 'The area lies outside of the county.');
        const [before] = await listCredentials(db, { county, exactly: wish.username, limit: 1 });
        if (before !== undefined && before.kind !== wish.kind)
          throw new ApiFailure(409, 'name-taken', `There is a ${before.kind} of this name.`);
        const deed = { act: 'issue-credential', subject: wish.username, detail: useOf(wish) } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        response.status(201).json(await issueCredential(context, wish));
      },
    },
    {
      method: 'post',
      path: '/credentials/:name/revoke',
      needs: 'revoke-credential',
      shape: {
        summary: { zh: '吊销 MQTT 凭证', en: 'Revoke an MQTT credential' },
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session }) => {
        const name = readParameter(request, 'name');
        if (!(await revokeCredential(db, { county, username: name, now: new Date(clock()) })))
          throw new ApiFailure(404, 'not-found', 'There is no such credential that still opens anything.');
        const deed = { act: 'revoke-credential', subject: name, detail: '' } as const;
        if (await onRecord(commandDesk, session.who, deed, response)) response.status(204).end();
      },
    },
  ];
}

function useOf(wish: CredentialRequest): string {
  if (wish.kind === 'device') return `device ${wish.device}`;
  return 'area' in wish ? `bridge of ${wish.area}` : `bridge of ${wish.devices.length} devices`;
}
