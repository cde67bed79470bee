import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  EstateArea,
  EstateBuilding,
  EstateCounty,
  EstateDevice,
  EstatePerson,
  EstateUnit,
} from '@fenghuo/contracts/estate.ts';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { importEstate } from '../src/registry/import-estate.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const log = pino({ level: 'silent' });
const county: EstateCounty = {
  code: '331081',
  nameZh: '温岭市',
  nameEn: 'Wenling',
  casePrefix: 'WL',
  seed: 7,
  demo: true,
};
const place = { lon: 121.37, lat: 28.46 };
const areas: EstateArea[] = [
  { code: '331081', parent: null, level: 'county', nameZh: '温岭市', nameEn: 'Wenling', ...place },
  { code: '331081100', parent: '331081', level: 'township', nameZh: '泽国镇', nameEn: 'Zeguo', ...place },
  { code: '331081100203', parent: '331081100', level: 'village', nameZh: '牧屿社区', nameEn: null, ...place },
  {
    code: '331081100203-02',
    parent: '331081100203',
    level: 'grid',
    nameZh: '第二网格',
    nameEn: null,
    ...place,
  },
];
const building: EstateBuilding = {
  id: 'b1',
  area: '331081100203-02',
  nameZh: '牧屿社区 12 号楼',
  nameEn: 'Block 12\tof "Muyu"\\',
  use: 'residential',
  floors: 6,
  ...place,
  footprint: [
    [121.37, 28.46],
    [121.371, 28.46],
    [121.371, 28.461],
  ],
  keyholder: { name: '王师傅', phone: '13800000000' },
};
const detector = (id: string, parent: string | null): EstateDevice => ({
  id,
  type: parent === null ? 'concentrator' : 'smoke',
  area: building.area,
  building: building.id,
  floor: 3,
  room: '302\n里间',
  ...place,
  parent,
  camera: null,
});
const camera: EstateDevice = {
  id: 'cam-1',
  type: 'camera',
  area: '331081100',
  building: null,
  floor: null,
  room: null,
  ...place,
  parent: null,
  camera: { code: '泽国-0231', heading: 90, fieldOfView: 70, streamUrl: '/streams/1.m3u8' },
};
const units: EstateUnit[] = [
  {
    id: 'u1',
    level: 'county',
    area: '331081',
    parent: null,
    nameZh: '指挥中心',
    nameEn: 'Command',
    ...place,
    capabilities: [],
  },
  {
    id: 'u2',
    level: 'team',
    area: '331081100',
    parent: 'u1',
    nameZh: '泽国队',
    nameEn: 'Zeguo team',
    ...place,
    capabilities: ['fire', 'a "b", {c}\\'],
  },
];
const people: EstatePerson[] = [
  { id: 'p1', unit: 'u2', name: '张三', post: '队长', phone: '', onDuty: true, dutyPost: 'mobile' },
];
const devices = [detector('hub-1', null), detector('smoke-1', 'hub-1'), camera];

let database: TestDatabase;
let app: pg.Client;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await connectClient({ url: database.appUrl, name: 'test app' });
  owner = await connectClient({ url: database.ownerUrl, name: 'test owner' });
});
afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-estate-'));
  writeFileSync(join(folder, 'county.json'), JSON.stringify(county));
  const rows = { areas, buildings: [building], devices, units, people };
  for (const [name, list] of Object.entries(rows))
    writeFileSync(fileOf(name), list.map((row) => `${JSON.stringify(row)}\n`).join(''));
  mkdirSync(join(folder, 'base-map'));
  for (const name of ['land', 'county', 'neighbours', 'townships'])
    writeFileSync(join(folder, 'base-map', `${name}.geojson`), '{"type":"FeatureCollection","features":[]}');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await owner.query('truncate fenghuo.county cascade');
});

