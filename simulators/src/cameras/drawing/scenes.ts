import type { Seat } from './burning.ts';
import type { Canvas } from './canvas.ts';
import { corridor, market, stairwell, warehouse } from './indoor-scenes.ts';
import { carPark, street } from './outdoor-scenes.ts';

/** Size of every clip's picture. */
export const pictureSize = { width: 640, height: 360 } as const;

/** One place as a camera sees it. */
export interface Scene {
  /** What stands still. */
  still: (canvas: Canvas) => void;
  /** What moves; `phase` runs from 0 to 1 over the clip, and 1 is where 0 is. */
  moving: (canvas: Canvas, phase: number) => void;
  seat: Seat;
}

/** The scenes by name; a clip's file is named for its scene and its version. */
export const scenes = {
  street,
  corridor,
  stairwell,
  'car-park': carPark,
  warehouse,
  market,
} as const satisfies Record<string, Scene>;
