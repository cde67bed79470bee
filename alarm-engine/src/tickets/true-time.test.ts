import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trueTime } from './true-time.ts';

test('done two minutes before it is told: kept; told at once: nothing more to keep', () => {
  expect(trueTime(1_000_000, { notBefore: 900_000, now: 1_120_000 })).toEqual({ doneAt: 1_000_000 });
  expect(trueTime(1_119_000, { notBefore: 900_000, now: 1_120_000 })).toEqual({});
  expect(trueTime(undefined, { notBefore: 900_000, now: 1_120_000 })).toEqual({});
});

test('whatever a phone says, it lies between what came before and when it is told', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.nat(1e9), fc.nat(1e9), (told, notBefore, later) => {
      const now = notBefore + later;
      const { doneAt = now } = trueTime(told, { notBefore, now });
      expect(doneAt).toBeGreaterThanOrEqual(notBefore);
      expect(doneAt).toBeLessThanOrEqual(now);
    }),
  );
});
