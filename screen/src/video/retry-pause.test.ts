import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryPause } from './retry-pause.ts';

test('1 s, 2 s, 4 s … 30 s', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 90].map((failures) => retryPause(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
  ]);
});

test('a chance takes at most half of it away', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
      const pause = retryPause(failures, chance);
      return pause <= retryPause(failures, 1) && pause >= retryPause(failures, 1) / 2;
    }),
  );
});
