import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstNeighbours, readEstate } from './read-estate.ts';

let folder: string;
const county = { code: '331081', nameZh: '温岭市', nameEn: 'Wenling', casePrefix: 'WL', seed: 1, demo: true };
const place = { area: '331081001003-01', lon: 121.4, lat: 28.4 };
const building = {
  id: 'B1',
  ...place,
  nameZh: '1 号楼',
  nameEn: null,
  use: 'residential',
  floors: 3,
  footprint: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
  keyholder: null,
};
const camera = { code: '泽国-1', heading: 0, fieldOfView: 90, streamUrl: '/x' };
const device = (id: string, facts: object) => ({
  id,
  type: 'smoke',
  ...place,
  building: 'B1',
  floor: 1,
  room: '101 室',
  parent: null,
  camera: null,
  ...facts,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-read-estate-'));
  await writeFile(join(folder, 'county.json'), JSON.stringify(county));
  await write('buildings', [building]);
});
afterEach(() => rm(folder, { recursive: true }));

test('devices know their buildings and buildings their devices, over any number of chunks', async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => device(`S${i}`, {}));
  await write('devices', [
    ...many,
    device('V1', { type: 'camera', building: null, floor: null, room: null, camera }),
  ]);
  const estate = await readEstate(folder);
  expect(estate.county.code).toBe('331081');
  expect(estate.devices.map(({ id }) => id)).toEqual([...many.map(({ id }) => id), 'V1']);
  expect(estate.buildings[0]?.devices).toHaveLength(20_000);
  expect(estate.devices[0]).toMatchObject({ building: { id: 'B1', use: 'residential' }, room: '101 室' });
  expect(estate.devices.at(-1)).toMatchObject({ type: 'camera', building: null });
});

test('a line that is no device is named', async () => {
  await write('devices', [device('S1', {}), device('S2', { type: 'teapot' })]);
  await expect(readEstate(folder)).rejects.toThrow(/devices\.ndjson line 2/);
});

test('the first of a type in a building', async () => {
  await write('devices', [
    device('S1', { building: null }),
    device('H1', { type: 'heat' }),
    device('S2', {}),
  ]);
  expect(await firstNeighbours(folder, 'smoke', 1)).toEqual(['S2']);
  expect(await firstNeighbours(folder, 'gas', 2)).toEqual([]);
});

function write(name: string, lines: object[]): Promise<void> {
  return writeFile(join(folder, `${name}.ndjson`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
