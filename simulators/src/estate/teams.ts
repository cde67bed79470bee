import type { EstateUnit } from '@fenghuo/contracts/estate.ts';
import type { FinishedBuilding, FinishedVillage } from './buildings.ts';
import { type Point, toLonLat } from './plane.ts';
import { type Station, unitId } from './units.ts';
import type { Township } from './villages.ts';

/** Towns with a professional fire and rescue station, an ambulance post and repair crews of their own. */
const mainTowns: readonly string[] = [
  '331081001',
  '331081100',
  '331081101',
  '331081102',
  '331081103',
  '331081104',
  '331081400',
];

const microStationsInVillages = 100;
const microStationsInFactories = 50;

interface Team {
  area: string;
  parent: string;
  nameZh: string;
  nameEn: string;
  capabilities: string[];
  place: Point;
}

/**
 * The teams that act: professional stations, a full-time brigade and a police station in every township,
 * ambulances, repair crews, sea rescue at the ports (all under the township's command room), and micro fire
 * stations 微型消防站 in the largest villages and factories (under their joint station).
 */
export function raiseTeams(
  townships: readonly Township[],
  stations: readonly Station[],
  villages: readonly FinishedVillage[],
): EstateUnit[] {
  const teams = [
    ...townships.flatMap(townshipTeams),
    ...microStations(stations, villages),
    ...factoryStations(stations, villages),
  ];
  const counts = new Map<string, number>();
  return teams.map(({ area, parent, nameZh, nameEn, capabilities, place }) => {
    const number = (counts.get(area) ?? 0) + 1;
    counts.set(area, number);
    const [lon, lat] = toLonLat(place.x, place.y);
    return {
      id: unitId.team(area, number),
      level: 'team',
      area,
      parent,
      nameZh,
      nameEn,
      lon,
      lat,
      capabilities,
    };
  });
}

function townshipTeams(township: Township): Team[] {
  const { code, shortName, nameEn, seat, profile } = township;
  const kinds: [zh: string, en: string, capabilities: string[]][] = [
    ['专职消防队', 'full-time fire brigade', ['fire', 'rescue']],
    ['派出所', 'police station', ['police']],
  ];
  if (mainTowns.includes(code))
    kinds.unshift(
      ['消防救援站', 'fire and rescue station', ['fire', 'rescue', 'hazmat']],
      ['急救站', 'ambulance post', ['medical']],
      ['供电抢修队', 'power repair crew', ['power']],
      ['燃气抢修队', 'gas repair crew', ['gas']],
    );
  if (profile.port) kinds.push(['海上救援队', 'sea rescue team', ['water-rescue', 'rescue']]);
  return kinds.map(([zh, en, capabilities], i) => ({
    area: code,
    parent: unitId.area(code),
    nameZh: shortName + zh,
    nameEn: `${nameEn} ${en}`,
    capabilities,
    place: { x: seat.x + 90 * Math.cos(i * 1.3), y: seat.y + 90 * Math.sin(i * 1.3) },
  }));
}

function stationByVillage(stations: readonly Station[]): Map<string, string> {
  return new Map(stations.flatMap(({ id, villages }) => villages.map(({ code }) => [code, id] as const)));
}

function microStations(stations: readonly Station[], villages: readonly FinishedVillage[]): Team[] {
  const stationOf = stationByVillage(stations);
  return villages
    .map(({ settlement }) => settlement.village)
    .sort((a, b) => b.buildings - a.buildings || (a.code < b.code ? -1 : 1))
    .slice(0, microStationsInVillages)
    .map((village) => ({
      area: village.code,
      parent: stationOf.get(village.code)!,
      nameZh: `${village.place}微型消防站`,
      nameEn: `${village.placeEn} micro fire station`,
      capabilities: ['fire'],
      place: village,
    }));
}

/** One for the largest plant of a village, in the villages with the largest plants. */
function factoryStations(stations: readonly Station[], villages: readonly FinishedVillage[]): Team[] {
  const stationOf = stationByVillage(stations);
  const space = ({ placed: { shape } }: FinishedBuilding) => shape.length * shape.depth * shape.floors;
  return villages
    .flatMap(({ settlement, grids }) => {
      const plants = grids.flatMap(({ buildings }) =>
        buildings.filter(({ record }) => record.use === 'factory'),
      );
      if (plants.length === 0) return [];
      const plant = plants.reduce((most, other) => (space(other) > space(most) ? other : most));
      return [{ village: settlement.village, plant }];
    })
    .sort((a, b) => space(b.plant) - space(a.plant))
    .slice(0, microStationsInFactories)
    .map(({ village, plant }) => ({
      area: plant.record.area,
      parent: stationOf.get(village.code)!,
      nameZh: `${plant.record.nameZh}微型消防站`,
      nameEn: `Micro fire station of ${plant.record.nameEn}`,
      capabilities: ['fire'],
      place: plant.placed.frame,
    }));
}
