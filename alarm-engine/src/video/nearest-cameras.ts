import type { Camera } from './camera-directory.ts';

/** A camera as it stands to a place. */
export interface CameraToPlace {
  camera: Camera;
  metres: number;
  /** From the camera to the place, degrees clockwise from north. */
  bearing: number;
  sees: boolean;
}

const metresPerDegree = 111_320;
/** A camera that looks away counts as so many times as far: it is turned, or shows who comes and goes. */
const lookingAway = 3;
/** So near a camera sees the place by whatever it looks at. Metres. */
const underneath = 4;

/**
 * The best cameras to look at a place with: near first, those that look away further back. Every camera is looked
 * at, 0.6 ms of processor time for 42,000, so no index has to be kept.
 */
export function nearestCameras(
  cameras: readonly Camera[],
  place: { lon: number; lat: number },
  limit: number,
): CameraToPlace[] {
  const lonScale = Math.cos((place.lat * Math.PI) / 180);
  const best: { to: CameraToPlace; cost: number }[] = [];
  for (const camera of cameras) {
    if (camera.lon === null || camera.lat === null) continue;
    const worst = best.length < limit ? Number.POSITIVE_INFINITY : best.at(-1)!.cost;
    const north = (place.lat - camera.lat) * metresPerDegree;
    if (Math.abs(north) >= worst) continue;
    const east = (place.lon - camera.lon) * lonScale * metresPerDegree;
    const metres = Math.hypot(east, north);
    if (metres >= worst) continue;
    const bearing = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
    const sees = metres <= underneath || isTurnedTo(camera, bearing);
    const cost = sees ? metres : Math.max(metres, underneath) * lookingAway;
    if (cost >= worst) continue;
    const at = best.findIndex((other) => cost < other.cost);
    best.splice(at < 0 ? best.length : at, 0, { to: { camera, metres, bearing, sees }, cost });
    if (best.length > limit) best.pop();
  }
  return best.map(({ to }) => to);
}

function isTurnedTo({ heading, fieldOfView }: Camera, bearing: number): boolean {
  const off = Math.abs(((bearing - heading + 540) % 360) - 180);
  return off <= fieldOfView / 2;
}
