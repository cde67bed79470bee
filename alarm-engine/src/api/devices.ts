import { type DevicePage, deviceCard, deviceLiveness, devicePage } from '@fenghuo/contracts/rest.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { areaPattern } from '../access/area-scope.ts';
import { reachValues } from '../access/reach.ts';
import { findDevice } from '../store/sql/find-device.ts';
import { listDevices } from '../store/sql/list-devices.ts';
import { notFound } from './api-failure.ts';
import { readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  /** Part of its id, its building's name, its camera code; or its room. */
  search: z.string().max(64).default(''),
  type: z.enum(deviceTypes).nullable().default(null),
  building: z.string().max(64).nullable().default(null),
  adopted: z.stringbool().nullable().default(null),
  liveness: z.enum(deviceLiveness).nullable().default(null),
  /** The `next` of the page before. */
  after: z.coerce.number().int().min(-1).max(2_147_483_647).default(-1),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export function deviceRoutes({ db, county }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/devices',
      needs: 'live',
      shape: { summary: { zh: '设备列表', en: 'Devices' }, query: pageQuery, answers: { 200: devicePage } },
      handle: async ({ request, response, scope }) => {
        const wish = readQuery(request, pageQuery);
        const found = await listDevices(db, { county, areaPattern: areaPattern(scope), ...wish });
        const last = found.length === wish.limit ? found.at(-1) : undefined;
        const page: DevicePage = { devices: found.map(({ no: _, ...card }) => card), next: last?.no ?? null };
        response.json(page);
      },
    },
    {
      method: 'get',
      path: '/devices/:id',
      needs: 'live',
      shape: { summary: { zh: '一台设备', en: 'One device' }, answers: { 200: deviceCard } },
      handle: async ({ request, response, scope }) => {
        const id = readParameter(request, 'id');
        const device = await findDevice(db, { county, id, ...reachValues(scope) });
        if (device === null) throw notFound('device');
        response.json(device);
      },
    },
  ];
}
