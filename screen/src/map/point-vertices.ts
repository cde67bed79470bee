import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';

export interface PointVertices {
  /** Four bytes a place (two u16 in 1/65535 of the bounds, y down), one flag, three of padding. */
  bytes: Uint8Array;
  count: number;
  /** Bounds in web mercator, 0 to 1. */
  frame: { x: number; y: number; width: number; height: number };
}

/** Bytes of one vertex. */
export const vertexBytes = 8;
const mercatorX = (lon: number) => (lon + 180) / 360;
const mercatorY = (lat: number) =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** A step through `count` points, near the golden section, after which every beginning is an even sample. */
function evenStep(count: number): number {
  let step = Math.max(1, Math.round(count * 0.618034));
  while (commonDivisor(step, count) > 1) step++;
  return step;
}

/** Points as vertices: in web mercator, and mixed so that the first eighth of them is the county in small. */
export function pointVertices(points: DevicePoints): PointVertices {
  const { count, bounds, lonSteps, latSteps, types } = points;
  const [west, south, east, north] = bounds;
  const frame = {
    x: mercatorX(west),
    y: mercatorY(north),
    width: mercatorX(east) - mercatorX(west),
    height: mercatorY(south) - mercatorY(north),
  };
  const camera = deviceTypes.indexOf('camera');
  const bytes = new Uint8Array(count * vertexBytes);
  const places = new Uint16Array(bytes.buffer);
  const step = evenStep(count);
  for (let i = 0, from = 0; i < count; i++, from = (from + step) % count) {
    const lat = south + ((latSteps[from] ?? 0) / 65535) * (north - south);
    places[i * 4] = lonSteps[from] ?? 0;
    places[i * 4 + 1] = Math.round(((mercatorY(lat) - frame.y) / frame.height) * 65535);
    bytes[i * vertexBytes + 4] = types[from] === camera ? 1 : 0;
  }
  return { bytes, count, frame };
}
