/**
 * Which incident an alarm belongs to. One happening is one incident: the same building, else alarms of one
 * hazard near in space and time. Looked up through a grid of cells, so the cost does not grow with the
 * number of open incidents.
 */

/** A camera and the fire it sees, or two ends of one yard, are at most this far apart. Metres. */
export const nearM = 120;
/** An incident that was quiet for longer takes no strangers in; its own building it always takes. Ms. */
export const quietAfterMs = 15 * 60_000;

export interface Place {
  lon: number;
  lat: number;
}

export interface Candidate {
  id: string;
  hazard: string;
  lon: number | null;
  lat: number | null;
  lastAlarmAt: number;
}

/** Of latitude. */
export const metresPerDegree = 111_320;
/** Cell edges in degrees, over {@link nearM} up to 55° of latitude: nine cells hold every neighbour. */
export const cellDegrees = 0.0012;
export const cellDegreesLon = 0.0022;

/** Metres between two places, on the plane: within 0.1 % at county size. */
export function metresBetween(a: Place, b: Place): number {
  const dLat = (a.lat - b.lat) * metresPerDegree;
  const dLon = (a.lon - b.lon) * metresPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(dLat, dLon);
}

/** Key of the cell that a place lies in. */
export function cellOf({ lon, lat }: Place): string {
  return `${Math.floor(lon / cellDegreesLon)}:${Math.floor(lat / cellDegrees)}`;
}

/** Keys of the nine cells in which something near may lie. */
export function cellsAround({ lon, lat }: Place): string[] {
  const x = Math.floor(lon / cellDegreesLon);
  const y = Math.floor(lat / cellDegrees);
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${x + dx}:${y + dy}`));
}

/** The nearest candidate that the alarm may join, or null: then it opens an incident of its own. */
export function nearestIncident(
  place: Place,
  hazard: string,
  candidates: readonly Candidate[],
  now: number,
): string | null {
  let best: string | null = null;
  let bestM = nearM;
  for (const candidate of candidates) {
    if (candidate.hazard !== hazard || candidate.lon === null || candidate.lat === null) continue;
    if (now - candidate.lastAlarmAt > quietAfterMs) continue;
    const metres = metresBetween(place, { lon: candidate.lon, lat: candidate.lat });
    if (metres <= bestM) [best, bestM] = [candidate.id, metres];
  }
  return best;
}
