import { expect, test } from 'vitest';
import { countyDay, startOfDay } from './county-day.ts';

test('a day begins at midnight of its own zone, also where clocks change', () => {
  expect(startOfDay('2026-03-01', 'Asia/Shanghai')).toBe(Date.parse('2026-02-28T16:00:00Z'));
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-28T23:00:00Z'));
  expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
  expect(startOfDay('2026-13-01', 'Asia/Shanghai')).toBeNaN();
});

test('one second before midnight is the day before', () => {
  const midnight = startOfDay('2026-03-01', 'Asia/Shanghai');
  expect([countyDay(midnight - 1000, 'Asia/Shanghai'), countyDay(midnight, 'Asia/Shanghai')]).toEqual([
    '260228',
    '260301',
  ]);
});
