import type { Point } from './plane.ts';
import { alongStreet, type Street } from './street.ts';

/** A turned rectangle: middle, half its length along `angle`, half its depth across. */
export interface Plot extends Point {
  angle: number;
  halfLength: number;
  halfDepth: number;
}

/**
 * Who has taken which ground, streets included. Plots lie in a hash of 80 m squares, so that a question costs
 * a few comparisons however many there are.
 */
export class Plots {
  readonly #squares = new Map<number, Plot[]>();

  take(plot: Plot): void {
    for (const key of squaresUnder(plot)) {
      const square = this.#squares.get(key);
      if (square === undefined) this.#squares.set(key, [plot]);
      else square.push(plot);
    }
  }

  /** A street is taken in straight pieces of 40 m at most. */
  takeStreet(street: Street): void {
    const pieces = Math.max(1, Math.ceil(street.length / 40));
    const length = street.length / pieces;
    for (let k = 0; k < pieces; k++) {
      const { x, y, heading } = alongStreet(street, (k + 0.5) * length - street.length / 2);
      this.take({ x, y, angle: heading, halfLength: length / 2, halfDepth: street.width / 2 });
    }
  }

  /** True when the plot and `clearance` metres round it belong to nobody. */
  isFree(plot: Plot, clearance: number): boolean {
    const wide = { ...plot, halfLength: plot.halfLength + clearance, halfDepth: plot.halfDepth + clearance };
    for (const key of squaresUnder(wide)) {
      const square = this.#squares.get(key);
      if (square?.some((other) => overlap(wide, other))) return false;
    }
    return true;
  }
}

/** True when two turned rectangles share any ground (separating axes). */
export function overlap(a: Plot, b: Plot): boolean {
  return !parted(a, b) && !parted(b, a);
}

/** True when a line along one of the sides of `a` parts it from `b`. */
function parted(a: Plot, b: Plot): boolean {
  const cos = Math.cos(a.angle);
  const sin = Math.sin(a.angle);
  const along = (b.x - a.x) * cos + (b.y - a.y) * sin;
  const across = (b.y - a.y) * cos - (b.x - a.x) * sin;
  const turn = b.angle - a.angle;
  const c = Math.abs(Math.cos(turn));
  const s = Math.abs(Math.sin(turn));
  const reachAlong = a.halfLength + b.halfLength * c + b.halfDepth * s;
  const reachAcross = a.halfDepth + b.halfLength * s + b.halfDepth * c;
  return Math.abs(along) >= reachAlong || Math.abs(across) >= reachAcross;
}

const squareMetres = 80;

function squaresUnder({ x, y, angle, halfLength, halfDepth }: Plot): number[] {
  const c = Math.abs(Math.cos(angle));
  const s = Math.abs(Math.sin(angle));
  const reachX = halfLength * c + halfDepth * s;
  const reachY = halfLength * s + halfDepth * c;
  const keys: number[] = [];
  for (let i = Math.floor((x - reachX) / squareMetres); i <= Math.floor((x + reachX) / squareMetres); i++) {
    for (let j = Math.floor((y - reachY) / squareMetres); j <= Math.floor((y + reachY) / squareMetres); j++)
      keys.push(i * 65_536 + j);
  }
  return keys;
}
