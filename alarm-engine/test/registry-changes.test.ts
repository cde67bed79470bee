import { randomUUID } from 'node:crypto';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { BuildingList, DeviceImportReport } from '@fenghuo/contracts/registry.ts';
import type { DevicePage } from '@fenghuo/contracts/rest.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { insertShippedWorkflow } from '../src/store/sql/insert-shipped-workflow.ts';
import type { History } from './history.ts';
import { county } from './small-county.ts';
import { enter, type TestWeb } from './test-web.ts';
import { startToldHistory } from './told-history.ts';

let web: TestWeb;
let history: History;
let administrator: string;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const told = await startToldHistory((outside) =>
    insertShippedWorkflow(outside, { county, ...shippedWorkflow(), digest: '' }),
  );
  ({ web, history, administrator } = told);
  ends.push(told.stop);
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const importFile = (text: string, more: object = {}) =>
  web.call('POST', '/api/v1/devices/import', {
    as: administrator,
    body: {
      id: randomUUID(),
      format: 'csv',
      coordinates: 'wgs84',
      dryRun: false,
      name: 'a.csv',
      text,
      ...more,
    },
  });
const adopt = (id: string, more: object = {}) =>
  web.call('PUT', `/api/v1/devices/${id}`, {
    as: administrator,
    body: { command: randomUUID(), coordinates: 'wgs84', type: 'smoke', building: 'B1', floor: 3, ...more },
  });
const numbers = async () =>
  (
    await web.pool.query<{ id: string; no: number }>('select id, no from fenghuo.device order by no')
  ).rows.map(({ id, no }) => `${no} ${id}`);

async function alarmOf(device: string): Promise<AlarmRecord | undefined> {
  await history.say(history.event({ deviceId: device, kind: 'smoke' }));
  return (await history.documents<AlarmRecord>('alarm')).findLast((alarm) => alarm.device === device);
}

test('dry run → nothing; import → the writer knows the device at once, and after a restart by the same number', async () => {
  const before = await numbers();
  const csv =
    'id,type,building,floor,room,parent\nS-9,smoke,B1,2,"<script>alert(1)</script>",K-9\nK-9,concentrator,B1,1,,';
  const looked = (await (await importFile(csv, { dryRun: true })).json()) as DeviceImportReport;
  expect(looked).toMatchObject({ rows: 2, counts: { added: 2 }, errorCount: 0 });
  expect(await numbers()).toEqual(before);

  const response = await importFile(csv);
  expect([response.status, ((await response.json()) as DeviceImportReport).counts]).toEqual([
    200,
    { added: 2, adopted: 0, changed: 0, same: 0 },
  ]);
  expect(await alarmOf('S-9')).toMatchObject({ building: 'B1', floor: 2, deviceType: 'smoke' });
  expect(await alarmOf('STRANGER-1')).toMatchObject({ building: null });
  expect((await importFile('id,type,building,floor\nS-10,smoke,B1,4')).status).toBe(200);
  expect(await alarmOf('S-10')).toMatchObject({ building: 'B1', floor: 4 });
  expect(await numbers()).toEqual([...before, '6 S-9', '7 K-9', '8 STRANGER-1', '9 S-10']);
  await history.stop();
  await history.start();
  await importFile('id,type,building,floor\nS-11,smoke,B2,2');
  expect(await alarmOf('S-11')).toMatchObject({ building: 'B2' });
  const { rows } = await web.pool.query(
    `select subject, detail::jsonb ->> 'added' as added from fenghuo.audit where act = 'register-devices' order by no`,
  );
  expect(rows[0]).toEqual({ subject: 'a.csv', added: '2' });
});

test('one fault in a file → 422 with its line, nothing of the file is done', async () => {
  const before = await numbers();
  const response = await importFile('id,type,building\nS-9,smoke,B1\nS-10,smoke,B9');
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as DeviceImportReport;
  expect(errors).toMatchObject([{ row: 3, field: 'building' }]);
  expect(await numbers()).toEqual(before);
});

