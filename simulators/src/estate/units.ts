import type { EstateArea, EstateUnit } from '@fenghuo/contracts/estate.ts';
import type { FinishedVillage } from './buildings.ts';
import { type Point, toLonLat } from './plane.ts';
import type { Geography } from './read-geography.ts';
import type { Township, Village } from './villages.ts';

export function listAreas(
  { county }: Geography,
  townships: readonly Township[],
  villages: readonly FinishedVillage[],
): EstateArea[] {
  const areas: EstateArea[] = [];
  const add = (area: Omit<EstateArea, 'lon' | 'lat'>, place: Point) => {
    const [lon, lat] = toLonLat(place.x, place.y);
    areas.push({ ...area, lon, lat });
  };
  add({ ...county, parent: null, level: 'county' }, townships[0]!.seat);
  for (const { code, nameZh, nameEn, seat } of townships)
    add({ code, parent: county.code, level: 'township', nameZh, nameEn }, seat);
  for (const { settlement } of villages) {
    const { code, place, placeEn } = settlement.village;
    const parent = settlement.township.code;
    add({ code, parent, level: 'village', nameZh: place, nameEn: placeEn }, settlement.village);
  }
  for (const { settlement, grids } of villages) {
    const parent = settlement.village.code;
    for (const { grid } of grids) {
      const { code, nameZh, nameEn } = grid;
      add({ code, parent, level: 'grid', nameZh, nameEn }, grid);
    }
  }
  return areas;
}

/** A joint station 联勤工作站 and the villages that it looks after. */
export interface Station {
  id: string;
  township: Township;
  /** Where it sits. */
  village: Village;
  villages: Village[];
}

/** Ids of units: a letter for the level where the code of the area does not tell, and that code. */
export const unitId = {
  area: (code: string) => `U${code}`,
  station: (township: Township, number: number) => `S${township.code}-${number}`,
  team: (area: string, number: number) => `T${area}-${String(number).padStart(2, '0')}`,
};

/** Villages that one station can look after. */
const villagesPerStation = 10;

/** Two to four stations a township (one where there is one village), each in the midst of its villages. */
export function foundStations(townships: readonly Township[]): Station[] {
  return townships.flatMap((township) => {
    const wanted = Math.round(township.villages.length / villagesPerStation);
    const count = Math.min(township.villages.length, 4, Math.max(2, wanted));
    let stations = settle(township, spread(township.villages, count));
    for (let pass = 0; pass < 5; pass++) stations = settle(township, stations.map(midmost));
    return stations;
  });
}

function settle(township: Township, seats: readonly Village[]): Station[] {
  const stations = seats.map((village, i) => ({
    id: unitId.station(township, i + 1),
    township,
    village,
    villages: [] as Village[],
  }));
  for (const village of township.villages) nearest(stations, village).villages.push(village);
  return stations;
}

/** Villages that lie far from each other, beginning with the largest. */
function spread(villages: readonly Village[], count: number): Village[] {
  const chosen = [villages.reduce((most, village) => (village.buildings > most.buildings ? village : most))];
  while (chosen.length < count) {
    const lonely = (village: Village) => Math.min(...chosen.map((other) => apart(village, other)));
    chosen.push(villages.reduce((best, village) => (lonely(village) > lonely(best) ? village : best)));
  }
  return chosen;
}

function midmost({ villages }: Station): Village {
  const mean = (axis: 'x' | 'y') =>
    villages.reduce((sum, village) => sum + village[axis], 0) / villages.length;
  const middle = { x: mean('x'), y: mean('y') };
  return villages.reduce((best, village) => (apart(village, middle) < apart(best, middle) ? village : best));
}

function nearest(stations: readonly Station[], village: Village): Station {
  return stations.reduce((best, station) =>
    apart(station.village, village) < apart(best.village, village) ? station : best,
  );
}

function apart(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The command chain: county › township › station › village › grid, each unit after its parent. */
export function raiseChain(
  { county }: Geography,
  townships: readonly Township[],
  stations: readonly Station[],
  villages: readonly FinishedVillage[],
): EstateUnit[] {
  const units: EstateUnit[] = [];
  const add = (unit: Omit<EstateUnit, 'lon' | 'lat' | 'capabilities'>, place: Point) => {
    const [lon, lat] = toLonLat(place.x, place.y);
    units.push({ ...unit, lon, lat, capabilities: [] });
  };
  const root = unitId.area(county.code);
  const commandCentre = { nameZh: `${county.nameZh}应急指挥中心`, nameEn: `${county.nameEn} command centre` };
  add({ id: root, level: 'county', area: county.code, parent: null, ...commandCentre }, townships[0]!.seat);
  for (const { code, nameZh, nameEn, seat } of townships) {
    const room = { nameZh: `${nameZh}应急指挥室`, nameEn: `${nameEn} command room` };
    add({ id: unitId.area(code), level: 'township', area: code, parent: root, ...room }, seat);
  }
  const stationOf = new Map<Village, Station>();
  for (const station of stations) {
    const { township, village } = station;
    const where = village.place.startsWith(township.shortName) ? '' : township.shortName;
    const nameZh = `${where}${village.place}联勤工作站`;
    const nameEn = `${village.nameEn} joint station, ${township.nameEn}`;
    const parent = unitId.area(township.code);
    add({ id: station.id, level: 'station', area: township.code, parent, nameZh, nameEn }, village);
    for (const served of station.villages) stationOf.set(served, station);
  }
  for (const { settlement } of villages) {
    const { village } = settlement;
    const { code, officialName, placeEn } = village;
    const named = { nameZh: officialName, nameEn: `${placeEn} committee` };
    add(
      { id: unitId.area(code), level: 'village', area: code, parent: stationOf.get(village)!.id, ...named },
      village,
    );
  }
  for (const { settlement, grids } of villages) {
    const parent = unitId.area(settlement.village.code);
    for (const { grid } of grids) {
      const { code, nameZh, nameEn } = grid;
      add({ id: unitId.area(code), level: 'grid', area: code, parent, nameZh, nameEn }, grid);
    }
  }
  return units;
}
