import { apportion } from './apportion.ts';
import { camerasInBuildings } from './building-cameras.ts';
import type { FinishedBuilding, FinishedVillage } from './buildings.ts';
import { type Grid, gridAround } from './grids.ts';
import type { Ground } from './ground.ts';
import type { PlacedCamera } from './placed-camera.ts';
import type { Point } from './plane.ts';
import type { Roads } from './roads.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Street } from './street.ts';
import { camerasAlong, lengthOf } from './street-cameras.ts';

/** Every camera, by the building or the grid that it belongs to. */
export interface CameraPlan {
  inBuildings: Map<FinishedBuilding, PlacedCamera[]>;
  inStreets: Map<Grid, PlacedCamera[]>;
}

/**
 * Where a county hangs its cameras: half at and in buildings, first over the entrance; a third along the
 * streets of the villages; the rest along the roads between them and the main roads.
 */
const parts = [
  ['buildings', 0.53],
  ['streets', 0.33],
  ['links', 0.08],
  ['roads', 0.06],
] as const;

export function planCameras(
  villages: readonly FinishedVillage[],
  { roads, ground, total }: { roads: Roads; ground: Ground; total: number },
  random: SeededRandom,
): CameraPlan {
  const counts = apportion(
    total,
    parts.map(([, share]) => share),
  );
  const countOf = new Map(parts.map(([part], i) => [part, counts[i]!]));
  const streets = villages.map((village) => {
    const { streets: own, village: place } = village.settlement;
    return { village, streets: own, weight: lengthOf(own) * (1 + place.town) };
  });
  const links = villages.map((village) => {
    const { link } = village.settlement;
    return { village, streets: link === null ? [] : [link], weight: link?.length ?? 0 };
  });
  const hung = [
    ...hangInVillages(streets, countOf.get('streets')!, ground, random.fork('streets')),
    ...hangInVillages(links, countOf.get('links')!, ground, random.fork('links')),
    ...hangOverRoads(roads, countOf.get('roads')!, { ground, villages }, random.fork('roads')),
  ];
  const buildings = villages.flatMap(({ grids }) => grids.flatMap((grid) => grid.buildings));
  return {
    inBuildings: camerasInBuildings(buildings, countOf.get('buildings')!, random.fork('buildings')),
    inStreets: byGrid(hung),
  };
}

interface Hung {
  village: FinishedVillage;
  camera: PlacedCamera;
}

function hangInVillages(
  places: readonly { village: FinishedVillage; streets: readonly Street[]; weight: number }[],
  total: number,
  ground: Ground,
  random: SeededRandom,
): Hung[] {
  const counts = apportion(
    total,
    places.map(({ weight }) => weight),
  );
  return places.flatMap(({ village, streets }, i) => {
    const wanted = { streets, count: counts[i]!, centre: village.settlement.village };
    return camerasAlong(wanted, ground, random).map((camera) => ({ village, camera }));
  });
}

function hangOverRoads(
  roads: Roads,
  count: number,
  { ground, villages }: { ground: Ground; villages: readonly FinishedVillage[] },
  random: SeededRandom,
): Hung[] {
  const streets = roads.streets.filter(({ x, y }) => ground.townshipAt(x, y) >= 0);
  const wanted = { streets, count, centre: villages[0]!.settlement.village };
  return camerasAlong(wanted, ground, random).map((camera) => ({
    village: nearestVillage(villages, ground, camera),
    camera,
  }));
}

/** The nearest village of the township on whose ground the place lies. */
function nearestVillage(
  villages: readonly FinishedVillage[],
  ground: Ground,
  { x, y }: Point,
): FinishedVillage {
  const township = ground.townshipAt(x, y);
  let best = villages[0]!;
  let nearest = Infinity;
  for (const finished of villages) {
    const { village } = finished.settlement;
    const distance = (village.x - x) ** 2 + (village.y - y) ** 2;
    if (finished.settlement.township.index !== township || distance >= nearest) continue;
    nearest = distance;
    best = finished;
  }
  return best;
}

function byGrid(hung: readonly Hung[]): CameraPlan['inStreets'] {
  const cameras = new Map<Grid, PlacedCamera[]>();
  for (const { village, camera } of hung) {
    const grid = gridAround(
      village.grids.map((finished) => finished.grid),
      camera,
    );
    const others = cameras.get(grid);
    if (others === undefined) cameras.set(grid, [camera]);
    else others.push(camera);
  }
  return cameras;
}
