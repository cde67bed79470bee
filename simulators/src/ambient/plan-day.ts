import { type SeededRandom, seededRandom } from '../estate/seeded-random.ts';
import type { StandingDevice, StandingEstate } from '../read-estate.ts';
import type { Act } from './act.ts';
import { drawReading, drawTime } from './draw.ts';
import { planFires } from './plan-fire.ts';
import { evenly, type NuisanceRate, type Rates, type SupplyRate, type UpkeepRate } from './rates.ts';

export interface DayPlan {
  /** Names the day: the same seed, estate and rates give the same acts. */
  seed: string;
  estate: StandingEstate;
  rates: Rates;
}

/**
 * Everything that happens in one simulated day, in the order of its beginnings. Each kind is a Poisson
 * process conditioned on its count: exactly as many as the rate says, at times drawn one by one from its
 * hours. Pure. A kind for which the estate has no device does not happen.
 */
export function planDay({ seed, estate, rates }: DayPlan): Act[] {
  const random = seededRandom(seed);
  const acts = [
    ...rates.nuisances.flatMap((rate) => planNuisances(rate, estate, random.fork(rate.name))),
    ...planFires(rates.fire, estate, random.fork('fire')),
    ...rates.supplies.flatMap((rate) => planSupply(rate, estate, random.fork(rate.kind))),
    ...rates.upkeep.flatMap((rate) => planUpkeep(rate, estate, random.fork(rate.kind))),
  ];
  return acts.sort(byBeginning);
}

function planNuisances(rate: NuisanceRate, estate: StandingEstate, random: SeededRandom): Act[] {
  return chooseDevices(rate.perDay, devicesFor(rate, estate), random).map((device, i) => {
    const atS = drawTime(rate.hours, random);
    return {
      happening: `${rate.name} ${i}`,
      story: 'nuisance',
      device: device.id,
      found: rate.found,
      message: { kind: rate.kind, ...drawReading(rate, random) },
      begins: { atS, afterS: 0 },
      ends: { atS, afterS: random.between(...rate.clearsAfterS) },
    };
  });
}

/** Devices of the type in buildings of these uses: in the named rooms, or anywhere when there are none. */
function devicesFor({ type, uses, rooms }: NuisanceRate, estate: StandingEstate): StandingDevice[] {
  const all = estate.buildings
    .filter((building) => uses.includes(building.use))
    .flatMap((building) => building.devices.filter((device) => device.type === type));
  const inRooms =
    rooms === null ? [] : all.filter((device) => device.room !== null && rooms.test(device.room));
  return inRooms.length > 0 ? inRooms : all;
}

function planSupply(rate: SupplyRate, estate: StandingEstate, random: SeededRandom): Act[] {
  const devices = estate.devices.filter((device) => device.type === rate.type);
  return chooseDevices(rate.perDay, devices, random).map((device, i) => {
    const atS = drawTime(evenly, random);
    return {
      happening: `${rate.kind} ${i}`,
      story: 'supply',
      device: device.id,
      found: null,
      message: { kind: rate.kind, ...drawReading(rate, random) },
      begins: { atS, afterS: 0 },
      ends: { atS, afterS: random.between(...rate.clearsAfterS) },
    };
  });
}

function planUpkeep(rate: UpkeepRate, estate: StandingEstate, random: SeededRandom): Act[] {
  const devices = estate.devices.filter((device) => rate.types.includes(device.type));
  return chooseDevices(rate.perDay, devices, random).map((device, i) => {
    const atS = drawTime(evenly, random);
    const attrs = rate.causes.length === 0 ? {} : { attrs: { cause: random.pick(rate.causes) } };
    return {
      happening: `${rate.kind} ${i}`,
      story: rate.kind,
      device: device.id,
      found: null,
      message: { kind: rate.kind, ...drawReading(rate, random), ...attrs },
      begins: { atS, afterS: 0 },
      ends: { atS: atS + random.between(...rate.mendedAfterH) * 3600, afterS: 0 },
    };
  });
}

/** As many different devices as the rate asks for, as far as there are so many. */
function chooseDevices(perDay: number, devices: StandingDevice[], random: SeededRandom): StandingDevice[] {
  const chosen = new Set<StandingDevice>();
  const wanted = Math.min(perDay, devices.length);
  while (chosen.size < wanted) chosen.add(random.pick(devices));
  return [...chosen];
}

/** Sorts acts by their beginning. */
export function byBeginning(a: Act, b: Act): number {
  return a.begins.atS - b.begins.atS || a.begins.afterS - b.begins.afterS;
}
