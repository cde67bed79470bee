import type { EstateDevice } from '@fenghuo/contracts/estate.ts';
import type { DeviceType } from '@fenghuo/contracts/words.ts';
import { fromFrame } from './building-shape.ts';
import type { FinishedBuilding, FinishedVillage } from './buildings.ts';
import { type CameraPlan, planCameras } from './cameras.ts';
import { type DetectorShare, furnish, shareDetectors } from './detectors.ts';
import type { Ground } from './ground.ts';
import type { PlacedCamera } from './placed-camera.ts';
import { toLonLat } from './plane.ts';
import type { Roads } from './roads.ts';
import type { Spot } from './rooms.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Township } from './villages.ts';

/** The letter in a device id; E is electrical current, K a concentrator, V a camera (video). */
const letters: Record<Exclude<DeviceType, 'unknown'>, string> = {
  smoke: 'S',
  heat: 'H',
  co: 'C',
  gas: 'G',
  water: 'W',
  current: 'E',
  pressure: 'P',
  manual: 'M',
  camera: 'V',
  concentrator: 'K',
};

/**
 * Every device, in the order of the ground: township by township, village, grid, building; in a building the
 * concentrator, the detectors floor by floor, the cameras; after the buildings of a grid its street cameras.
 * Neighbours in the list are neighbours on the ground, and a concentrator stands before what hangs on it.
 *
 * Ids are the township's code, a letter for the type, and a number: 331081100-S-000123.
 */
export function placeDevices(
  villages: readonly FinishedVillage[],
  { detectors, cameras, roads, ground }: { detectors: number; cameras: number; roads: Roads; ground: Ground },
  random: SeededRandom,
): EstateDevice[] {
  const buildings = villages.flatMap(({ grids }) => grids.flatMap((grid) => grid.buildings));
  const shares = shareDetectors(
    buildings.map(({ placed }) => placed),
    detectors,
  );
  const shareOf = new Map(buildings.map((building, i) => [building, shares[i]!]));
  const plan = planCameras(villages, { roads, ground, total: cameras }, random.fork('cameras'));
  const register = new Register();
  const hanging = random.fork('detectors');
  for (const { settlement, grids } of villages) {
    for (const { grid, buildings: standing } of grids) {
      for (const building of standing)
        register.addBuilding(settlement.township, building, {
          share: shareOf.get(building)!,
          plan,
          random: hanging,
        });
      for (const camera of plan.inStreets.get(grid) ?? [])
        register.addCamera(settlement.township, grid.code, null, camera);
    }
  }
  return register.devices;
}

class Register {
  readonly devices: EstateDevice[] = [];
  readonly #counts = new Map<string, number>();

  addBuilding(
    township: Township,
    building: FinishedBuilding,
    { share, plan, random }: { share: DetectorShare; plan: CameraPlan; random: SeededRandom },
  ): void {
    const { concentrator, detectors } = furnish(building.placed, share, random);
    const add = (type: Exclude<DeviceType, 'unknown'>, spot: Spot, parent: string | null) => {
      const id = this.#nextId(township, letters[type]);
      const { x, y } = fromFrame(building.placed.frame, spot.u, spot.v);
      const [lon, lat] = toLonLat(x, y);
      const { id: buildingId, area } = building.record;
      const { floor, room } = spot;
      this.devices.push({
        id,
        type,
        area,
        building: buildingId,
        floor,
        room,
        lon,
        lat,
        parent,
        camera: null,
      });
      return id;
    };
    const parent = concentrator === null ? null : add('concentrator', concentrator, null);
    for (const { type, spot } of detectors) add(type, spot, parent);
    for (const camera of plan.inBuildings.get(building) ?? [])
      this.addCamera(township, building.record.area, building.record.id, camera);
  }

  addCamera(township: Township, area: string, building: string | null, camera: PlacedCamera): void {
    const id = this.#nextId(township, letters.camera);
    const [lon, lat] = toLonLat(camera.x, camera.y);
    const { heading, fieldOfView, floor, room } = camera;
    const code = `${township.shortName}-${id.slice(-6).replace(/^00?/, '')}`;
    const streamUrl = `/hls/${id}/index.m3u8`;
    this.devices.push({
      id,
      type: 'camera',
      area,
      building,
      floor,
      room,
      lon,
      lat,
      parent: null,
      camera: { code, heading, fieldOfView, streamUrl },
    });
  }

  #nextId(township: Township, letter: string): string {
    const key = `${township.code}-${letter}`;
    const number = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, number);
    return `${key}-${String(number).padStart(6, '0')}`;
  }
}
