import { expect, test } from 'vitest';
import { nearestIncident } from './group-incidents.ts';

const here = { lon: 121.36, lat: 28.37 };
const search = { hazard: 'fire', now: 2000, nearM: 120, quietMs: 900_000 };
const candidate = { id: 'I1', hazard: 'fire', lon: 121.3603, lat: 28.37, lastAlarmAt: 1000 };

test('joins the nearest incident of its hazard', () => {
  const farther = { ...candidate, id: 'I2', lon: 121.361 };
  expect(nearestIncident(here, [farther, candidate], search)).toBe('I1');
});

test('joins none of another hazard, none far away, none long quiet', () => {
  expect(nearestIncident(here, [candidate], { ...search, hazard: 'supply' })).toBeNull();
  expect(nearestIncident(here, [{ ...candidate, lon: 121.3615 }], search)).toBeNull();
  expect(nearestIncident(here, [candidate], { ...search, now: 1001 + search.quietMs })).toBeNull();
});
