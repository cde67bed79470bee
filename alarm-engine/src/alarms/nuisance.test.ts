import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withRaise } from './nuisance.ts';

const quiet = { lastRaises: [], chattering: false };
const raisedAt = (...times: number[]) => times.reduce(withRaise, quiet);

test('raised, raised, raised within a minute: it chatters, and stays marked', () => {
  expect(raisedAt(0, 30_000).chattering).toBe(false);
  expect(raisedAt(0, 30_000, 60_000).chattering).toBe(true);
  expect(raisedAt(0, 30_000, 60_001).chattering).toBe(false);
  expect(raisedAt(0, 1, 2, 9e6).chattering).toBe(true);
});

test('it chatters when any minute holds three raises, and remembers no more than it needs', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 20 }), (gaps) => {
      const times = gaps.map((_, i) => gaps.slice(0, i + 1).reduce((sum, gap) => sum + gap, 0));
      const { chattering, lastRaises } = raisedAt(...times);
      expect(chattering).toBe(times.some((at, i) => i > 1 && at - times[i - 2]! <= 60_000));
      expect(lastRaises).toEqual(times.slice(-3));
    }),
  );
});