const fileOf = (name: string) => join(folder, `${name}.ndjson`);
const add = (name: string, line: unknown) =>
  appendFileSync(fileOf(name), `${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
const importIt = (client = app) => importEstate({ client, folder, log });
const count = async (table: string) => (await owner.query(`select from fenghuo.${table}`)).rowCount;

test.each([
  ['the running server', () => app],
  ['the owner, who loads faster', () => owner],
])('an estate is imported whole by %s', async (_, client) => {
  const indexes = async () =>
    (await owner.query(`select indexdef from pg_indexes where tablename = 'device' order by 1`)).rows;
  const foreignKeys = async () =>
    (
      await owner.query(
        `select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = 'fenghuo.device'::regclass order by 1`,
      )
    ).rows;
  const before = [await indexes(), await foreignKeys()];
  expect(await importIt(client())).toMatchObject({
    areas: 4,
    buildings: 1,
    devices: 3,
    units: 2,
    people: 1,
    directoryNo: 1,
  });
  expect([await indexes(), await foreignKeys()]).toEqual(before);
  const asked = async (statement: string) => (await owner.query<Record<string, unknown>>(statement)).rows;
  expect(
    await asked(
      'select no, id, type, adopted, building, room, parent, camera from fenghuo.device order by no',
    ),
  ).toEqual([
    {
      no: 0,
      id: 'hub-1',
      type: 'concentrator',
      adopted: true,
      building: 'b1',
      room: '302\n里间',
      parent: null,
      camera: null,
    },
    {
      no: 1,
      id: 'smoke-1',
      type: 'smoke',
      adopted: true,
      building: 'b1',
      room: '302\n里间',
      parent: 'hub-1',
      camera: null,
    },
    {
      no: 2,
      id: 'cam-1',
      type: 'camera',
      adopted: true,
      building: null,
      room: null,
      parent: null,
      camera: camera.camera,
    },
  ]);
  expect(await asked('select name_en, footprint, keyholder_name from fenghuo.building')).toEqual([
    { name_en: building.nameEn, footprint: building.footprint, keyholder_name: '王师傅' },
  ]);
  expect(await asked('select capabilities from fenghuo.unit order by id')).toEqual(
    units.map(({ capabilities }) => ({ capabilities })),
  );
  expect(await asked('select demo, seed from fenghuo.county')).toEqual([{ demo: true, seed: 7 }]);
  expect(await count('base_map')).toBe(4);
});

test('progress runs up to one', async () => {
  const told: number[] = [];
  await importEstate({ client: app, folder, log, onProgress: (_, fraction = 0) => told.push(fraction) });
  expect(told).toEqual(told.toSorted());
  expect(told.at(-1)).toBe(1);
});

test('devices of a second county go on where the numbers end', async () => {
  await importIt();
  const second = (text: string) =>
    text.replaceAll('331081', '331082').replace(/"(id|parent|unit|building)":"/g, '"$1":"x-');
  const rows = { areas, buildings: [building], devices: [detector('hub-1', null)], units, people };
  for (const [name, list] of Object.entries(rows))
    writeFileSync(
      fileOf(name),
      list
        .map((row) => `${second(JSON.stringify(row)).replaceAll('"parent":"x-331', '"parent":"331')}\n`)
        .join(''),
    );
  writeFileSync(join(folder, 'county.json'), second(JSON.stringify(county)));
  await importIt();
  const found = await owner.query(`select no from fenghuo.device where county = '331082'`);
  expect(found.rows).toEqual([{ no: 3 }]);
});

test('refused: the county has devices already', async () => {
  await importIt();
  await expect(importIt()).rejects.toMatchObject({
    reason: 'estate-clash',
    message: expect.stringContaining('has devices already'),
  });
});

test('refused: real data into a county of demo data', async () => {
  await owner.query(`insert into fenghuo.county values ('331081', '温岭市', 'Wenling', 'WL', 1, true)`);
  writeFileSync(join(folder, 'county.json'), JSON.stringify({ ...county, demo: false }));
  await expect(importIt()).rejects.toMatchObject({
    reason: 'estate-clash',
    message: expect.stringContaining('demo data for good'),
  });
});

test('refused: an area that is stored already; the connection can be used again', async () => {
  await owner.query(`insert into fenghuo.county values ('331081', '温岭市', 'Wenling', 'WL', 1, true)`);
  await owner.query(`insert into fenghuo.area values ('331081100', '331081', null, 'county', '', '', 0, 0)`);
  await expect(importIt()).rejects.toMatchObject({
    reason: 'estate-clash',
    message: expect.stringContaining('331081100'),
  });
  await owner.query('delete from fenghuo.area');
  expect((await importIt()).devices).toBe(3);
});

test.each<[string, string, unknown, string]>([
  ['is not JSON', 'devices', '{"id":', 'devices.ndjson:4: is not JSON'],
  [
    'has a field of the wrong type',
    'devices',
    { ...camera, id: 'c2', floor: 'three' },
    'devices.ndjson:4: floor: ',
  ],
  ['has a NUL', 'people', { ...people[0], id: 'p2', name: 'a\u0000b' }, 'people.ndjson:2: holds a NUL'],
  [
    'has half a surrogate pair',
    'people',
    { ...people[0], id: 'p2', name: '\ud83d' },
    'people.ndjson:2: holds a NUL',
  ],
  [
    'names an unknown building',
    'devices',
    { ...camera, id: 'c2', building: 'b9' },
    'devices.ndjson:4: building: b9 is not known',
  ],
  [
    'names a parent that comes later',
    'devices',
    { ...detector('s2', 'hub-2') },
    'devices.ndjson:4: parent: hub-2 is not known',
  ],
  [
    'repeats an id',
    'devices',
    detector('hub-1', null),
    'devices.ndjson:4: id: hub-1 stands here a second time',
  ],
  [
    'repeats the code of a camera',
    'devices',
    { ...camera, id: 'cam-2' },
    'devices.ndjson:4: camera.code: 泽国-0231 stands here a second time',
  ],
  [
    'lies in another county',
    'areas',
    { ...areas[1], code: '331082100' },
    'areas.ndjson:5: code: 331082100 lies outside',
  ],
  [
    'lies outside of its parent',
    'areas',
    { ...areas[2], code: '331081101203' },
    'areas.ndjson:5: parent: 331081101203 does not lie in 331081100',
  ],
  [
    'names an unknown unit',
    'people',
    { ...people[0], id: 'p2', unit: 'u9' },
    'people.ndjson:2: unit: u9 is not known',
  ],
])('refused whole: a line that %s', async (_, name, line, report) => {
  add(name, line);
  await expect(importIt()).rejects.toMatchObject({
    reason: 'estate-invalid',
    message: expect.stringContaining(report),
  });
  for (const table of ['county', 'area', 'device', 'person', 'directory']) expect(await count(table)).toBe(0);
});

test('the report shows the first twenty errors of all files, and counts the rest', async () => {
  add('buildings', { ...building, id: 'b2', floors: 0 });
  for (let i = 0; i < 30; i++) add('devices', 'nonsense');
  const refusal = (await importIt().catch((error: unknown) => error)) as Error;
  const lines = refusal.message.split('\n');
  expect(lines[0]).toBe(`The estate in ${folder} has 31 errors; nothing was imported:`);
  expect(lines[1]).toContain('buildings.ndjson:2: floors: ');
  expect(lines[20]).toBe('  devices.ndjson:22: is not JSON');
  expect(lines.slice(21)).toEqual(['  and 11 more']);
});

test.each(['county.json', 'units.ndjson', 'base-map/land.geojson'])(
  'refused: %s is missing',
  async (name) => {
    rmSync(join(folder, name));
    await expect(importIt()).rejects.toMatchObject({
      reason: 'estate-invalid',
      message: expect.stringContaining(`${name}: is missing`),
    });
  },
);
