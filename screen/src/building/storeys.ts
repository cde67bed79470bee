import type { BuildingPlan } from '@fenghuo/contracts/rest.ts';
import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { Spot } from './isometric.ts';
import { guessedSpot, liesInside, metresAround } from './outline.ts';
import type { Step } from './spread.ts';

/** What a room is to those who go in: a way up, or water. */
type Landmark = 'stairs' | 'hydrant';

/** A device where it hangs. */
export interface Hung {
  id: string;
  type: DeviceType;
  room: string | null;
  spot: Spot;
  landmark: Landmark | null;
}

export interface Storey {
  floor: number;
  devices: readonly Hung[];
}

/**
 * The storeys of a building from the lowest that has a device, or the ground, to the top; there is no floor 0. A place
 * outside the outline, or none at all, is guessed from the room's name.
 */
export function storeysOf(plan: BuildingPlan, outline: readonly Spot[]): Storey[] {
  const toMetres = metresAround(plan);
  const hung = plan.devices.map((device) => ({ floor: device.floor, hung: hang(device) }));
  const lowest = Math.min(1, ...plan.devices.map(({ floor }) => floor));
  const highest = Math.max(plan.floors, ...plan.devices.map(({ floor }) => floor));
  const floors = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i).filter(
    (floor) => floor !== 0,
  );
  const byFloor = Map.groupBy(hung, ({ floor }) => floor);
  return floors.map((floor) => ({ floor, devices: (byFloor.get(floor) ?? []).map((one) => one.hung) }));

  function hang({ id, type, room, lon, lat }: BuildingPlan['devices'][number]): Hung {
    const known = lon === null || lat === null ? null : toMetres(lon, lat);
    const inside = known !== null && liesInside(known, outline);
    return {
      ...{ id, type, room, landmark: landmarkOf(room) },
      spot: inside ? known : guessedSpot(room ?? id, outline),
    };
  }
}

function landmarkOf(room: string | null): Landmark | null {
  if (room === null) return null;
  if (/楼梯|stair/i.test(room)) return 'stairs';
  return /消火栓|hydrant/i.test(room) ? 'hydrant' : null;
}

/**
 * Floors that are pulled out to be read, the lowest first: where it began, then those that went off last, at most
 * `most`.
 */
export function pulledFloors(steps: readonly Step[], most: number): number[] {
  const newestFirst = [...new Set(steps.toReversed().map(({ floor }) => floor))];
  const origin = steps[0]?.floor;
  const wanted = origin === undefined ? [] : [origin, ...newestFirst.filter((floor) => floor !== origin)];
  return wanted.slice(0, most).sort((a, b) => a - b);
}
