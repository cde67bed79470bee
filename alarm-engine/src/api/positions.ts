import { positionToTell } from '@fenghuo/contracts/positions.ts';
import { areaPattern } from '../access/area-scope.ts';
import { deletePosition } from '../store/sql/delete-position.ts';
import { savePosition } from '../store/sql/save-position.ts';
import { notFound } from './api-failure.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Where people of teams are who share it. */
export function positionRoutes({ db, county, clock }: ApiContext): Route[] {
  return [
    {
      method: 'post',
      path: '/positions',
      needs: 'share-position',
      shape: {
        summary: { zh: '共享队员位置', en: 'Share where one is' },
        body: positionToTell,
        answers: { 204: 'nothing' },
      },
      handle: async ({ request, response, session: { who }, scope }) => {
        const { ageMs, ...told } = readBody(request, positionToTell);
        const member = {
          ...{ county, account: who.account, areaPattern: areaPattern(scope) },
          unit: who.unit ?? null,
        };
        const isKept = await savePosition(db, member, { ...told, at: new Date(clock() - ageMs) });
        if (!isKept) throw notFound('ticket');
        response.status(204).end();
      },
    },
    {
      method: 'delete',
      path: '/positions',
      needs: 'share-position',
      shape: {
        summary: { zh: '停止共享位置', en: 'Share no more where one is' },
        answers: { 204: 'nothing' },
      },
      handle: async ({ response, session: { who } }) => {
        await deletePosition(db, { county, account: who.account });
        response.status(204).end();
      },
    },
  ];
}
