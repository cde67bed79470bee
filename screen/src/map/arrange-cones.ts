import type { MapCone } from '../video/map-video.ts';
import type { View } from './alarm-marks.ts';

/** Where a cone stands on the canvas, in pixels. */
export interface PlacedCone {
  x: number;
  y: number;
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
  { project, reach }: { project: View['project']; reach: number },
): PlacedCone[] {
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
