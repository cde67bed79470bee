import {
  type CarrierSourceList,
  carrierSourceIssued,
  carrierSourceList,
  carrierSourceRequest,
} from '@fenghuo/contracts/carrier.ts';
import { commandWaiting } from '@fenghuo/contracts/commands.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import { mayGive } from '../access/area-scope.ts';
import { issueCarrierSource } from '../access/carrier-sources.ts';
import { findCarrierSource } from '../store/sql/find-carrier-source.ts';
import { listCarrierSources } from '../store/sql/list-carrier-sources.ts';
import { revokeCarrierSource } from '../store/sql/revoke-carrier-source.ts';
import { ApiFailure, notFound } from './api-failure.ts';
import { onRecord } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Who may push: sources of carrier clouds. Each act is on the record before it is done. */
export function carrierSourceRoutes(context: ApiContext): Route[] {
  const { db, county, commandDesk } = context;
  return [
    {
      method: 'get',
      path: '/carrier-sources',
      needs: 'carrier-sources',
      shape: {
        summary: { zh: '运营商推送源', en: 'Sources of carrier clouds' },
        answers: { 200: carrierSourceList },
      },
      handle: async ({ response }) => {
        const list: CarrierSourceList = { sources: await listCarrierSources(db, county) };
        response.json(list);
      },
    },
    {
      method: 'post',
      path: '/carrier-sources',
      needs: 'issue-carrier-source',
      shape: {
        summary: { zh: '签发推送源', en: 'Issue a source' },
        body: carrierSourceRequest,
        answers: { 201: carrierSourceIssued, 202: commandWaiting, 409: apiError },
      },
      handle: async ({ request, response, session, scope }) => {
        const wish = readBody(request, carrierSourceRequest);
        if (!mayGive(scope, wish.area))
          throw new ApiFailure(400, 'invalid', 'The area lies in another county.');
        if (await stands(context, wish.source)) throw taken;
        const detail = `${wish.dialect} for ${wish.area}`;
        const deed = { act: 'issue-carrier-source', subject: wish.source, detail } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        const issued = await issueCarrierSource(context, wish, session.who.account).catch(unknownArea);
        if (issued === null) throw taken;
        response.status(201).json(issued);
      },
    },
    {
      method: 'delete',
      path: '/carrier-sources/:source',
      needs: 'revoke-carrier-source',
      shape: {
        summary: { zh: '吊销推送源', en: 'Revoke a source' },
        answers: { 202: commandWaiting, 204: 'nothing' },
      },
      handle: async ({ request, response, session }) => {
        const source = readParameter(request, 'source');
        if (!(await stands(context, source))) throw notFound('source');
        const deed = { act: 'revoke-carrier-source', subject: source, detail: '' } as const;
        if (!(await onRecord(commandDesk, session.who, deed, response))) return;
        await revokeCarrierSource(db, { county, source });
        response.status(204).end();
      },
    },
  ];
}

const taken = new ApiFailure(409, 'source-taken', 'A source of this name stands. Revoke it first.');

/** Asked before an act goes on the record, so that what is refused does not stand there. */
async function stands({ db, county }: ApiContext, source: string): Promise<boolean> {
  const found = await findCarrierSource(db, { county, source });
  return found?.revoked === false;
}

function unknownArea(error: unknown): never {
  if ((error as { code?: unknown }).code !== '23503') throw error;
  throw new ApiFailure(400, 'invalid', 'There is no such area.');
}
