import { buildingUses } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { outline, plotsOf, shapeBuilding } from './building-shape.ts';
import { layRooms, type Spot } from './rooms.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom(5);
const shapes = buildingUses.flatMap((use) =>
  Array.from({ length: 60 }, (_, i) => ({ use, shape: shapeBuilding(use, (i % 11) / 10, random) })),
);
const frame = { x: 0, y: 0, angle: 0 };

test('a footprint runs counter-clockwise and covers exactly the plots that it takes', () => {
  for (const { shape } of shapes) {
    const ring = outline(shape, frame);
    const area = ring.reduce((sum, a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      return sum + (a.x * b.y - b.x * a.y) / 2;
    }, 0);
    const covered = plotsOf(shape, frame).reduce(
      (sum, plot) => sum + 4 * plot.halfLength * plot.halfDepth,
      0,
    );
    expect(area).toBeCloseTo(covered, 3);
  }
});

test('every room lies on a floor of the building and inside its walls', () => {
  for (const { use, shape } of shapes) {
    const rooms = layRooms(use, shape);
    const spots: Spot[] = [rooms.controlRoom(), rooms.lobby(shape.floors), rooms.hot(random)];
    for (let k = 0; k < 2 * shape.floors + rooms.perFloor; k++)
      spots.push(
        rooms.room(1 + (k % shape.floors), k + 1),
        rooms.kitchen(1, k + 1),
        rooms.stairs(1, k),
        rooms.distribution(k),
        rooms.water(k),
      );
    for (const { floor, u, v } of spots) {
      expect(floor === -1 ? rooms.basement : floor >= 1 && floor <= shape.floors).toBe(true);
      const inPlot = plotsOf(shape, frame).some(
        (plot) => Math.abs(u - plot.x) <= plot.halfLength && Math.abs(v - plot.y) <= plot.halfDepth,
      );
      expect(inPlot).toBe(true);
    }
  }
});

test('a room number comes once a floor and lies at the same place on every floor', () => {
  for (const { use, shape } of shapes) {
    const rooms = layRooms(use, shape);
    const places = Array.from({ length: rooms.perFloor }, (_, k) => rooms.room(1, k + 1));
    expect(new Set(places.map(({ room }) => room)).size).toBe(rooms.perFloor);
    expect(new Set(places.map(({ u, v }) => `${u} ${v}`)).size).toBe(rooms.perFloor);
    const { u, v } = rooms.room(shape.floors, 1);
    expect({ u, v }).toEqual({ u: places[0]!.u, v: places[0]!.v });
  }
});
