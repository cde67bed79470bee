import type { SeededRandom } from '../estate/seeded-random.ts';
import type { StandingBuilding, StandingDevice, StandingEstate } from '../read-estate.ts';
import { faultAt, type ScenarioError } from './scenario-error.ts';
import type { Crowd } from './scenario-schema.ts';

export interface Stage {
  estate: StandingEstate;
  places: ReadonlyMap<string, StandingBuilding>;
  /** No crowd is larger than this. */
  mostDevices: number;
}

/** Devices that fit, in an order that the seed draws. Throws a {@link ScenarioError} at `path` where there are none. */
export function chooseCrowd(
  crowd: Crowd,
  stage: Stage,
  random: SeededRandom,
  path: string,
): StandingDevice[] {
  const fits = withinBuildings(
    crowd,
    stage.estate.devices.filter((device) => isOf(device, crowd, stage)),
    random,
  );
  if (fits.length === 0) throw nobody(crowd, path);
  const part = crowd.share === undefined ? fits.length : Math.max(1, Math.round(fits.length * crowd.share));
  const size = Math.min(part, crowd.count ?? Number.POSITIVE_INFINITY, stage.mostDevices);
  return shuffled(fits, random.fork('order')).slice(0, size);
}

function isOf(device: StandingDevice, { types, device: id, place, area }: Crowd, { places }: Stage): boolean {
  return (
    (id === undefined || device.id === id) &&
    (types === undefined
      ? device.type !== 'concentrator' && device.type !== 'camera'
      : types.includes(device.type)) &&
    (place === undefined || device.building === places.get(place)) &&
    device.area.startsWith(area ?? '')
  );
}

function withinBuildings(
  { buildings }: Crowd,
  fits: StandingDevice[],
  random: SeededRandom,
): StandingDevice[] {
  if (buildings === undefined) return fits;
  const all = [...new Set(fits.flatMap(({ building }) => (building === null ? [] : [building])))];
  const some = new Set(shuffled(all, random.fork('buildings')).slice(0, buildings));
  return fits.filter(({ building }) => building !== null && some.has(building));
}

function shuffled<T>(list: readonly T[], random: SeededRandom): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function nobody({ device }: Crowd, path: string): ScenarioError {
  if (device !== undefined)
    return faultAt(path, {
      zh: `台账中没有设备 ${device}，或不合其余条件`,
      en: `names the device ${device}, which the estate has not, or not so`,
    });
  return faultAt(path, { zh: '台账中没有符合条件的设备', en: 'fits no device of the estate' });
}
