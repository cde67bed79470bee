import type { PlaceName } from '@fenghuo/contracts/push.ts';
import { expect, test } from 'vitest';
import { patrolStops, stopNow } from './patrol.ts';

const place = (code: string, level: PlaceName['level']): PlaceName => ({
  ...{ code, level, lon: 121, lat: 28 },
  name: { zh: code, en: code },
});
const places = [
  place('331081', 'county'),
  place('331081101', 'township'),
  place('331081101202', 'village'),
  place('331081100', 'township'),
  place('331081100201', 'village'),
  place('331081101201', 'village'),
];

test('village after village, those of a township beside each other', () => {
  expect(patrolStops(places, '331081').map(({ code }) => code)).toEqual([
    '331081100201',
    '331081101201',
    '331081101202',
  ]);
});

test('of one township only its own', () => {
  expect(patrolStops(places, '331081101').map(({ code }) => code)).toEqual(['331081101201', '331081101202']);
});

test('each place for its time, then the next, and round again; none, where there is none', () => {
  const stops = patrolStops(places, '331081101');
  expect([0, 19_999, 20_000, 40_000].map((now) => stopNow(stops, now, 20_000)?.code.slice(-3))).toEqual([
    '201',
    '201',
    '202',
    '201',
  ]);
  expect(stopNow([], 5, 20_000)).toBeNull();
});
