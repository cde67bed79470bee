import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stretchBegin } from './next-stretch.ts';

const hour = 3_600_000;
const hours = (...events: number[]) =>
  events.map((count, i) => ({ from: (9 - i) * hour, to: (10 - i) * hour, events: count }));

test('it begins where about so many events lie behind it', () => {
  const densities = hours(100, 100, 100);
  expect(stretchBegin(densities, { to: 10 * hour, most: 150, earliest: 0 })).toBe(8.5 * hour);
  expect(stretchBegin(densities, { to: 9.5 * hour, most: 100, earliest: 0 })).toBe(8.5 * hour);
});

test('hours without events cost nothing', () => {
  expect(stretchBegin(hours(0, 0, 0, 100), { to: 10 * hour, most: 50, earliest: 0 })).toBe(6.5 * hour);
});

test('what is not counted yet lies between the last count and the top', () => {
  const densities = [{ from: 9 * hour, to: Infinity, events: 1000 }, ...hours(10, 10).slice(1)];
  expect(stretchBegin(densities, { to: 10 * hour, most: 500, earliest: 0 })).toBe(9.5 * hour);
  expect(stretchBegin(densities, { to: 9 * hour, most: 5, earliest: 0 })).toBe(8.5 * hour);
});

test('it always lies below its end and never below what is earliest', () => {
  const density = fc.record({ at: fc.integer({ min: 0, max: 50 }), events: fc.nat(1e6) });
  fc.assert(
    fc.property(
      fc.array(density),
      fc.integer({ min: 1, max: 60 * hour }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.nat(),
      (all, to, most, before) => {
        const densities = all
          .sort((a, b) => b.at - a.at)
          .map(({ at, events }) => ({ from: at * hour, to: (at + 1) * hour, events }));
        const begin = stretchBegin(densities, { to, most, earliest: to - 1 - before });
        expect(begin).toBeLessThan(to);
        expect(begin).toBeGreaterThanOrEqual(to - 1 - before);
      },
    ),
  );
});
