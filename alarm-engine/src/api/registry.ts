import {
  commandAnswer,
  commandWaiting,
  type RegisterBuildings,
  type RegisterDevices,
} from '@fenghuo/contracts/commands.ts';
import {
  type BuildingList,
  type BuildingRegistration,
  buildingList,
  buildingToRegister,
  type DeviceImportReport,
  type DeviceToRegister,
  deviceImport,
  deviceImportReport,
  deviceToRegister,
  mostImportRows,
} from '@fenghuo/contracts/registry.ts';
import { apiError } from '@fenghuo/contracts/rest.ts';
import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import { z } from 'zod';
import { areaPattern } from '../access/area-scope.ts';
import { maskContact } from '../access/personal-data.ts';
import { mayUse } from '../access/rights.ts';
import { type CheckedDevices, checkDevices } from '../registry/device-import/check-devices.ts';
import { toWgs84 } from '../registry/device-import/convert-coordinates.ts';
import { type ImportRow, readImportRows } from '../registry/device-import/import-rows.ts';
import { squareAround } from '../registry/square-around.ts';
import { findBuilding } from '../store/sql/find-building.ts';
import { findKnownEstate } from '../store/sql/find-known-estate.ts';
import { listBuildings } from '../store/sql/list-buildings.ts';
import { ApiFailure } from './api-failure.ts';
import { act } from './commands.ts';
import { readBody, readParameter, readQuery } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

