import { expect, test } from 'vitest';
import { measureDistances } from './distance-field.ts';
import { seededRandom } from './seeded-random.ts';

const raster = { west: 0, south: 0, cellMetres: 50, columns: 200, rows: 120 };

test('the answer is the nearest point, or one that is less than a cell further away', () => {
  const random = seededRandom(3);
  const somewhere = () => ({ x: random.between(0, 10_000), y: random.between(0, 6_000) });
  const points = Array.from({ length: 60 }, somewhere);
  const field = measureDistances(raster, points);
  for (let i = 0; i < 500; i++) {
    const place = somewhere();
    const nearest = Math.min(...points.map(({ x, y }) => Math.hypot(x - place.x, y - place.y)));
    expect(field.metres(place) - nearest).toBeLessThan(150);
    expect(field.metres(place)).toBeGreaterThanOrEqual(nearest);
  }
});

test('without points there is no nearest one', () => {
  const field = measureDistances(raster, []);
  expect(field.nearest({ x: 10, y: 10 })).toBeNull();
  expect(field.metres({ x: 10, y: 10 })).toBe(Infinity);
});
