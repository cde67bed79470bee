import { readFileSync } from 'node:fs';
import {
  type EstateBuilding,
  estateArea,
  estateBuilding,
  estateCounty,
  estateDevice,
  estatePerson,
  estateUnit,
} from '@fenghuo/contracts/estate.ts';
import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { type Estate, generateEstate } from './generate-estate.ts';
import { readGeography, wenlingFolder } from './read-geography.ts';

type LonLat = readonly [lon: number, lat: number];
type Polygon = readonly LonLat[][];

/** Polygons of a base map, straight from the file and in degrees: the generator's own reading is not trusted. */
function polygonsOf(
  name: string,
  wanted: (properties: { code?: string }) => boolean = () => true,
): Polygon[] {
  const file = JSON.parse(readFileSync(`${wenlingFolder}/${name}`, 'utf8'));
  return file.features
    .filter((feature: { properties: { code?: string } }) => wanted(feature.properties))
    .flatMap(({ geometry }: { geometry: { type: string; coordinates: unknown } }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
}

function insideRing(ring: readonly LonLat[], [x, y]: LonLat): boolean {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

function insideAny(polygons: readonly Polygon[], place: LonLat): boolean {
  return polygons.some(
    ([outer, ...holes]) => insideRing(outer!, place) && !holes.some((hole) => insideRing(hole, place)),
  );
}

const county = polygonsOf('county.geojson');
const land = polygonsOf('land.geojson');
const reclaimed = polygonsOf('townships.schematic.geojson', ({ code }) =>
  ['331081106', '331081400'].includes(code ?? ''),
);
const isDry = (place: LonLat) =>
  insideAny(county, place) && (insideAny(land, place) || insideAny(reclaimed, place));

/** Metres between two places. */
const apart = ([ax, ay]: LonLat, [bx, by]: LonLat) => Math.hypot((ax - bx) * 97_996, (ay - by) * 110_827);

function metresToWalls({ footprint }: EstateBuilding, place: LonLat): number {
  const [x, y] = [place[0] * 97_996, place[1] * 110_827];
  const distances = footprint.map((from, i) => {
    const to = footprint[(i + 1) % footprint.length]!;
    const [ax, ay, bx, by] = [from[0] * 97_996, from[1] * 110_827, to[0] * 97_996, to[1] * 110_827];
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
  });
  return Math.min(...distances);
}

const geography = readGeography();
let small: Estate;
let full: Estate;
beforeAll(() => {
  small = generateEstate({ seed: 331081, geography, detectors: 6_000, cameras: 1_500, buildings: 900 });
  full = generateEstate({ seed: 331081, geography });
}, 60_000);

const each = [
  ['small', () => small],
  ['full', () => full],
] as const;

test('the numbers are exactly those that were asked for', () => {
  const counts = ({ devices, buildings, areas }: Estate) => ({
    cameras: devices.filter(({ type }) => type === 'camera').length,
    detectors: devices.filter(({ type }) => type !== 'camera').length,
    buildings: buildings.length,
    townships: areas.filter(({ level }) => level === 'township').length,
    villages: areas.filter(({ level }) => level === 'village').length,
  });
  const places = { townships: 17, villages: 661 };
  expect(counts(small)).toEqual({ detectors: 6_000, cameras: 1_500, buildings: 900, ...places });
  expect(counts(full)).toEqual({ detectors: 170_000, cameras: 42_000, buildings: 12_000, ...places });
});

test('a scaled-down estate keeps every township and village, with fewer buildings than villages too', () => {
  const tiny = generateEstate({ seed: 9, geography, detectors: 300, cameras: 80, buildings: 120 });
  const villages = tiny.areas.filter(({ level }) => level === 'village');
  expect([villages.length, tiny.buildings.length, tiny.devices.length]).toEqual([661, 120, 380]);
});

test('another seed makes another county with the same names', () => {
  const other = generateEstate({ seed: 1, geography, detectors: 100, cameras: 20, buildings: 700 });
  const places = (estate: Estate) => estate.areas.filter(({ level }) => level !== 'grid');
  expect(places(other).map(({ nameZh }) => nameZh)).toEqual(places(small).map(({ nameZh }) => nameZh));
  expect(places(other).map(({ lon }) => lon)).not.toEqual(places(small).map(({ lon }) => lon));
});

test('more cameras move neither a village nor a building nor a detector', () => {
  const more = generateEstate({ seed: 331081, geography, detectors: 6_000, cameras: 4_000, buildings: 900 });
  expect(more.buildings).toEqual(small.buildings);
  const detectors = (estate: Estate) => estate.devices.filter(({ type }) => type !== 'camera');
  expect(detectors(more)).toEqual(detectors(small));
});

test('every row of the small estate, and every 50th of the full one, fits the contract', () => {
  const check = (schema: z.ZodType, rows: readonly unknown[], step: number) => {
    for (let i = 0; i < rows.length; i += step) expect(schema.parse(rows[i])).toEqual(rows[i]);
  };
  for (const [estate, step] of [
    [small, 1],
    [full, 50],
  ] as const) {
    check(estateCounty, [estate.county], 1);
    check(estateArea, estate.areas, step);
    check(estateBuilding, estate.buildings, step);
    check(estateDevice, estate.devices, step);
    check(estateUnit, estate.units, step);
    check(estatePerson, estate.people, step);
  }
});

test('every building stands on dry ground inside the county', () => {
  const wet = ({ buildings }: Estate, step: number) =>
    buildings.filter((building, i) => i % step === 0 && !building.footprint.every(isDry));
  expect(wet(small, 1)).toEqual([]);
  expect(wet(full, 10)).toEqual([]);
});

test('every camera in the street, every village and every unit has its place on dry ground', () => {
  const street = small.devices.filter(({ building }) => building === null);
  const places = [...street, ...small.areas.filter(({ level }) => level === 'village'), ...small.units];
  const wet = places.filter(({ lon, lat }) => !isDry([lon, lat]));
  expect(wet).toEqual([]);
});

test('no two villages lie within 150 m of each other, and each has a building', () => {
  const villages = full.areas.filter(({ level }) => level === 'village');
  for (const [i, a] of villages.entries()) {
    for (const b of villages.slice(i + 1))
      expect(apart([a.lon, a.lat], [b.lon, b.lat]), `${a.nameZh} ${b.nameZh}`).toBeGreaterThan(150);
  }
  const built = new Set(full.buildings.map(({ area }) => area.slice(0, 12)));
  expect(built.size).toBe(661);
});

test('no footprint lies over another', () => {
  const rows = new Map<number, EstateBuilding[]>();
  const row = ({ lat }: EstateBuilding) => Math.floor(lat / 0.002);
  for (const building of full.buildings)
    rows.set(row(building), [...(rows.get(row(building)) ?? []), building]);
  let compared = 0;
  for (const [i, a] of full.buildings.entries()) {
    if (i % 4 !== 0) continue;
    const near = [-1, 0, 1].flatMap((d) => rows.get(row(a) + d) ?? []);
    for (const b of near) {
      if (a === b || apart([a.lon, a.lat], [b.lon, b.lat]) > 160) continue;
      compared++;
      expect(
        a.footprint.some((corner) => insideRing(b.footprint, corner)),
        `${a.id} ${b.id}`,
      ).toBe(false);
    }
  }
  expect(compared).toBeGreaterThan(10_000);
});

describe.each(each)('in the %s estate', (_size, estate) => {
  test('ids are unique, fit into topics, and begin with the township', () => {
    const { devices } = estate();
    expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
    expect(devices.filter(({ id, area }) => !isDeviceId(id) || !id.startsWith(area.slice(0, 9)))).toEqual([]);
  });

  test('camera codes are unique and name the township', () => {
    const cameras = estate().devices.flatMap(({ camera }) => camera ?? []);
    expect(new Set(cameras.map(({ code }) => code)).size).toBe(cameras.length);
    expect(cameras.filter(({ code }) => !/^\p{Script=Han}{2,3}-\d{4,5}$/u.test(code))).toEqual([]);
    expect(cameras.some(({ code }) => code.startsWith('泽国-'))).toBe(true);
  });

  test('devices hang in their buildings: inside the walls, on a floor that exists, in the same grid', () => {
    const buildings = new Map(estate().buildings.map((building) => [building.id, building]));
    for (const device of estate().devices) {
      if (device.building === null) continue;
      const building = buildings.get(device.building)!;
      const place: LonLat = [device.lon, device.lat];
      const near = insideRing(building.footprint, place) || metresToWalls(building, place) < 1;
      const onFloor = device.floor === -1 || (device.floor! >= 1 && device.floor! <= building.floors);
      const fits = near && onFloor && device.area === building.area;
      if (!fits) expect.fail(`${device.id} does not fit into ${building.id}`);
    }
  });

  test('parents stand before their children, and codes of areas nest', () => {
    const { areas, units, devices } = estate();
    const codes = new Set<string>();
    for (const { code, parent } of areas) {
      expect(parent === null ? code : codes.has(parent) && code.startsWith(parent)).toBeTruthy();
      codes.add(code);
    }
    const unitIds = new Set<string>();
    for (const { id, parent, area } of units) {
      expect((parent === null || unitIds.has(parent)) && codes.has(area), id).toBe(true);
      unitIds.add(id);
    }
    expect(unitIds.size).toBe(units.length);
    const concentrators = new Map<string, string | null>();
    for (const { id, type, parent, building, area } of devices) {
      if (type === 'concentrator') concentrators.set(id, building);
      if (parent !== null && concentrators.get(parent) !== building) expect.fail(`${id} before ${parent}`);
      if (!codes.has(area)) expect.fail(`${id} in unknown area ${area}`);
    }
    expect(concentrators.size).toBeGreaterThan(0);
  });

  test('every area has its unit in the chain, and every unit has somebody on duty', () => {
    const { areas, units, people } = estate();
    const levels = {
      county: null,
      township: 'county',
      station: 'township',
      village: 'station',
      grid: 'village',
    };
    const byId = new Map(units.map((unit) => [unit.id, unit]));
    for (const { id, level, parent } of units) {
      const above = parent === null ? null : byId.get(parent)!.level;
      if (level === 'team') expect(['township', 'station'], id).toContain(above);
      else expect(above, id).toBe(levels[level]);
    }
    const led = new Set(units.filter(({ level }) => level !== 'station').map(({ area }) => area));
    expect(areas.filter(({ code }) => !led.has(code))).toEqual([]);
    const onDuty = new Set(people.filter((person) => person.onDuty).map(({ unit }) => unit));
    expect(units.filter(({ id }) => !onDuty.has(id))).toEqual([]);
  });
});

test('about three in ten detectors hang on a concentrator, and smoke detectors are most', () => {
  const detectors = full.devices.filter(({ type }) => type !== 'camera');
  const share = (wanted: (device: (typeof detectors)[number]) => boolean) =>
    detectors.filter(wanted).length / detectors.length;
  expect(share(({ parent }) => parent !== null)).toBeCloseTo(0.3, 2);
  expect(share(({ type }) => type === 'smoke')).toBeGreaterThan(0.55);
});

test('English names carry no Chinese, and no telephone number could ring', () => {
  const english = [...full.areas, ...full.buildings, ...full.units].map(({ nameEn }) => nameEn ?? '');
  expect(english.filter((name) => name === '' || /\p{Script=Han}/u.test(name))).toEqual([]);
  const phones = [...full.people, ...full.buildings.flatMap(({ keyholder }) => keyholder ?? [])];
  expect(phones.filter(({ phone }) => !/^0576-0\d{7}$/.test(phone))).toEqual([]);
  expect(new Set(phones.map(({ phone }) => phone)).size).toBe(phones.length);
});

test('buildings have names of their own', () => {
  expect(new Set(full.buildings.map(({ nameZh }) => nameZh)).size).toBe(full.buildings.length);
});
