import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('parts add up to the whole, and none strays a unit from its share', () => {
  const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.nat(100_000), weights, (total, shares) => {
      const parts = apportion(total, shares);
      const sum = shares.reduce((a, b) => a + b, 0);
      expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
      for (const [i, part] of parts.entries())
        expect(Math.abs(part - (total * shares[i]!) / sum)).toBeLessThanOrEqual(1 + 1e-6);
    }),
  );
});

test('everybody gets the least when there is enough, and the larger come first when there is not', () => {
  expect(apportion(5, [1, 1, 100], 1)).toEqual([1, 1, 3]);
  expect(apportion(2, [1, 2, 3], 1)).toEqual([0, 1, 1]);
});

test('no weights, no parts; only zero weights, even parts', () => {
  expect(apportion(3, [])).toEqual([]);
  expect(apportion(3, [0, 0])).toEqual([2, 1]);
});
