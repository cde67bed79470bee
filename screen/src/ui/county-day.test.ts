import { expect, test } from 'vitest';
import { countyDay } from './county-day.ts';

test('a day begins at midnight of the county, wherever the screen stands', () => {
  expect(countyDay('2026-03-01', 'Asia/Shanghai')).toBe(Date.parse('2026-02-28T16:00:00Z'));
  expect(countyDay('2026-07-01', 'Europe/Berlin')).toBe(Date.parse('2026-06-30T22:00:00Z'));
  expect(countyDay('2026-01-01', 'Europe/Berlin')).toBe(Date.parse('2025-12-31T23:00:00Z'));
  expect(countyDay('', 'Asia/Shanghai')).toBeNaN();
});
