import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import type { SeededRandom } from '../estate/seeded-random.ts';
import type { StandingBuilding, StandingDevice, StandingEstate } from '../read-estate.ts';
import type { Act, Moment } from './act.ts';
import { drawReading, drawTime } from './draw.ts';
import type { FireRate } from './rates.ts';

/** Detectors that a fire sets off: by smoke, by warmth. */
const fireTypes = ['smoke', 'heat'] as const;

/** A day's fires: each in a building of its own, spreading over its floors, seen by a camera when one is near. */
export function planFires(rate: FireRate, estate: StandingEstate, random: SeededRandom): Act[] {
  const byUse = Map.groupBy(estate.buildings.filter(canBurn), (building) => building.use);
  const acts: Act[] = [];
  for (let i = 0; i < rate.perDay; i++) {
    const building = takeBuilding(rate, byUse, random);
    if (building === null) break;
    acts.push(...planFire({ rate, estate, building, happening: `fire ${i}` }, random));
  }
  return acts;
}

function canBurn(building: StandingBuilding): boolean {
  return building.devices.filter(isFireDetector).length >= 2;
}

function isFireDetector(device: StandingDevice): boolean {
  return fireTypes.some((type) => type === device.type);
}

/** Chooses a building by the weights of the uses and takes it out, so that none burns twice in a day. */
function takeBuilding(
  rate: FireRate,
  byUse: ReadonlyMap<BuildingUse, StandingBuilding[]>,
  random: SeededRandom,
): StandingBuilding | null {
  const uses = rate.uses.filter(([use]) => (byUse.get(use)?.length ?? 0) > 0);
  if (uses.length === 0) return null;
  const [use] = uses[random.weighted(uses.map(([, weight]) => weight))]!;
  const buildings = byUse.get(use)!;
  return buildings.splice(random.whole(0, buildings.length - 1), 1)[0]!;
}

interface Fire {
  rate: FireRate;
  estate: StandingEstate;
  building: StandingBuilding;
  happening: string;
}

function planFire({ rate, estate, building, happening }: Fire, random: SeededRandom): Act[] {
  const atS = drawTime(rate.hours, random);
  const moment = (afterS: number): Moment => ({ atS, afterS });
  const reached = spread(rate, building, random);
  const clearS = reached.at(-1)!.afterS + random.between(...rate.clearsAfterS);
  const acts = reached.map(({ device, afterS }): Act => {
    const kind = device.type === 'heat' ? 'heat' : 'smoke';
    const message = { kind, ...drawReading(rate[kind], random) } as const;
    // The seat of the fire clears last.
    const ends = moment(clearS - afterS / 4);
    const begins = moment(afterS);
    return { happening, story: 'fire', device: device.id, found: null, message, begins, ends };
  });
  const camera = random.chance(rate.cameraSees) ? nearestCamera(estate, building, rate.cameraWithinM) : null;
  if (camera === null) return acts;
  const confidence = Math.round(random.between(0.72, 0.96) * 100) / 100;
  acts.push({
    happening,
    story: 'fire',
    device: camera.id,
    found: null,
    message: { kind: random.chance(0.6) ? 'camera.smoke' : 'camera.fire', attrs: { confidence } },
    begins: moment(random.between(...rate.cameraAfterS)),
    ends: moment(clearS - 30),
  });
  return acts;
}

interface Reached {
  device: StandingDevice;
  /** Real seconds after the first detector. */
  afterS: number;
}

/**
 * Which detectors the smoke reaches, and when: two of the floor of origin, then two of each floor above;
 * under a roof, or where there are no more, it finds the way to those that are left.
 */
function spread(rate: FireRate, building: StandingBuilding, random: SeededRandom): Reached[] {
  const detectors = building.devices.filter(isFireDetector);
  const origin = random.pick(detectors);
  const originFloor = origin.floor ?? 1;
  const byFloor = Map.groupBy(detectors, (device) => (device.floor ?? 1) - originFloor);
  const upwards = [...byFloor.keys()].filter((floor) => floor >= 0).sort((a, b) => a - b);
  const rising = upwards.flatMap((floor) =>
    byFloor
      .get(floor)!
      .filter((device) => device !== origin)
      .slice(0, floor === 0 ? 1 : 2),
  );
  const rest = detectors.filter((device) => device !== origin && !rising.includes(device));
  const others = [...rising, ...rest].slice(0, random.whole(...rate.detectors) - 1);
  const reached: Reached[] = [{ device: origin, afterS: 0 }];
  for (const device of others) {
    const last = reached.at(-1)!;
    const pace = device.floor === last.device.floor ? rate.spreadOnFloorS : rate.spreadToNextFloorS;
    reached.push({ device, afterS: last.afterS + random.between(...pace) });
  }
  return reached;
}

const metresPerDegree = 111_320;

/** The camera in the building or else the nearest within so many metres; null when there is none. */
function nearestCamera(
  { devices }: StandingEstate,
  building: StandingBuilding,
  withinM: number,
): StandingDevice | null {
  const lonScale = Math.cos((building.lat * Math.PI) / 180);
  let best: StandingDevice | null = null;
  let bestM = withinM;
  for (const device of devices) {
    if (device.type !== 'camera') continue;
    if (device.building !== null && device.building !== building) continue;
    const metres =
      metresPerDegree * Math.hypot((device.lon - building.lon) * lonScale, device.lat - building.lat);
    if (metres <= bestM) [best, bestM] = [device, metres];
  }
  return best;
}
