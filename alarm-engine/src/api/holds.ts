import { type HoldList, holdList } from '@fenghuo/contracts/rest.ts';
import { areaPattern } from '../access/area-scope.ts';
import { maskHold } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { listOpenHolds } from '../store/sql/list-open-holds.ts';
import type { ApiContext, Route } from './route.ts';

/** What is out of service or under test. Begun and ended by commands. */
export function holdRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/holds',
      needs: 'live',
      shape: {
        summary: { zh: '停用与测试', en: 'What is out of service or under test' },
        answers: { 200: holdList },
      },
      handle: async ({ response, session, scope }) => {
        const holds = await listOpenHolds(db, { county, areaPattern: areaPattern(scope) });
        const mayRead = mayUse(session.who, 'personal-data', county);
        const list: HoldList = { holds: mayRead ? holds : holds.map(maskHold) };
        response.json(list);
      },
    },
  ];
}
