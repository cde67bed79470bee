import type { Ground } from './ground.ts';
import type { PlacedCamera } from './placed-camera.ts';
import { type Point, toCompass } from './plane.ts';
import type { SeededRandom } from './seeded-random.ts';
import { besideStreet, type Street } from './street.ts';

/** Cameras at even steps along some streets, on alternate kerbs, each looking up or down its street. */
export function camerasAlong(
  { streets, count, centre }: { streets: readonly Street[]; count: number; centre: Point },
  ground: Ground,
  random: SeededRandom,
): PlacedCamera[] {
  const whole = lengthOf(streets);
  const dry = (place: Point) => ground.townshipAt(place.x, place.y) >= 0;
  return Array.from({ length: count }, (_, k) => {
    for (let attempt = 0; attempt < 20 && whole > 0; attempt++) {
      const at = attempt === 0 ? (k + random.between(0.1, 0.9)) / count : random.next();
      const camera = streetCamera(...streetAt(streets, at * whole), k % 2 === 0 ? 1 : -1, random);
      if (dry(camera)) return camera;
    }
    const place = { x: centre.x + random.between(-12, 12), y: centre.y + random.between(-12, 12) };
    const spot = dry(place) ? place : { x: centre.x, y: centre.y };
    return { ...spot, heading: random.whole(0, 359), fieldOfView: 360, floor: null, room: null };
  });
}

function streetCamera(street: Street, s: number, side: 1 | -1, random: SeededRandom): PlacedCamera {
  const { x, y, heading } = besideStreet(street, s, side * (street.width / 2 + 0.8));
  const dome = random.chance(0.12);
  const along = random.chance(0.5) ? heading : heading + Math.PI;
  return {
    x,
    y,
    heading: toCompass(along + random.between(-0.25, 0.25)),
    fieldOfView: dome ? 360 : random.pick([45, 60, 60, 90]),
    floor: null,
    room: null,
  };
}

/** The street, and the place on it, that lies `metres` into all of them laid end to end. */
function streetAt(streets: readonly Street[], metres: number): [street: Street, s: number] {
  let left = metres;
  for (const street of streets) {
    if (left <= street.length) return [street, left - street.length / 2];
    left -= street.length;
  }
  const last = streets.at(-1)!;
  return [last, last.length / 2];
}

export function lengthOf(streets: readonly Street[]): number {
  return streets.reduce((sum, street) => sum + street.length, 0);
}
