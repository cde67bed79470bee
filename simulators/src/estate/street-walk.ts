import type { Point } from './plane.ts';
import { alongStreet, besideStreet, type Street } from './street.ts';

/** One side of a street, walked from its middle to an end, leaving plots behind. */
interface Walk {
  street: Street;
  /** 1 left of the street's direction, −1 right. */
  side: 1 | -1;
  /** 1 towards the end of the street, −1 towards its start. */
  way: 1 | -1;
  /** Metres from the middle where the next free frontage begins. */
  at: number;
  /** Metres from the middle where the last building ends. */
  built: number;
}

/** A piece of frontage: the middle of the front, looking so that the plot lies to its left. */
export interface Frontage extends Point {
  angle: number;
}

/**
 * Hands out frontage along some streets, nearest to a centre first, so that a place grows outwards from its
 * middle and ends raggedly.
 */
export class StreetWalks {
  readonly #walks: Walk[];
  readonly #centre: Point;

  constructor(streets: readonly Street[], centre: Point, sides: readonly (1 | -1)[] = [1, -1]) {
    this.#centre = centre;
    this.#walks = streets.flatMap((street) =>
      sides.flatMap((side) => ([1, -1] as const).map((way) => ({ street, side, way, at: 0, built: 0 }))),
    );
  }

  /**
   * The frontage nearest to the centre that `fits`, `length` metres long and `setback` from the kerb; null when
   * no street has any left. What did not fit is passed over for good.
   */
  next(
    { length, gap, setback }: { length: number; gap: number; setback: number },
    fits: (frontage: Frontage) => boolean,
  ): Frontage | null {
    for (;;) {
      const walk = this.#nearest(length);
      if (walk === null) return null;
      const frontage = frontageAt(walk, length, setback);
      if (!fits(frontage)) {
        walk.at += 7;
        continue;
      }
      walk.built = walk.at + length;
      walk.at += length + gap;
      return frontage;
    }
  }

  /** The streets as far as they were built up, without those that were not. */
  builtUp(): Street[] {
    const streets = new Set(this.#walks.map((walk) => walk.street));
    return [...streets].flatMap((street) => {
      const walks = this.#walks.filter((walk) => walk.street === street);
      const reach = (way: 1 | -1) =>
        Math.max(...walks.filter((walk) => walk.way === way).map((walk) => walk.built));
      if (reach(1) + reach(-1) === 0) return [];
      const end = Math.min(street.length / 2, reach(1) + 14);
      const start = Math.min(street.length / 2, reach(-1) + 14);
      return [{ ...street, ...alongStreet(street, (end - start) / 2), length: end + start }];
    });
  }

  #nearest(length: number): Walk | null {
    let best: Walk | null = null;
    let nearest = Infinity;
    for (const walk of this.#walks) {
      if (walk.at + length > walk.street.length / 2) continue;
      const { x, y } = alongStreet(walk.street, walk.way * (walk.at + length / 2));
      const distance = (x - this.#centre.x) ** 2 + (y - this.#centre.y) ** 2;
      if (distance < nearest) {
        nearest = distance;
        best = walk;
      }
    }
    return best;
  }
}

function frontageAt({ street, side, way, at }: Walk, length: number, setback: number): Frontage {
  const aside = side * (street.width / 2 + setback);
  const { x, y, heading } = besideStreet(street, way * (at + length / 2), aside);
  return { x, y, angle: side === 1 ? heading : heading + Math.PI };
}
