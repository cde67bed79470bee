import { expect, test } from 'vitest';
import { isActiveAt } from './active-hours.ts';

const at = (hours: Parameters<typeof isActiveAt>[0], time: string, zone = 'Asia/Shanghai') =>
  isActiveAt(hours, Date.parse(time), zone);
const everyDay = [1, 2, 3, 4, 5, 6, 7];

test('hours of a day hold from the first minute to before the last, by the clock of the county', () => {
  const office = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 };
  expect(at(office, '2026-05-04T08:59:59+08:00')).toBe(false);
  expect(at(office, '2026-05-04T09:00:00+08:00')).toBe(true);
  expect(at(office, '2026-05-04T16:59:59+08:00')).toBe(true);
  expect(at(office, '2026-05-04T17:00:00+08:00')).toBe(false);
  expect(at(office, '2026-05-09T12:00:00+08:00')).toBe(false);
  expect(at(office, '2026-05-04T16:00:00+08:00', 'Europe/Berlin')).toBe(true);
  expect(at(office, '2026-05-04T12:00:00+08:00', 'Europe/Berlin')).toBe(false);
});

test('a night belongs to the day on which it begins', () => {
  const fridayNight = { days: [5], from: 22 * 60, to: 6 * 60 };
  expect(at(fridayNight, '2026-05-08T23:00:00+08:00')).toBe(true);
  expect(at(fridayNight, '2026-05-09T05:59:00+08:00')).toBe(true);
  expect(at(fridayNight, '2026-05-09T06:00:00+08:00')).toBe(false);
  expect(at(fridayNight, '2026-05-08T05:00:00+08:00')).toBe(false);
  const sundayNight = { ...fridayNight, days: [7] };
  expect(at(sundayNight, '2026-05-04T01:00:00+08:00')).toBe(true);
});

test('from and to alike is the whole day', () => {
  const always = { days: everyDay, from: 0, to: 0 };
  expect(at(always, '2026-05-04T00:00:00+08:00')).toBe(true);
  expect(at(always, '2026-05-04T23:59:00+08:00')).toBe(true);
});
