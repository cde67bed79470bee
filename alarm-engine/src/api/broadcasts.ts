import { broadcastDetail, type OwnBroadcasts, ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import { areaPattern } from '../access/area-scope.ts';
import { maskBroadcast } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { findBroadcast } from '../store/sql/find-broadcast.ts';
import { listOwnBroadcasts } from '../store/sql/list-own-broadcasts.ts';
import { notFound } from './api-failure.ts';
import { readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** What was said to a level of the chain. Sent, and read, by commands. */
export function broadcastRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/broadcasts/mine',
      needs: 'live',
      shape: {
        summary: { zh: '发给本单位的通播', en: 'Broadcasts to the unit of the caller' },
        answers: { 200: ownBroadcasts },
      },
      handle: async ({ response, session }) => {
        const { unit } = session.who;
        const list: OwnBroadcasts = {
          broadcasts: unit === undefined ? [] : await listOwnBroadcasts(db, { county, unit }),
        };
        response.json(list);
      },
    },
    {
      method: 'get',
      path: '/broadcasts/:id',
      needs: 'live',
      shape: {
        summary: { zh: '一条通播及各单位是否已阅', en: 'A broadcast, and which units have read it' },
        answers: { 200: broadcastDetail },
      },
      handle: async ({ request, response, session, scope }) => {
        const id = readParameter(request, 'id');
        const found = await findBroadcast(db, { county, id, areaPattern: areaPattern(scope) });
        if (found === null) throw notFound('broadcast');
        const mayRead = mayUse(session.who, 'personal-data', county);
        response.json(mayRead ? found : { ...found, broadcast: maskBroadcast(found.broadcast) });
      },
    },
  ];
}
