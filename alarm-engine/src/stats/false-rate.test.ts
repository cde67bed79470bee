import fc from 'fast-check';
import { expect, test } from 'vitest';
import { falseRate } from './false-rate.ts';

test('three of three prove little, thirty of thirty much', () => {
  expect(falseRate(3, 3).atLeast).toBeCloseTo(0.4385, 4);
  expect(falseRate(30, 30).atLeast).toBeCloseTo(0.886, 3);
  expect(falseRate(0, 10).atMost).toBeCloseTo(0.278, 3);
  expect(falseRate(0, 0)).toEqual({ cases: 0, falseAlarms: 0, rate: null, atLeast: 0, atMost: 1 });
});

test('the bounds hold the rate, and come nearer with every case', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (cases, some) => {
      const { rate, atLeast, atMost } = falseRate(some % (cases + 1), cases);
      expect(atLeast).toBeLessThanOrEqual(rate! + 1e-12);
      expect(atMost).toBeGreaterThanOrEqual(rate! - 1e-12);
      const more = falseRate((some % (cases + 1)) * 2, cases * 2);
      expect(more.atMost - more.atLeast).toBeLessThan(atMost - atLeast);
    }),
  );
});
