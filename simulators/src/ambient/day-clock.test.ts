import { expect, test } from 'vitest';
import type { Act, Story } from './act.ts';
import { type DayClock, openDay, openingSecond, realTime } from './day-clock.ts';

const clock: DayClock = { startedAt: 1_000_000, startS: 10 * 3600, factor: 60 };
const act = (happening: string, story: Story, hour: number): Act => ({
  happening,
  story,
  device: happening,
  found: null,
  message: { kind: 'smoke' },
  begins: { atS: hour * 3600, afterS: 0 },
  ends: { atS: hour * 3600, afterS: 90 },
});
const secondsOf = (opened: Act[]) =>
  opened.map((it) => [
    it.happening,
    (realTime(clock, 0, it.begins) - clock.startedAt) / 1000,
    (realTime(clock, 0, it.ends) - clock.startedAt) / 1000,
  ]);

test('a simulated hour is a real minute, and what follows a beginning takes its real time', () => {
  expect(realTime(clock, 0, { atS: 11 * 3600, afterS: 0 })).toBe(1_000_000 + 60_000);
  expect(realTime(clock, 0, { atS: 11 * 3600, afterS: 90 })).toBe(1_000_000 + 60_000 + 90_000);
});

test('a day follows a day', () => {
  const midnight = realTime(clock, 0, { atS: 86_400, afterS: 0 });
  expect(midnight).toBe(1_000_000 + 14 * 60_000);
  expect(realTime(clock, 1, { atS: 0, afterS: 0 })).toBe(midnight);
});

test('opens with a nuisance, a supply and a fire brought forward, and leaves the morning out', () => {
  const day = [
    act('morning', 'nuisance', 7),
    act('noon', 'nuisance', 12),
    act('leak', 'supply', 13),
    act('evening', 'nuisance', 18),
    act('fire', 'fire', 20),
  ];
  expect(secondsOf(openDay(day, clock))).toEqual([
    ['noon', 8, 98],
    ['leak', 20, 110],
    ['fire', 60, 150],
    ['evening', 480, 570],
  ]);
});

test('a fire that only burnt in the morning is brought to the opening too', () => {
  expect(secondsOf(openDay([act('fire', 'fire', 3)], clock))).toEqual([['fire', 60, 150]]);
});

test('real time opens at the hour that it is', () => {
  expect(openingSecond(1, new Date(2026, 0, 1, 3, 4, 5))).toBe(3 * 3600 + 4 * 60 + 5);
  expect(openingSecond(60, new Date(2026, 0, 1, 3, 4, 5))).toBe(10.75 * 3600);
});
