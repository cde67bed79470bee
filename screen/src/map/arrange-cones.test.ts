import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeCones } from './arrange-cones.ts';
import { overlap } from './place-labels.ts';

const project = (lon: number, lat: number) => ({ x: lon * 10, y: -lat * 10 });
const cone = (lon: number, lat: number, heading = 0) => ({ lon, lat, heading, fieldOfView: 60, number: 1 });
const centre = { lon: 0, lat: 0 };
const options = { project, reach: 30, room: 8, taken: [] };

test('a camera a few metres to the east stands to the right of the mark, clear of it', () => {
  const [placed] = arrangeCones([cone(0.1, 0)], centre, options);
  expect(placed).toMatchObject({ x: 30 });
  expect(placed!.y).toBeCloseTo(0);
});

test('one on the very spot that looks north stands below', () => {
  const [placed] = arrangeCones([cone(0, 0)], centre, options);
  expect(placed!.x).toBeCloseTo(0);
  expect(placed!.y).toBeCloseTo(30);
});

test('one that is far enough away stands where it is; none is nearer than the reach', () => {
  const degrees = fc.double({ min: -9, max: 9, noNaN: true });
  fc.assert(
    fc.property(degrees, degrees, fc.integer({ min: 0, max: 359 }), (lon, lat, heading) => {
      const [placed] = arrangeCones([cone(lon, lat, heading)], centre, options);
      const away = Math.hypot(placed!.x, placed!.y);
      expect(away).toBeGreaterThan(30 - 1e-6);
      if (Math.hypot(lon * 10, lat * 10) > 30.001) expect(placed).toMatchObject(project(lon, lat));
    }),
  );
});

test('three cameras on one spot: their numbers touch neither each other nor the name of the incident', () => {
  const name = { x: 20, y: -20, w: 200, h: 40 };
  const placed = arrangeCones([cone(3, 0), cone(3, 0), cone(3, 0)], centre, { ...options, taken: [name] });
  const boxes = placed.map(({ number: { x, y } }) => ({ x: x - 8, y: y - 8, w: 16, h: 16 }));
  for (const [i, box] of boxes.entries())
    for (const other of [name, ...boxes.slice(0, i)]) expect(overlap(box, other)).toBe(false);
});
