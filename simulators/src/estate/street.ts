import type { Point } from './plane.ts';

/** A road as a circular arc, described from its middle, so that it runs from −length/2 to +length/2. */
export interface Street {
  x: number;
  y: number;
  /** Direction at the middle. */
  heading: number;
  /** Radians a metre, positive bends left; 0 is straight. */
  bend: number;
  length: number;
  /** From kerb to kerb, metres. */
  width: number;
}

/** Point and direction at `s` metres from the middle. */
export function alongStreet(street: Street, s: number): Point & { heading: number } {
  const half = (street.bend * s) / 2;
  const chord = Math.abs(half) < 1e-9 ? s : (Math.sin(half) / half) * s;
  return {
    x: street.x + chord * Math.cos(street.heading + half),
    y: street.y + chord * Math.sin(street.heading + half),
    heading: street.heading + street.bend * s,
  };
}

/** The straight street between two points. */
export function streetBetween(from: Point, to: Point, width: number): Street {
  return {
    x: (from.x + to.x) / 2,
    y: (from.y + to.y) / 2,
    heading: Math.atan2(to.y - from.y, to.x - from.x),
    bend: 0,
    length: Math.hypot(to.x - from.x, to.y - from.y),
    width,
  };
}

/** An arc between two points whose middle lies `sag` metres beside the straight line; exact enough below 15 %. */
export function arcBetween(from: Point, to: Point, { width, sag }: { width: number; sag: number }): Street {
  const straight = streetBetween(from, to, width);
  const chord = straight.length;
  const middle = besideStreet(straight, 0, sag);
  return {
    ...straight,
    x: middle.x,
    y: middle.y,
    bend: (-8 * sag) / (chord * chord + 4 * sag * sag),
    length: chord + (8 * sag * sag) / (3 * chord),
  };
}

/** Somewhere beside a street: `aside` metres to the left of its middle line, or, negative, to the right. */
export function besideStreet(street: Street, s: number, aside: number): Point & { heading: number } {
  const { x, y, heading } = alongStreet(street, s);
  return { x: x - Math.sin(heading) * aside, y: y + Math.cos(heading) * aside, heading };
}