const pageQuery = z.object({
  /** Part of its name, or its id. */
  search: z.string().max(64).default(''),
  /** The `next` of the page before. */
  after: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The registry of the running county: devices and buildings, listed, imported, changed and adopted. */
export function registryRoutes(context: ApiContext): Route[] {
  return [...deviceRegistration(context), ...buildingRegistration(context)];
}

function deviceRegistration(context: ApiContext): Route[] {
  const { commandDesk } = context;
  return [
    {
      method: 'post',
      path: '/devices/import',
      needs: 'register-devices',
      shape: {
        summary: { zh: '导入设备（可先试运行）', en: 'Import devices, or see what a file would do' },
        body: deviceImport,
        answers: {
          200: deviceImportReport,
          202: commandWaiting,
          409: commandAnswer,
          413: apiError,
          422: deviceImportReport,
        },
      },
      handle: async ({ request, response, session }) => {
        const wish = readBody(request, deviceImport);
        const read = readImportRows(wish.text, wish.format);
        const rows = read.ok ? read.rows : [];
        if (rows.length > mostImportRows)
          throw new ApiFailure(413, 'too-large', `A file has ${mostImportRows} rows at most.`);
        const checked = read.ok
          ? await check(context, rows, wish.coordinates)
          : { devices: [], errors: [read.error], warnings: [] };
        const report = reportOf(checked, { dryRun: wish.dryRun, rows: rows.length });
        if (report.errorCount > 0 && !wish.dryRun) return void response.status(422).json(report);
        const devices = checked.devices.filter(({ outcome }) => outcome !== 'same');
        if (wish.dryRun || devices.length === 0) return void response.json(report);
        const subject = (wish.name || 'devices').slice(0, 64);
        const command: RegisterDevices = {
          ...{ id: wish.id, seat: '', reason: '', act: 'register-devices' as const, subject },
          devices: devices.map(({ device }) => device),
        };
        const answer = await act(commandDesk, session.who, command, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer.ok ? report : answer);
      },
    },
    {
      method: 'put',
      path: '/devices/:id',
      needs: 'register-devices',
      shape: {
        summary: { zh: '登记或接纳一台设备', en: 'Register, change or adopt one device' },
        body: deviceToRegister,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const id = readParameter(request, 'id');
        const wish = readBody(request, deviceToRegister);
        if (!isDeviceId(id))
          throw new ApiFailure(
            400,
            'invalid',
            '编号只能用字母、数字和 ._:- / An id has letters, digits and ._:- only',
          );
        const { devices, errors } = await check(context, [rowOf(id, wish)], wish.coordinates);
        const [fault] = errors;
        if (fault !== undefined)
          throw new ApiFailure(400, 'invalid', `${fault.message.zh} / ${fault.message.en}`);
        const { command, reason } = wish;
        const body: RegisterDevices = {
          ...{ id: command, seat: '', reason, act: 'register-devices' as const, subject: id },
          devices: devices.map(({ device }) => device),
        };
        const answer = await act(commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

function buildingRegistration({ db, county, commandDesk }: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/buildings',
      needs: 'live',
      shape: {
        summary: { zh: '建筑列表', en: 'Buildings' },
        query: pageQuery,
        answers: { 200: buildingList },
      },
      handle: async ({ request, response, scope, session }) => {
        const wish = readQuery(request, pageQuery);
        const found = await listBuildings(db, { county, areaPattern: areaPattern(scope), ...wish });
        const mayRead = mayUse(session.who, 'personal-data', county);
        const page: BuildingList = {
          buildings: mayRead
            ? found
            : found.map((one) => ({ ...one, keyholder: one.keyholder && maskContact(one.keyholder) })),
          next: found.length === wish.limit ? (found.at(-1)?.id ?? null) : null,
        };
        response.json(page);
      },
    },
    {
      method: 'put',
      path: '/buildings/:id',
      needs: 'register-buildings',
      shape: {
        summary: { zh: '登记或修改一栋建筑', en: 'Register or change one building' },
        body: buildingToRegister,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const id = readParameter(request, 'id');
        const { command, reason, coordinates, ...wish } = readBody(request, buildingToRegister);
        if (!isDeviceId(id))
          throw new ApiFailure(
            400,
            'invalid',
            '编号只能用字母、数字和 ._:- / An id has letters, digits and ._:- only',
          );
        const { areas } = await findKnownEstate(db, county, { buildings: [], devices: [], cameraCodes: [] });
        if (!areas.has(wish.area))
          throw new ApiFailure(400, 'invalid', '没有这个辖区代码 / There is no such area');
        const before = await findBuilding(db, { county, id, areaPattern: '%', unit: null });
        const [lon, lat] = toWgs84([wish.lon, wish.lat], coordinates);
        const stays = before !== null && before.lon === lon && before.lat === lat;
        const building: BuildingRegistration = {
          ...{ ...wish, id, lon, lat },
          footprint: stays ? before.footprint : squareAround(lon, lat),
        };
        const body: RegisterBuildings = {
          ...{ id: command, seat: '', reason, act: 'register-buildings' as const, subject: id },
          buildings: [building],
        };
        const answer = await act(commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

async function check(
  { db, county }: ApiContext,
  rows: readonly ImportRow[],
  coordinates: DeviceToRegister['coordinates'],
): Promise<CheckedDevices> {
  const named = (field: 'id' | 'building' | 'parent' | 'camera_code') => [
    ...new Set(rows.flatMap(({ texts }) => texts[field] ?? [])),
  ];
  const known = await findKnownEstate(db, county, {
    buildings: named('building'),
    devices: [...named('id'), ...named('parent')],
    cameraCodes: named('camera_code'),
  });
  return checkDevices(rows, coordinates, known);
}

/** Of errors and warnings, so many are told. */
const told = 100;
const shown = 8;

function reportOf(
  { devices, errors, warnings }: CheckedDevices,
  facts: Pick<DeviceImportReport, 'dryRun' | 'rows'>,
): DeviceImportReport {
  const counts = { added: 0, adopted: 0, changed: 0, same: 0 };
  for (const { outcome } of devices) counts[outcome]++;
  const sorted = errors.toSorted((a, b) => a.row - b.row);
  return {
    ...facts,
    counts,
    errors: sorted.slice(0, told),
    errorCount: errors.length,
    warnings: warnings.slice(0, told),
    warningCount: warnings.length,
    sample: devices.slice(0, shown).map(({ device, outcome }) => {
      const { id, type, area, building, floor, room, lon, lat } = device;
      return { id, type, area, building, floor, room, lon, lat, outcome };
    }),
  };
}

/** A wish of one device, as a file would have it. */
function rowOf(id: string, wish: DeviceToRegister): ImportRow {
  const texts: ImportRow['texts'] = { id };
  for (const field of ['type', 'area', 'building', 'floor', 'room', 'lon', 'lat', 'parent'] as const) {
    const value = wish[field];
    if (value !== undefined) texts[field] = value === null ? '' : `${value}`;
  }
  return { row: 1, texts };
}
