/**
 * The generator works in metres on a plane that touches the county: x east, y north of 121.42° E, 28.40° N.
 * Over the county's 60 km the error stays below 0.1 %. Angles are radians anticlockwise from east.
 */
export interface Point {
  x: number;
  y: number;
}

const origin = { lon: 121.42, lat: 28.4 };
/** Length of a degree on WGS-84 at 28.40° N. */
const metresPerDegree = { lon: 97_996, lat: 110_827 };

export function toPlane(lon: number, lat: number): Point {
  return { x: (lon - origin.lon) * metresPerDegree.lon, y: (lat - origin.lat) * metresPerDegree.lat };
}

/** Degrees, rounded to 6 decimals (0.1 m). */
export function toLonLat(x: number, y: number): [lon: number, lat: number] {
  return [round6(origin.lon + x / metresPerDegree.lon), round6(origin.lat + y / metresPerDegree.lat)];
}

/** Degrees clockwise from north, in [0, 360), rounded to one degree. */
export function toCompass(angle: number): number {
  const degrees = Math.round(90 - (angle * 180) / Math.PI);
  return ((degrees % 360) + 360) % 360;
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
