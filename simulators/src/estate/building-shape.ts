import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import type { Point } from './plane.ts';
import type { Plot } from './plots.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Size of a building before it has a place. Metres. */
export interface BuildingShape {
  /** Along the street. */
  length: number;
  /** Away from the street. */
  depth: number;
  floors: number;
  /** A wing to the back that makes the building an L, at the left or right end. */
  wing: { length: number; depth: number; right: boolean } | null;
}

/**
 * Where a building stands: the middle of its front, and the direction in which its front runs. Seen from
 * above with the front along x, the building lies to the left, in positive `v`.
 */
export interface BuildingFrame extends Point {
  angle: number;
}

export function shapeBuilding(use: BuildingUse, town: number, random: SeededRandom): BuildingShape {
  const { between, whole, chance } = random;
  const wing = (probability: number, length: number, depth: number) =>
    chance(probability) ? { length, depth, right: chance(0.5) } : null;
  switch (use) {
    case 'residential': {
      const row = chance(0.25 + 0.6 * town);
      const length = row ? between(26, 58) : between(11, 24);
      const floors = row ? whole(3, town > 0.3 ? 7 : 5) : whole(2, 5);
      return { length, depth: between(9.5, 13), floors, wing: wing(row ? 0.05 : 0.15, 8, between(5, 8)) };
    }
    case 'high-rise':
      return {
        length: between(26, 46),
        depth: between(14, 19),
        floors: whole(12, chance(0.4) ? 33 : 20),
        wing: null,
      };
    case 'factory': {
      const length = between(32, 62) + (chance(0.35) ? between(15, 50) : 0);
      return { length, depth: between(18, 34), floors: whole(1, 5), wing: wing(0.25, 18, between(14, 26)) };
    }
    case 'warehouse':
      return {
        length: between(34, 84),
        depth: between(22, 38),
        floors: chance(0.25) ? whole(2, 4) : 1,
        wing: null,
      };
    case 'school':
      return {
        length: between(44, 78),
        depth: between(12, 16),
        floors: whole(3, 5),
        wing: wing(0.7, 14, between(18, 34)),
      };
    case 'hospital': {
      const clinic = town < 0.6;
      const [length, depth] = clinic
        ? [between(14, 24), between(10, 13)]
        : [between(44, 70), between(17, 22)];
      const floors = clinic ? whole(1, 3) : whole(4, 12);
      return { length, depth, floors, wing: clinic ? null : wing(0.6, 18, between(16, 28)) };
    }
    case 'market':
      return {
        length: between(36, 72),
        depth: between(26, 44),
        floors: whole(1, town > 0.5 ? 4 : 2),
        wing: null,
      };
    case 'farm':
      return { length: between(24, 56), depth: between(8, 12), floors: 1, wing: null };
  }
}

/** The rectangles that the building covers: its main part, and its wing if it has one. */
export function plotsOf(shape: BuildingShape, frame: BuildingFrame): Plot[] {
  const { length, depth, wing } = shape;
  const plot = (u: number, v: number, long: number, deep: number): Plot => ({
    ...fromFrame(frame, u, v),
    angle: frame.angle,
    halfLength: long / 2,
    halfDepth: deep / 2,
  });
  const main = plot(0, depth / 2, length, depth);
  if (wing === null) return [main];
  const end = ((length - wing.length) / 2) * (wing.right ? 1 : -1);
  return [main, plot(end, depth + wing.depth / 2, wing.length, wing.depth)];
}

/** Outer ring on the plane, counter-clockwise, first point not repeated. */
export function outline({ length, depth, wing }: BuildingShape, frame: BuildingFrame): Point[] {
  const half = length / 2;
  const corners: [number, number][] = [
    [-half, 0],
    [half, 0],
  ];
  if (wing === null) corners.push([half, depth], [-half, depth]);
  else {
    const back = depth + wing.depth;
    if (wing.right)
      corners.push([half, back], [half - wing.length, back], [half - wing.length, depth], [-half, depth]);
    else corners.push([half, depth], [wing.length - half, depth], [wing.length - half, back], [-half, back]);
  }
  return corners.map(([u, v]) => fromFrame(frame, u, v));
}

/** A place in the building, `u` along its front from the middle and `v` inwards, on the plane. */
export function fromFrame({ x, y, angle }: BuildingFrame, u: number, v: number): Point {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: x + u * cos - v * sin, y: y + u * sin + v * cos };
}
