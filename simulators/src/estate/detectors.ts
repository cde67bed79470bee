import type { BuildingUse, DeviceType } from '@fenghuo/contracts/words.ts';
import { apportion } from './apportion.ts';
import type { BuildingShape } from './building-shape.ts';
import { layRooms, type Rooms, type Spot } from './rooms.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { PlacedBuilding } from './settlement.ts';

type DetectorType = Exclude<DeviceType, 'camera' | 'concentrator' | 'unknown'>;

/** What hangs in a building: detectors on their spots, and whether they report through a concentrator. */
export interface Furnishing {
  concentrator: Spot | null;
  detectors: { type: DetectorType; spot: Spot }[];
}

/** How many devices each building gets, and which have a concentrator. */
export interface DetectorShare {
  /** Detectors and concentrator together. */
  count: number;
  concentrator: boolean;
}

/** Part of all detectors that hang on a concentrator; the largest buildings have one. */
const behindConcentrators = 0.3;

/** Splits `total` over the buildings by size and use. A concentrator counts as one of them. */
export function shareDetectors(buildings: readonly PlacedBuilding[], total: number): DetectorShare[] {
  const counts = apportion(
    total,
    buildings.map(({ use, shape }) => usualCount(use, shape)),
    1,
  );
  const shares = counts.map((count) => ({ count, concentrator: false }));
  const largest = shares.filter(({ count }) => count > 2).sort((a, b) => b.count - a.count);
  let hanging = 0;
  for (const share of largest) {
    if (hanging >= total * behindConcentrators) break;
    share.concentrator = true;
    hanging += share.count - 1;
  }
  return shares;
}

/** Detectors that such a building has in reality, roughly. */
function usualCount(use: BuildingUse, { length, depth, floors }: BuildingShape): number {
  const area = length * depth * floors;
  switch (use) {
    case 'residential':
      return 1 + (floors * length) / 18;
    case 'high-rise':
      return 8 + floors * 2.6;
    case 'factory':
      return 5 + area / 260;
    case 'warehouse':
      return 4 + area / 300;
    case 'school':
      return 5 + (floors * length) / 7;
    case 'hospital':
      return 6 + (floors * length) / 5;
    case 'market':
      return 8 + area / 150;
    case 'farm':
      return 2 + length / 20;
  }
}

/** Parts of a hundred. */
const mixes: Record<BuildingUse, Record<DetectorType, number>> = {
  residential: { smoke: 63, heat: 6, gas: 12, co: 5, current: 7, manual: 4, water: 2, pressure: 1 },
  'high-rise': { smoke: 66, heat: 6, gas: 8, co: 2, current: 5, manual: 8, water: 3, pressure: 2 },
  factory: { smoke: 62, heat: 10, gas: 2, co: 2, current: 12, manual: 7, water: 3, pressure: 2 },
  warehouse: { smoke: 64, heat: 12, gas: 1, co: 2, current: 10, manual: 6, water: 3, pressure: 2 },
  school: { smoke: 74, heat: 3, gas: 3, co: 2, current: 6, manual: 8, water: 2, pressure: 2 },
  hospital: { smoke: 76, heat: 3, gas: 2, co: 2, current: 5, manual: 8, water: 2, pressure: 2 },
  market: { smoke: 60, heat: 8, gas: 9, co: 4, current: 9, manual: 6, water: 2, pressure: 2 },
  farm: { smoke: 58, heat: 20, gas: 1, co: 3, current: 16, manual: 2, water: 0, pressure: 0 },
};

export function furnish(building: PlacedBuilding, share: DetectorShare, random: SeededRandom): Furnishing {
  const { use, shape } = building;
  const rooms = layRooms(use, shape);
  const detectors: Furnishing['detectors'] = [];
  const counts = draw(mixes[use], share.count - (share.concentrator ? 1 : 0), random.next());
  for (const [type, count] of counts) {
    for (let k = 0; k < count; k++) {
      const spot = spotFor(type, { k, count, floors: shape.floors, rooms }, random);
      const nudge = () => random.between(-0.4, 0.4);
      detectors.push({ type, spot: { ...spot, u: spot.u + nudge(), v: spot.v + nudge() } });
    }
  }
  detectors.sort((a, b) => a.spot.floor - b.spot.floor);
  return { concentrator: share.concentrator ? rooms.controlRoom() : null, detectors };
}

/** `total` of a mix, exactly, and fair to rare types in small buildings: one draw, laid over all shares. */
function draw(mix: Record<DetectorType, number>, total: number, luck: number): [DetectorType, number][] {
  let before = 0;
  return (Object.keys(mix) as DetectorType[]).map((type) => {
    const after = before + mix[type];
    const upTo = (hundredths: number) => Math.floor((hundredths * total) / 100 + luck);
    const count = upTo(after) - upTo(before);
    before = after;
    return [type, count];
  });
}

interface Nth {
  /** This is number `k`, from 0, of `count` of its type in the building. */
  k: number;
  count: number;
  floors: number;
  rooms: Rooms;
}

function spotFor(type: DetectorType, { k, count, floors, rooms }: Nth, random: SeededRandom): Spot {
  const floor = count < floors ? 1 + Math.floor(((k + random.next()) * floors) / count) : 1 + (k % floors);
  const round = count < floors ? k : Math.floor(k / floors);
  const number = 1 + ((round + floor * 3) % rooms.perFloor);
  switch (type) {
    case 'smoke':
      return rooms.room(floor, number);
    case 'heat':
      return k % 2 === 0 ? rooms.hot(random) : rooms.kitchen(floor, number);
    case 'co':
    case 'gas':
      return rooms.kitchen(floor, number);
    case 'manual':
      return rooms.stairs(floor, k);
    case 'current':
      return rooms.distribution(k);
    case 'water':
    case 'pressure':
      return rooms.water(k);
  }
}
