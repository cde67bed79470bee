import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRoutes, type Visit } from './plan-routes.ts';

const start = { lon: 121.36, lat: 28.48 };
const at = (east: number, north: number, minutes = 10): Visit => ({
  ...{ lon: start.lon + east / 100, lat: start.lat + north / 100 },
  minutes,
});
const day = { start, dayMinutes: 360 };

test('nothing to visit, no route', () => {
  expect(planRoutes([], day)).toEqual([]);
});

test('along a road: out over all of them once, and back; legs and work add up', () => {
  const [route, ...others] = planRoutes([at(3, 0), at(1, 0), at(2, 0)], day);
  expect(others).toEqual([]);
  expect(route!.visits.map((visit) => [3, 1, 2][visit])).toEqual([3, 2, 1]);
  const kilometre = 0.01 * 111_320 * Math.cos((start.lat * Math.PI) / 180);
  expect(route!.metres).toBeCloseTo(6 * kilometre * 1.4, 3);
  expect(route!.minutes).toBeCloseTo(30 + route!.metres / (25_000 / 60), 6);
});

test('crossed ways are uncrossed: the corners of a square are driven around it', () => {
  const [route] = planRoutes([at(2, 1), at(2, -1), at(4, 1.01), at(4, -1)], day);
  const ring = [0, 2, 3, 1];
  expect([ring.join(), ring.toReversed().join()]).toContain(route!.visits.join());
});

test('two villages on either side are two days, and no visit is torn out of its village', () => {
  const village = (east: number) =>
    Array.from({ length: 20 }, (_, i) => at(east + (i % 5) / 10, i / 100, 12));
  const routes = planRoutes([...village(-10), ...village(10)], day);
  expect(routes.map(({ visits }) => new Set(visits.map((visit) => visit < 20)).size)).toEqual([1, 1]);
});

const visit = fc.record({
  lon: fc.double({ min: 121.2, max: 121.6, noNaN: true }),
  lat: fc.double({ min: 28.3, max: 28.6, noNaN: true }),
  minutes: fc.integer({ min: 1, max: 400 }),
});

test('whatever waits: each is visited once, and no day is too long that has more than one visit', () => {
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), (visits) => {
      const routes = planRoutes(visits, day);
      expect(routes.flatMap((route) => route.visits).sort((a, b) => a - b)).toEqual([...visits.keys()]);
      for (const route of routes) {
        if (route.visits.length > 1) expect(route.minutes).toBeLessThanOrEqual(day.dayMinutes + 1e-6);
        expect(route.legs).toHaveLength(route.visits.length);
      }
      expect(planRoutes(visits, day)).toEqual(routes);
    }),
  );
});
