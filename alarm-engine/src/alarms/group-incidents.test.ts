import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellOf,
  cellsAround,
  metresBetween,
  nearestIncident,
  nearM,
  quietAfterMs,
} from './group-incidents.ts';

const here = { lon: 121.36, lat: 28.37 };
const candidate = { id: 'I1', hazard: 'fire', lon: 121.3603, lat: 28.37, lastAlarmAt: 1000 };

test('joins the nearest incident of its hazard', () => {
  const farther = { ...candidate, id: 'I2', lon: 121.361 };
  expect(nearestIncident(here, 'fire', [farther, candidate], 2000)).toBe('I1');
});

test('joins none of another hazard, none far away, none long quiet', () => {
  expect(nearestIncident(here, 'supply', [candidate], 2000)).toBeNull();
  expect(nearestIncident(here, 'fire', [{ ...candidate, lon: 121.3615 }], 2000)).toBeNull();
  expect(nearestIncident(here, 'fire', [candidate], 1001 + quietAfterMs)).toBeNull();
});

test('whatever is near lies in one of the nine cells', () => {
  const place = fc.record({
    lon: fc.double({ min: 100, max: 125, noNaN: true }),
    lat: fc.double({ min: 18, max: 53, noNaN: true }),
  });
  const shift = fc.double({ min: -0.0015, max: 0.0015, noNaN: true });
  fc.assert(
    fc.property(place, shift, shift, (a, dLon, dLat) => {
      const b = { lon: a.lon + dLon, lat: a.lat + dLat };
      fc.pre(metresBetween(a, b) <= nearM);
      expect(cellsAround(a)).toContain(cellOf(b));
    }),
  );
});
