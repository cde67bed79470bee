import type { Point } from './plane.ts';

/** A camera on its place, before it has a code. */
export interface PlacedCamera extends Point {
  /** Degrees clockwise from north. */
  heading: number;
  fieldOfView: number;
  floor: number | null;
  room: string | null;
}
