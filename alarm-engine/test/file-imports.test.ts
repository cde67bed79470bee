import { randomUUID } from 'node:crypto';
import type { ChainPage, RosterPage } from '@fenghuo/contracts/chain.ts';
import type { BuildingList, FileReport } from '@fenghuo/contracts/registry.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { connectClient } from '../src/store/pool.ts';
import { insertShippedWorkflow } from '../src/store/sql/insert-shipped-workflow.ts';
import { History } from './history.ts';
import { county } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let history: History;
let administrator: string;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  web = await startTestWeb();
  const outside = await connectClient({ url: web.databaseUrl, name: 'outside' });
  const { workflow, text } = shippedWorkflow();
  await insertShippedWorkflow(outside, { county, workflow, text, digest: '' });
  history = new History(web.databaseUrl, outside);
  await history.start();
  administrator = await enter(web, 'administrator');
  ends.push(
    () => web.stop(),
    () => outside.end(),
    () => history.stop(),
  );
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const importFile = (kind: string, text: string, more: object = {}) =>
  web.call('POST', `/api/v1/${kind}/import`, {
    as: administrator,
    body: {
      ...{ id: randomUUID(), format: 'csv', coordinates: 'wgs84', dryRun: false, name: 'a.csv', text },
      ...more,
    },
  });
const roster = async (unit: string, as = administrator) =>
  ((await (await web.call('GET', `/api/v1/roster?unit=${unit}`, { as })).json()) as RosterPage).people;
const units =
  'id,level,name,area,parent,lon,lat,capabilities\nT-2,team,二队,331081100,U-zeguo,121.37,28.49,fire';

test('dry run → nothing; units, then their people → in the chain, put on duty by the writer, moved by hand; the record names no one', async () => {
  const looked = (await (await importFile('units', units, { dryRun: true })).json()) as FileReport;
  expect(looked).toMatchObject({ counts: { added: 1 }, errorCount: 0, sample: [{ id: 'T-2' }] });
  const chain = async () =>
    ((await (await web.call('GET', '/api/v1/chain?level=team', { as: administrator })).json()) as ChainPage)
      .units;
  expect((await chain()).map(({ id }) => id)).toEqual(['U-team']);
  expect((await importFile('units', units)).status).toBe(200);
  expect((await chain()).map(({ id }) => id)).toEqual(['T-2', 'U-team']);

  const people = '编号,姓名,单位,职务,电话,在岗\nP-9,欧阳明,T-2,队员,13812345678,是';
  expect((await importFile('people', people)).status).toBe(200);
  expect(await roster('T-2')).toMatchObject([
    { id: 'P-9', phone: '13812345678', title: '队员', onDuty: true },
  ]);
  expect((await roster('T-2', await enter(web, 'viewer')))[0]?.phone).not.toBe('13812345678');
  const off = { act: 'set-duty', id: randomUUID(), subject: 'P-9', post: null };
  expect((await web.call('POST', '/api/v1/commands', { as: administrator, body: off })).status).toBe(200);

  await history.stop();
  await history.start();
  const moved = {
    command: randomUUID(),
    name: '欧阳明',
    unit: 'U-team',
    title: '班长',
    phone: '13812345678',
  };
  expect((await web.call('PUT', '/api/v1/people/P-9', { as: administrator, body: moved })).status).toBe(200);
  expect(await roster('T-2')).toEqual([]);
  expect((await roster('U-team')).find(({ id }) => id === 'P-9')).toMatchObject({
    title: '班长',
    onDuty: false,
  });
  const { rows } = await web.pool.query(
    `select act, detail from fenghuo.audit where act like 'register-%' order by no`,
  );
  expect(rows.map(({ act }) => act)).toEqual(['register-units', 'register-people', 'register-people']);
  expect(JSON.stringify(rows)).not.toMatch(/欧阳|13812345678/);
});

test('one fault in a file → 422 with its line, nothing of it is done; buildings by GeoJSON are listed', async () => {
  const response = await importFile('people', 'id,name,unit\nP-9,王,U-team\nP-10,王,nowhere');
  expect(response.status).toBe(422);
  expect(((await response.json()) as FileReport).errors).toMatchObject([{ row: 3, field: 'unit' }]);
  expect((await roster('U-team')).map(({ id }) => id)).toEqual(['P3']);
  const geojson = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        ...{ type: 'Feature', id: 'B9', geometry: { type: 'Point', coordinates: [121.37, 28.49] } },
        properties: {
          name: '<img src=x onerror=alert(1)>',
          area: '331081100203-02',
          use: 'school',
          floors: 3,
        },
      },
    ],
  });
  expect((await importFile('buildings', geojson, { format: 'geojson' })).status).toBe(200);
  const page = await web.call('GET', '/api/v1/buildings?search=onerror', { as: administrator });
  const found = (await page.json()) as BuildingList;
  expect(found.buildings).toMatchObject([{ id: 'B9', floors: 3 }]);
});

test('a unit by hand: its level stays, its parent must stand above it', async () => {
  const put = async (id: string, more: object) =>
    (
      await web.call('PUT', `/api/v1/units/${id}`, {
        as: administrator,
        body: {
          ...{ command: randomUUID(), coordinates: 'wgs84', level: 'team', name: '三队', name_en: '' },
          ...{
            area: '331081100',
            parent: 'U-zeguo',
            lon: '121.3',
            lat: '28.4',
            capabilities: 'fire',
            ...more,
          },
        },
      })
    ).status;
  expect(await put('T-3', {})).toBe(200);
  expect(await put('T-3', { level: 'grid' })).toBe(400);
  expect(await put('T-4', { parent: 'U-team' })).toBe(400);
  expect(await put('T-3', { parent: 'U-village', name: '三队（新）' })).toBe(200);
});
