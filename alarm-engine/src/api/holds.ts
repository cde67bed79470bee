import type { HoldList } from '@fenghuo/contracts/rest.ts';
import { areaPattern } from '../access/area-scope.ts';
import { listOpenHolds } from '../store/sql/list-open-holds.ts';
import type { ApiContext, Route } from './route.ts';

/** What is out of service or under test. Begun and ended by commands. */
export function holdRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/holds',
      needs: 'live',
      handle: async ({ response, scope }) => {
        const holds = await listOpenHolds(db, { county, areaPattern: areaPattern(scope) });
        const list: HoldList = { holds };
        response.json(list);
      },
    },
  ];
}
