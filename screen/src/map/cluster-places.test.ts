import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterPlaces } from './cluster-places.ts';

test('three beside each other are one in their middle; one alone is none', () => {
  const spots = [
    { x: 1, y: 1 },
    { x: 2, y: 4 },
    { x: 3, y: 1 },
    { x: 50, y: 50 },
  ];
  expect(clusterPlaces(spots, 10, 2)).toEqual([{ x: 2, y: 2, count: 3 }]);
});

test('the largest first, nothing is lost, and each lies within its cell', () => {
  const spot = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 500 }) });
  fc.assert(
    fc.property(fc.array(spot), (spots) => {
      const clusters = clusterPlaces(spots, 40, 1);
      expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(spots.length);
      expect(clusters.map(({ count }) => count)).toEqual(
        clusters.map(({ count }) => count).sort((a, b) => b - a),
      );
      const cells = clusters.map(({ x, y }) => `${Math.floor(x / 40)}/${Math.floor(y / 40)}`);
      expect(new Set(cells).size).toBe(cells.length);
    }),
  );
});
