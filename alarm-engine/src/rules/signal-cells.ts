import { cellDegrees, cellDegreesLon, metresPerDegree } from '../alarms/group-incidents.ts';

/**
 * Number of the cell that a place lies in: about 133 m from south to north. Cells 39° apart from north to south, or 72°
 * from west to east, share a number, which no county is wide; so it is a small whole number, and quick to find.
 */
export function cellKey(lon: number, lat: number): number {
  return keyOf(column(lon), row(lat));
}

/** Numbers of the cells that a circle touches, and a few more. */
export function cellKeysWithin(circle: { lon: number; lat: number; metres: number }): number[] {
  const north = circle.metres / metresPerDegree;
  const east = north / Math.cos((circle.lat * Math.PI) / 180);
  const [first, last] = [row(circle.lat - north), row(circle.lat + north)];
  const end = column(circle.lon + east);
  const keys: number[] = [];
  for (let x = column(circle.lon - east); x <= end; x += 1)
    for (let y = first; y <= last; y += 1) keys.push(keyOf(x, y));
  return keys;
}

const keyOf = (x: number, y: number) => ((x & 0x7fff) << 15) | (y & 0x7fff);
const column = (lon: number) => Math.floor((lon + 180) / cellDegreesLon);
const row = (lat: number) => Math.floor((lat + 90) / cellDegrees);
