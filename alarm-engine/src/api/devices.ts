import { areaPattern } from '../access/area-scope.ts';
import { findDevice } from '../store/sql/find-device.ts';
import { notFound } from './api-failure.ts';
import { readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

export function deviceRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/devices/:id',
      needs: 'live',
      handle: async ({ request, response, scope }) => {
        const id = readParameter(request, 'id');
        const device = await findDevice(db, { county, id, areaPattern: areaPattern(scope) });
        if (device === null) throw notFound('device');
        response.json(device);
      },
    },
  ];
}
