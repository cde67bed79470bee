import type { SeededRandom } from '../estate/seeded-random.ts';
import type { StandingBuilding, StandingEstate } from '../read-estate.ts';
import { eachPart, faultAt, type ScenarioError } from './scenario-error.ts';
import type { Place } from './scenario-schema.ts';

const metresPerDegree = 111_320;

export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const lonScale = Math.cos((a.lat * Math.PI) / 180);
  return metresPerDegree * Math.hypot((a.lon - b.lon) * lonScale, a.lat - b.lat);
}

/** Digits of a township's code. */
const townshipDigits = 9;
const townshipOf = ({ area }: { area: string }) => area.slice(0, townshipDigits);

/**
 * Finds a building for each place, in their order, none twice. A place that others are near to is chosen so that they
 * can be: a warehouse that has a school beside it; and one in which somebody presses a call point (`pressed`) has one.
 * Throws a {@link ScenarioError} where the estate has none.
 */
export function choosePlaces(
  { places, pressed }: { places: Readonly<Record<string, Place>>; pressed: ReadonlySet<string> },
  estate: StandingEstate,
  random: SeededRandom,
): Map<string, StandingBuilding> {
  const chosen = new Map<string, StandingBuilding>();
  eachPart(Object.entries(places), ([name, place]) => {
    if (isBesideMissing(place, chosen)) return;
    const fits = candidates(place, estate, chosen).filter(
      (building) =>
        ![...chosen.values()].includes(building) && (!pressed.has(name) || hasCallPoint(building)),
    );
    const neighbours = Object.values(places).filter(({ near }) => near === name);
    const good = neighbours.reduce(
      (left, neighbour) => left.filter((building) => hasNeighbour(building, neighbour, estate)),
      fits,
    );
    if (good.length === 0) throw notFound(name, { place, pressed: pressed.has(name) }, estate);
    chosen.set(name, random.fork(name).pick(good));
  });
  return chosen;
}

/** Nobody knows what lies beside a place that was not found. */
function isBesideMissing(place: Place, chosen: ReadonlyMap<string, StandingBuilding>): boolean {
  return [place.near, place.township_other_than].some((name) => name !== undefined && !chosen.has(name));
}

function candidates(
  place: Place,
  { buildings }: StandingEstate,
  chosen: ReadonlyMap<string, StandingBuilding>,
): StandingBuilding[] {
  const near = place.near === undefined ? undefined : chosen.get(place.near);
  const other = place.township_other_than === undefined ? undefined : chosen.get(place.township_other_than);
  return buildings.filter(
    (building) =>
      fitsAlone(building, place) &&
      (near === undefined || metresBetween(building, near) <= place.within!) &&
      (other === undefined || townshipOf(building) !== townshipOf(other)),
  );
}

function fitsAlone({ id, use, floors, area, devices }: StandingBuilding, place: Place): boolean {
  return (
    (place.building === undefined || place.building === id) &&
    (place.use === undefined || place.use === use) &&
    floors >= (place.floors_from ?? 1) &&
    floors <= (place.floors_to ?? Number.POSITIVE_INFINITY) &&
    area.startsWith(place.area ?? '') &&
    devices.filter(({ type }) => type !== 'camera').length >= (place.detectors_from ?? 1)
  );
}

function hasNeighbour(building: StandingBuilding, place: Place, { buildings }: StandingEstate): boolean {
  return buildings.some(
    (other) =>
      other !== building && fitsAlone(other, place) && metresBetween(building, other) <= place.within!,
  );
}

function hasCallPoint({ devices }: StandingBuilding): boolean {
  return devices.some(({ type }) => type === 'manual');
}

function notFound(
  name: string,
  { place, pressed }: { place: Place; pressed: boolean },
  { buildings }: StandingEstate,
): ScenarioError {
  const { building } = place;
  if (building !== undefined && !buildings.some(({ id }) => id === building))
    return faultAt(`places.${name}.building`, {
      zh: `台账中没有建筑 ${building}`,
      en: `names the building ${building}, which the estate has not`,
    });
  const ofUse = buildings.filter(({ use }) => place.use === undefined || use === place.use);
  const floors = ofUse.reduce((most, one) => Math.max(most, one.floors), 0);
  const withPoint = ofUse.filter(hasCallPoint).length;
  const points = pressed
    ? { zh: `，有手报的 ${withPoint} 栋`, en: `, ${withPoint} with a call point` }
    : { zh: '', en: '' };
  return faultAt(`places.${name}`, {
    zh: `台账中没有这样的建筑（该用途 ${ofUse.length} 栋，最高 ${floors} 层${points.zh}）；可放宽条件或加大 station.estate`,
    en:
      `no building of the estate is like that (${ofUse.length} of this use, ${floors} floors at most${points.en}); ` +
      'ask for less, or for a larger station.estate',
  });
}
