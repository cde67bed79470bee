import type { MapCone } from '../video/map-video.ts';
import type { View } from './alarm-marks.ts';
import { type Box, overlap } from './place-labels.ts';

/** Where a cone stands on the canvas, in pixels, and where its number does. */
export interface PlacedCone {
  x: number;
  y: number;
  number: { x: number; y: number };
  cone: MapCone;
}

/**
 * Cameras stand within metres of what they look at, and a map of a county shows them all on one spot: a camera that
 * would lie below the mark of the incident is moved outwards in its own direction, to `reach` pixels from it. One that
 * stands on the very spot goes to where it looks from, against its heading.
 */
export function arrangeCones(
  cones: readonly MapCone[],
  centre: { lon: number; lat: number },
  options: { project: View['project']; reach: number; room: number; taken: readonly Box[] },
): PlacedCone[] {
  const taken = [...options.taken];
  return standing(cones, centre, options).map((at) => {
    const number = freeSpot(at, options, taken);
    taken.push(boxAt(number, options.room));
    return { ...at, number };
  });
}

const boxAt = ({ x, y }: { x: number; y: number }, room: number): Box => ({
  ...{ x: x - room, y: y - room, w: room * 2, h: room * 2 },
});

/** Directions around a camera, and how many rooms away: on it, then beside it, then further. */
const turns = 8;
const rings = [0, 2, 3, 4];

/** The nearest spot for a number that touches nothing before it, such as the alarm's mark and name; else on the camera itself. */
function freeSpot(
  at: { x: number; y: number },
  { room }: { room: number },
  taken: readonly Box[],
): { x: number; y: number } {
  for (const ring of rings)
    for (let turn = 0; turn < turns; turn++) {
      const angle = (turn / turns) * 2 * Math.PI;
      const spot = { x: at.x + ring * room * Math.sin(angle), y: at.y - ring * room * Math.cos(angle) };
      if (!taken.some((box) => overlap(boxAt(spot, room), box))) return spot;
    }
  return at;
}

function standing(
  cones: readonly MapCone[],
  centre: { lon: number; lat: number },
  { project, reach }: { project: View['project']; reach: number },
): Omit<PlacedCone, 'number'>[] {
  const to = project(centre.lon, centre.lat);
  return cones.map((cone) => {
    const at = project(cone.lon, cone.lat);
    const away = Math.hypot(at.x - to.x, at.y - to.y);
    if (away >= reach) return { ...at, cone };
    const from = (cone.heading * Math.PI) / 180;
    const direction =
      away < 1e-6
        ? { x: -Math.sin(from), y: Math.cos(from) }
        : { x: (at.x - to.x) / away, y: (at.y - to.y) / away };
    return { x: to.x + direction.x * reach, y: to.y + direction.y * reach, cone };
  });
}
