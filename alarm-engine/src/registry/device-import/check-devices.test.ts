import type { DeviceRegistration } from '@fenghuo/contracts/registry.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDevices, type KnownEstate } from './check-devices.ts';
import { type ImportRow, importFields, readImportRows } from './import-rows.ts';

const registered: DeviceRegistration = {
  ...{ id: 'S-1', type: 'smoke', area: '331081100203-02', building: 'B1', floor: 5, room: '501' },
  ...{ lon: 121.37, lat: 28.49, parent: null, camera: null },
};
const known: KnownEstate = {
  areas: new Set(['331081', '331081100203-02']),
  buildings: new Map([
    ['B1', { area: '331081100203-02', lon: 121.37, lat: 28.49 }],
    ['B2', { area: '331081', lon: 121.5, lat: 28.4 }],
  ]),
  devices: new Map([
    ['S-1', { registered }],
    ['NEW-1', { registered: null }],
  ]),
  cameraCodes: new Map([['泽国-0231', 'C-1']]),
};

function rows(csv: string): ImportRow[] {
  const read = readImportRows(csv, 'csv');
  if (!read.ok) throw new Error(read.error.message.en);
  return read.rows;
}
const check = (csv: string) => checkDevices(rows(csv), 'wgs84', known);
const faults = (csv: string) => check(csv).errors.map(({ row, field }) => [row, field]);

test('a row takes area and position from its building; outcomes: added, adopted, changed, same', () => {
  const { devices, errors } = check(
    '编号,类型,建筑,楼层,房间\nS-9,smoke,B1,2,201\nNEW-1,heat,B1,1,\nS-1,heat,B1,5,501\n',
  );
  expect(errors).toEqual([]);
  expect(devices.map(({ row, outcome }) => [row, outcome])).toEqual([
    [2, 'added'],
    [3, 'adopted'],
    [4, 'changed'],
  ]);
  expect(devices[0]?.device).toEqual({ ...registered, id: 'S-9', floor: 2, room: '201' });
  expect(check('id,type,building,floor,room\nS-1,smoke,B1,5,501').devices[0]?.outcome).toBe('same');
});

test('a file without a column leaves what is registered; an empty cell takes it away; another building, another place', () => {
  const one = (csv: string) => check(csv).devices.map(({ device, outcome }) => ({ ...device, outcome }))[0];
  expect(one('id\nS-1')).toEqual({ ...registered, outcome: 'same' });
  expect(one('编号,类型,房间\nS-1,温感,')).toEqual({
    ...registered,
    type: 'heat',
    room: null,
    outcome: 'changed',
  });
  expect(one('id,building\nS-1,B2')).toMatchObject({ area: '331081', lon: 121.5, lat: 28.4, floor: 5 });
});

test('every fault of a file is told at its line at once', () => {
  expect(
    faults(
      [
        'id,type,area,building,floor,lon,lat,parent,camera_code,stream_url',
        'S-2,smok,,B1,1,,,,,',
        'S-3,smoke,,B9,1,,,,,',
        'S-4,smoke,999,,1,121,28,,,',
        'S-5,smoke,,,1,,,,,',
        'S-6,smoke,,B1,first,,,,,',
        'S-7,smoke,,B1,1,,,K-1,,',
        'S-7,smoke,,B1,1,,,,,',
        'S 8,smoke,,B1,1,,,,,',
        'C-2,camera,331081,,,121,28,,泽国-0231,/hls/a',
        'C-3,camera,331081,,,121,28,,泽国-0232,javascript:alert(1)',
        'P-1,smoke,,B1,1,,,P-2,,',
        'P-2,smoke,,B1,1,,,P-1,,',
        'S-9,smoke,331081,,1,121,,,,',
        ',smoke,,B1,1,,,,,',
      ].join('\n'),
    ),
  ).toEqual([
    [2, 'type'],
    [3, 'building'],
    [4, 'area'],
    [5, 'area'],
    [6, 'floor'],
    [7, 'parent'],
    [8, 'id'],
    [9, 'id'],
    [10, 'camera_code'],
    [11, 'streamUrl'],
    [14, 'lon'],
    [14, 'lon'],
    [15, 'id'],
    [12, 'parent'],
    [13, 'parent'],
  ]);
});

test('GCJ-02 taken for WGS-84: the devices stand far from their building, and one is asked about it', () => {
  const csv = 'id,type,building,lon,lat\nS-9,smoke,B1,121.37455,28.48735';
  expect(checkDevices(rows(csv), 'wgs84', known).warnings).toMatchObject([{ row: 2, field: 'lon' }]);
  expect(checkDevices(rows(csv), 'gcj02', known).warnings).toEqual([]);
});

test('whatever the cells say, each row is a device or an error, never both, never a throw', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('S-1', 'B1', 'smoke', '331081', '1', '-3', '1e999', '0x10', '<script>', '__proto__'),
  );
  const row = fc.dictionary(fc.constantFrom(...importFields), cell);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (texts) => {
      const given = texts.map((of, i) => ({ row: i + 1, texts: of }));
      const { devices, errors } = checkDevices(given, 'wgs84', known);
      const bad = new Set(
        errors.filter(({ message }) => message.zh !== '上级关系成环').map((one) => one.row),
      );
      expect(devices.length + bad.size).toBe(texts.length);
    }),
  );
});

test('GeoJSON: points with properties; anything else is told by the number of its feature', () => {
  const read = (features: object[]) =>
    readImportRows(JSON.stringify({ type: 'FeatureCollection', features }), 'geojson');
  const point = {
    type: 'Feature',
    properties: { id: 'S-9', type: 'smoke', floor: 2 },
    geometry: { type: 'Point', coordinates: [121.37, 28.49] },
  };
  expect(read([point])).toEqual({
    ok: true,
    rows: [{ row: 1, texts: { id: 'S-9', type: 'smoke', floor: '2', lon: '121.37', lat: '28.49' } }],
  });
  expect(
    read([point, { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [] } }]),
  ).toMatchObject({ ok: false, error: { row: 2 } });
  expect(readImportRows('{', 'geojson')).toMatchObject({ ok: false, error: { row: 0 } });
  expect(readImportRows('name,what\nx,y', 'csv')).toMatchObject({
    ok: false,
    error: { row: 1, field: 'name' },
  });
});
