import type {
  BuildingRegistration,
  PersonRegistration,
  UnitRegistration,
} from '@fenghuo/contracts/registry.ts';
import { expect, test } from 'vitest';
import type { NamedThings } from '../../store/sql/find-named-in-file.ts';
import { checkRows } from './check-rows.ts';
import { readFileRows } from './file-rows.ts';
import { buildingsKind, peopleKind, unitsKind } from './kinds-of-rows.ts';

const unit = (id: string, level: UnitRegistration['level'], parent: string | null): UnitRegistration => ({
  ...{
    id,
    level,
    area: '331081100',
    parent,
    nameZh: id,
    nameEn: id,
    lon: 121.36,
    lat: 28.48,
    capabilities: [],
  },
});
const person: PersonRegistration = {
  ...{
    id: 'P1',
    unit: 'U1',
    name: '张强',
    post: '队长',
    phone: '13900000003',
    onDuty: true,
    dutyPost: 'mobile',
  },
};
const building: BuildingRegistration = {
  ...{ id: 'B1', area: '331081100', nameZh: '12 号楼', nameEn: null, use: 'residential', floors: 6 },
  ...{
    lon: 121.37,
    lat: 28.49,
    footprint: [
      [121.37, 28.49],
      [121.38, 28.49],
      [121.38, 28.5],
    ],
    keyholder: null,
  },
};
const known: NamedThings = {
  areas: new Set(['331081', '331081100']),
  units: new Map([unit('U0', 'county', null), unit('U1', 'township', 'U0')].map((one) => [one.id, one])),
  people: new Map([[person.id, person]]),
  buildings: new Map([[building.id, building]]),
};

function rowsOf(text: string, kind: 'buildings' | 'units' | 'people', format: 'csv' | 'geojson' = 'csv') {
  const read = readFileRows(text, format, kind);
  if (!read.ok) throw new Error(read.error.message.en);
  return read.rows;
}
const people = (text: string) => checkRows(rowsOf(text, 'people'), peopleKind(known));
const units = (text: string) => {
  const rows = rowsOf(text, 'units');
  return checkRows(rows, unitsKind(rows, 'wgs84', known));
};
const buildings = (text: string, format: 'csv' | 'geojson' = 'csv', system: 'wgs84' | 'gcj02' = 'wgs84') =>
  checkRows(rowsOf(text, 'buildings', format), buildingsKind(system, known));
const faults = ({ errors }: { errors: { row: number; field: string | null }[] }) =>
  errors.map(({ row, field }) => `${row} ${field}`);

test('people as spreadsheets here have them: what a column is missing for stays, duty of who is known too', () => {
  const { kept, errors } = people('编号,姓名,单位,在岗\nP1,张强,U1,否\nP2,<b>李</b>,U1,是');
  expect(errors).toEqual([]);
  expect(kept.map(({ outcome }) => outcome)).toEqual(['same', 'added']);
  expect(kept[0]?.value).toEqual(person);
  expect(kept[1]?.value).toMatchObject({ name: '<b>李</b>', post: '成员', phone: '', onDuty: true });
});

test('all that is wrong with a file of people, by line', () => {
  const text =
    'id,name,unit,phone,on_duty\n,王,U1,,\nP2,,U1,,\nP3,王,U9,,\nP4,王,U1,电话,\nP5,王,U1,,maybe\nP5,王,U1,,';
  expect(faults(people(text))).toEqual(['2 id', '3 name', '4 unit', '5 phone', '6 on_duty', '7 id']);
});

test('units: parents of the same file, a level once given stays, and nobody is below their own level', () => {
  const text = (rows: string) => `id,level,name,area,parent,lon,lat,capabilities\n${rows}`;
  const made = units(
    text('V1,village,甲村,331081100,U1,121.4,28.4,\nT1,队伍,一队,331081100,V1,121.4,28.4,灭火；rescue'),
  );
  expect(made.errors).toEqual([]);
  expect(made.kept[1]?.value).toMatchObject({
    level: 'team',
    nameEn: '一队',
    capabilities: ['fire', 'rescue'],
  });
  expect(faults(units(text('U1,team,镇,331081100,U0,121.4,28.4,')))).toEqual(['2 level']);
  expect(faults(units(text('X,county,县,331081,,121.4,28.4,')))).toEqual(['2 level']);
  expect(faults(units(text('X,township,镇,331081100,T9,121.4,28.4,')))).toEqual(['2 parent']);
  expect(faults(units(text('X,township,镇,331081100,U1,121.4,28.4,')))).toEqual(['2 parent']);
  expect(faults(units(text('X,village,村,331081999,U1,east,28.4,')))).toEqual(['2 area', '2 lon']);
});

test('buildings: as they are, moved, and by GeoJSON with their outline, converted from what is declared', () => {
  expect(buildings('id,floors\nB1,6').kept[0]).toMatchObject({ outcome: 'same', value: building });
  const [moved] = buildings('id,lon,lat\nB1,121.4,28.4').kept;
  expect(moved?.value.footprint).toHaveLength(4);
  const ring = [
    [121.4, 28.4],
    [121.4, 28.401],
    [121.401, 28.401],
    [121.401, 28.4],
    [121.4, 28.4],
  ];
  const geojson = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        ...{ type: 'Feature', id: 'B2' },
        properties: {
          名称: '新楼',
          area: '331081100',
          用途: '学校',
          floors: 3,
          钥匙保管人: '王',
          保管人电话: '138',
        },
        geometry: { type: 'Polygon', coordinates: [ring] },
      },
    ],
  });
  const [drawn] = buildings(geojson, 'geojson').kept;
  expect(drawn?.value).toMatchObject({
    nameZh: '新楼',
    use: 'school',
    keyholder: { name: '王', phone: '138' },
  });
  expect(drawn?.value.footprint).toEqual([
    [121.401, 28.4],
    [121.401, 28.401],
    [121.4, 28.401],
    [121.4, 28.4],
  ]);
  const [converted] = buildings(geojson, 'geojson', 'gcj02').kept;
  expect(converted?.value.lon).not.toBeCloseTo(drawn!.value.lon, 3);
  expect(faults(buildings('id,name,area,use,floors,lon,lat\nB3,楼,331081100,castle,0,121,28'))).toEqual([
    '2 use',
  ]);
});

test('a file that is none of its kind says so in one line', () => {
  expect(() => rowsOf('id,nmae\n', 'people')).toThrow('There is no column "nmae"');
  expect(() => rowsOf('姓名,电话\n', 'people')).toThrow('id among them');
  expect(() => rowsOf('{}', 'buildings', 'geojson')).toThrow('FeatureCollection');
});
