import { cellDegrees, cellDegreesLon } from '../alarms/group-incidents.ts';

/** Rows of the grid from pole to pole fit below it: a key is a whole number. */
const rows = 2 ** 18;
const metresPerDegree = 111_320;

/** Number of the cell that a place lies in: about 133 m from south to north. */
export function cellKey(lon: number, lat: number): number {
  return column(lon) * rows + row(lat);
}

/** Numbers of the cells that a circle touches, and a few more. */
export function cellKeysWithin(circle: { lon: number; lat: number; metres: number }): number[] {
  const north = circle.metres / metresPerDegree;
  const east = north / Math.cos((circle.lat * Math.PI) / 180);
  const [first, last] = [row(circle.lat - north), row(circle.lat + north)];
  const end = column(circle.lon + east);
  const keys: number[] = [];
  for (let x = column(circle.lon - east); x <= end; x += 1)
    for (let y = first; y <= last; y += 1) keys.push(x * rows + y);
  return keys;
}

const column = (lon: number) => Math.floor((lon + 180) / cellDegreesLon);
const row = (lat: number) => Math.floor((lat + 90) / cellDegrees);
