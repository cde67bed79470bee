import { type DistanceField, measureDistances } from './distance-field.ts';
import type { Ground } from './ground.ts';
import type { Point } from './plane.ts';
import type { SeededRandom } from './seeded-random.ts';
import { alongStreet, type Street, streetBetween } from './street.ts';
import type { Terrain } from './terrain.ts';

/** The county's main roads from seat to seat: invented, but they join what neighbours each other. */
export interface Roads {
  streets: Street[];
  /** Points along the roads, with the road's direction. */
  line: DistanceField<Point & { heading: number }>;
}

const roadWidth = 14;
const sampleMetres = 50;
/** What water costs a road, where a ridge costs 1. */
const acrossWater = 3;

export function layRoads(
  { seats, ground, terrain }: { seats: readonly Point[]; ground: Ground; terrain: Terrain },
  random: SeededRandom,
): Roads {
  const hardship = (x: number, y: number) =>
    terrain.hilliness(x, y) + (ground.townshipAt(x, y) < 0 ? acrossWater : 0);
  const streets = neighbourPairs(seats).flatMap(([a, b]) => {
    const line = smooth(bendRound(seats[a]!, seats[b]!, 4, hardship, random.fork(`road ${a}-${b}`)));
    return line.slice(1).map((to, i) => streetBetween(line[i]!, to, roadWidth));
  });
  const samples = streets.flatMap((street) => {
    const count = Math.max(1, Math.round(street.length / sampleMetres));
    return Array.from({ length: count }, (_, k) =>
      alongStreet(street, ((k + 0.5) / count - 0.5) * street.length),
    );
  });
  return { streets, line: measureDistances(ground.raster, samples) };
}

/** Pairs with no third seat in the circle between them (the Gabriel graph). */
function neighbourPairs(seats: readonly Point[]): [number, number][] {
  const squared = (a: Point, b: Point) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
  const pairs: [number, number][] = [];
  for (const [a, p] of seats.entries()) {
    for (const [b, q] of seats.entries()) {
      if (b <= a) continue;
      const between = seats.some((r) => r !== p && r !== q && squared(p, r) + squared(q, r) < squared(p, q));
      if (!between) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Halves the line again and again, and moves each middle sideways to the easiest of a few places. */
function bendRound(
  from: Point,
  to: Point,
  depth: number,
  hardship: (x: number, y: number) => number,
  random: SeededRandom,
): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (depth === 0 || length < 500) return [from, to];
  const normal = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
  let best = { x: 0, y: 0, cost: Infinity };
  for (let k = 0; k < 7; k++) {
    const aside = random.between(-0.22, 0.22) * length;
    const x = (from.x + to.x) / 2 + normal.x * aside;
    const y = (from.y + to.y) / 2 + normal.y * aside;
    const cost = hardship(x, y) + 1.5 * (aside / length) ** 2 + Math.abs(aside / length) * 0.4;
    if (cost < best.cost) best = { x, y, cost };
  }
  const middle = { x: best.x, y: best.y };
  const before = bendRound(from, middle, depth - 1, hardship, random);
  return [...before, ...bendRound(middle, to, depth - 1, hardship, random).slice(1)];
}

/** Cuts every corner twice (Chaikin). */
function smooth(line: Point[], passes = 2): Point[] {
  if (passes === 0) return line;
  const between = (a: Point, b: Point, t: number) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  const cut = line.slice(1).flatMap((to, i) => [between(line[i]!, to, 0.25), between(line[i]!, to, 0.75)]);
  return smooth([line[0]!, ...cut, line.at(-1)!], passes - 1);
}