test('more rows than a file may have → refused; the same command twice → done once', async () => {
  const many = Array.from({ length: 10_001 }, (_, i) => `S-x${i},smoke,B1`);
  expect((await importFile(['id,type,building', ...many].join('\n'))).status).toBe(413);
  const id = randomUUID();
  for (const _ of [1, 2]) await importFile('id,type,building\nS-9,smoke,B1', { id });
  const { rows } = await web.pool.query(`select from fenghuo.audit where act = 'register-devices'`);
  expect(rows).toHaveLength(1);
});

test('10,000 devices in one file: one transaction, and the writer goes on', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `S-x${i},smoke,B1,${(i % 6) + 1}`);
  const response = await importFile(['id,type,building,floor', ...many].join('\n'));
  expect([200, 202]).toContain(response.status);
  expect(await alarmOf('S-x9999')).toMatchObject({ building: 'B1', floor: 4 });
}, 30_000);

test('a stranger speaks → its alarm lies nowhere → adopted → the next lies in its building; it left the list', async () => {
  expect(await alarmOf('NEW-1')).toMatchObject({ building: null });
  const waiting = async () =>
    (
      (await (
        await web.call('GET', '/api/v1/devices?adopted=false', { as: administrator })
      ).json()) as DevicePage
    ).devices;
  expect((await waiting()).map(({ id }) => id)).toEqual(['NEW-1']);
  expect((await adopt('NEW-1', { building: 'B9' })).status).toBe(400);
  expect((await adopt('NEW-1')).status).toBe(200);
  expect(await waiting()).toEqual([]);
  await history.say(history.event({ deviceId: 'NEW-1', kind: 'restore', state: 'normal' }));
  await history.say(history.event({ deviceId: 'NEW-1', kind: 'heat' }));
  const [heat] = (await history.documents<AlarmRecord>('alarm')).filter(({ kind }) => kind === 'heat');
  expect(heat).toMatchObject({ device: 'NEW-1', deviceType: 'smoke', building: 'B1', floor: 3 });
});

test('a detector is found by its id, its room, its building or its camera code', async () => {
  const find = async (search: string, as = administrator) =>
    (
      (await (
        await web.call('GET', `/api/v1/devices?search=${encodeURIComponent(search)}`, { as })
      ).json()) as DevicePage
    ).devices.map(({ id }) => id);
  expect(await find('s-1')).toEqual(['S-1']);
  expect(await find('501')).toEqual(['S-1']);
  expect(await find('12 号楼')).toEqual(['S-1', 'H-1']);
  expect(await find('0231')).toEqual(['C-1']);
  expect(await find('%')).toEqual([]);
  expect(await find('s-1', await enter(web, 'viewer', '331081101', 'songmen'))).toEqual([]);
});

test('a building gets another name and key-holder → listed, in the next alarm, the number on no record', async () => {
  const wish = {
    ...{
      command: randomUUID(),
      coordinates: 'wgs84',
      area: '331081100203-02',
      nameZh: '<b>新楼</b>',
      use: 'school',
    },
    ...{ floors: 7, lon: 121.37, lat: 28.49, keyholder: { name: '李四', phone: '13812345678' } },
  };
  expect((await web.call('PUT', '/api/v1/buildings/B1', { as: administrator, body: wish })).status).toBe(200);
  const list = async (as: string) =>
    (await (await web.call('GET', '/api/v1/buildings?search=新楼', { as })).json()) as BuildingList;
  const [building] = (await list(administrator)).buildings;
  expect(building).toMatchObject({ id: 'B1', use: 'school', floors: 7, devices: 2 });
  expect((await list(await enter(web, 'viewer'))).buildings[0]?.keyholder?.phone).not.toBe('13812345678');
  await alarmOf('S-1');
  expect(JSON.stringify(await history.documents('incident'))).toContain('<b>新楼</b>');
  const { rows } = await web.pool.query(`select detail from fenghuo.audit where act = 'register-buildings'`);
  expect(JSON.stringify(rows)).not.toContain('13812345678');
});
