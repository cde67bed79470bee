import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import { mercatorX, mercatorY } from './mercator.ts';

/** Where all devices are, ready to be drawn: a step is 1/65535 of the frame. */
export interface PointPlaces {
  count: number;
  /** Device numbers: where the state of each lies. */
  numbers: Uint32Array;
  xSteps: Uint16Array;
  ySteps: Uint16Array;
  /** Bounds in web mercator, 0 to 1, y down. */
  frame: { x: number; y: number; width: number; height: number };
}

/** Points in web mercator, in the order in which they came. */
export function pointPlaces(points: DevicePoints): PointPlaces {
  const { count, bounds, numbers, lonSteps, latSteps } = points;
  const [west, south, east, north] = bounds;
  const frame = {
    x: mercatorX(west),
    y: mercatorY(north),
    width: mercatorX(east) - mercatorX(west),
    height: mercatorY(south) - mercatorY(north),
  };
  const ySteps = latSteps.map((step) => {
    const lat = south + (step / 65535) * (north - south);
    return frame.height === 0 ? 0 : Math.round(((mercatorY(lat) - frame.y) / frame.height) * 65535);
  });
  return { count, numbers, xSteps: lonSteps, ySteps, frame };
}
