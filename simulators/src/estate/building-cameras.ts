import { apportion } from './apportion.ts';
import { fromFrame } from './building-shape.ts';
import type { FinishedBuilding } from './buildings.ts';
import type { PlacedCamera } from './placed-camera.ts';
import { toCompass } from './plane.ts';
import { layRooms, type Rooms } from './rooms.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Splits `total` over the buildings by size and use. */
export function camerasInBuildings(
  buildings: readonly FinishedBuilding[],
  total: number,
  random: SeededRandom,
): Map<FinishedBuilding, PlacedCamera[]> {
  const counts = apportion(total, buildings.map(cameraWeight));
  return new Map(
    buildings.map((building, i) => {
      const { use, shape } = building.placed;
      const rooms = layRooms(use, shape);
      return [
        building,
        Array.from({ length: counts[i]! }, (_, k) => buildingCamera(building, k, rooms, random)),
      ];
    }),
  );
}

function cameraWeight({ placed: { use, shape } }: FinishedBuilding): number {
  const storeys = Math.sqrt(shape.floors);
  switch (use) {
    case 'residential':
      return 0.35 + shape.length / 45;
    case 'high-rise':
      return 1.4 * storeys;
    case 'factory':
    case 'warehouse':
      return 1.2 + (shape.length * storeys) / 40;
    case 'school':
    case 'hospital':
    case 'market':
      return 2 + (shape.length * storeys) / 14;
    case 'farm':
      return 0.4;
  }
}

/** The first looks from the front entrance to the street, the second from the back; the others are inside. */
function buildingCamera(
  { placed: { shape, frame } }: FinishedBuilding,
  k: number,
  rooms: Rooms,
  random: SeededRandom,
): PlacedCamera {
  const { length, depth, floors } = shape;
  if (k < 2) {
    const u = random.between(-0.3, 0.3) * length;
    const place = fromFrame(frame, u, k === 0 ? -0.5 : depth + (shape.wing === null ? 0.5 : -0.5));
    const outward = frame.angle + (k === 0 ? -1 : 1) * (Math.PI / 2) + random.between(-0.3, 0.3);
    return {
      ...place,
      heading: toCompass(outward),
      fieldOfView: 110,
      floor: 1,
      room: k === 0 ? '正门' : '后门',
    };
  }
  const floor = 1 + ((k - 2) % floors);
  const { room } = rooms.lobby(floor);
  const east = k % 2 === 0;
  const place = fromFrame(frame, (east ? -1 : 1) * random.between(0.1, 0.4) * length, depth / 2);
  const along = east ? frame.angle : frame.angle + Math.PI;
  return { ...place, heading: toCompass(along), fieldOfView: floor === 1 ? 180 : 90, floor, room };
}
