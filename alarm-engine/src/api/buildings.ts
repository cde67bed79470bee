import { type BuildingCard, buildingCard } from '@fenghuo/contracts/rest.ts';
import { areaPattern } from '../access/area-scope.ts';
import { maskContact } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { findBuilding } from '../store/sql/find-building.ts';
import { notFound } from './api-failure.ts';
import { readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

export function buildingRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/buildings/:id',
      needs: 'live',
      shape: { summary: { zh: '一栋建筑', en: 'One building' }, answers: { 200: buildingCard } },
      handle: async ({ request, response, scope, session }) => {
        const id = readParameter(request, 'id');
        const building = await findBuilding(db, { county, id, areaPattern: areaPattern(scope) });
        if (building === null) throw notFound('building');
        response.json(mayUse(session.who, 'personal-data', county) ? building : masked(building));
      },
    },
  ];
}

function masked(building: BuildingCard): BuildingCard {
  return { ...building, keyholder: building.keyholder && maskContact(building.keyholder) };
}
