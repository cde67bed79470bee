/**
 * Which incident an alarm belongs to. One happening is one incident: the same building, else alarms of one
 * hazard near in space and time. Looked up through a grid of cells, so the cost does not grow with the
 * number of open incidents.
 */

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
/** Edges of a cell in degrees: about 133 m from south to north, 215 m from west to east at 28° of latitude. */
export const cellDegrees = 0.0012;
export const cellDegreesLon = 0.0022;

/** Metres between two places, on the plane: within 0.1 % at county size. */
export function metresBetween(a: Place, b: Place): number {
  const dLat = (a.lat - b.lat) * metresPerDegree;
  const dLon = (a.lon - b.lon) * metresPerDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(dLat, dLon);
}

/** What an alarm that looks for an incident is about, and how near it must be in space and time. */
export interface Search {
  hazard: string;
  now: number;
  /** Metres. */
  nearM: number;
  /** An incident that was quiet for longer takes no strangers in, ms. */
  quietMs: number;
}

/** The nearest candidate that the alarm may join, of two at one place that of the smaller id; or null: then it opens one. */
export function nearestIncident(
  place: Place,
  candidates: readonly Candidate[],
  { hazard, now, nearM, quietMs }: Search,
): string | null {
  let best: string | null = null;
  let bestM = nearM;
  for (const candidate of candidates) {
    if (candidate.hazard !== hazard || candidate.lon === null || candidate.lat === null) continue;
    if (now - candidate.lastAlarmAt > quietMs) continue;
    const metres = metresBetween(place, { lon: candidate.lon, lat: candidate.lat });
    if (metres < bestM || (metres === bestM && (best === null || candidate.id < best)))
      [best, bestM] = [candidate.id, metres];
  }
  return best;
}
