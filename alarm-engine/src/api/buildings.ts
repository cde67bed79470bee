import { type BuildingCard, buildingCard, buildingPlan } from '@fenghuo/contracts/rest.ts';
import { maskContact } from '../access/personal-data.ts';
import { reachValues } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import { findBuilding } from '../store/sql/find-building.ts';
import { findBuildingPlan } from '../store/sql/find-building-plan.ts';
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
        const building = await findBuilding(db, { county, id, ...reachValues(scope) });
        if (building === null) throw notFound('building');
        response.json(mayUse(session.who, 'personal-data', county) ? building : masked(building));
      },
    },
    {
      method: 'get',
      path: '/buildings/:id/plan',
      needs: 'live',
      shape: {
        summary: { zh: '建筑轮廓与各层设备', en: 'Outline of a building and its devices by floor' },
        answers: { 200: buildingPlan },
      },
      handle: async ({ request, response, scope }) => {
        const id = readParameter(request, 'id');
        const plan = await findBuildingPlan(db, { county, id, ...reachValues(scope) });
        if (plan === null) throw notFound('building');
        response.json(plan);
      },
    },
  ];
}

function masked(building: BuildingCard): BuildingCard {
  return { ...building, keyholder: building.keyholder && maskContact(building.keyholder) };
}
