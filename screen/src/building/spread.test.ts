import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleAlarm } from '../state/sample-records.ts';
import { type Step, spreadOf, tellingOf, toldAt, untilNext } from './spread.ts';

const alarm = (id: string, floor: number | null, raisedAt: number, more: object = {}) =>
  sampleAlarm({ id, device: `S-${id}`, building: 'B1', floor, raisedAt, condition: true, ...more });

test('12th floor → 13th → 12th again: in the order in which they went off, each detector once', () => {
  const steps = spreadOf(
    [
      alarm('c', 12, 9_000),
      alarm('a', 12, 1_000),
      alarm('b', 13, 5_000, { condition: false }),
      alarm('d', 13, 7_000, { device: 'S-b' }),
    ],
    'B1',
  );
  expect(steps.map(({ device, order, after }) => [device, order, after])).toEqual([
    ['S-a', 1, 0],
    ['S-b', 2, 4_000],
    ['S-c', 3, 8_000],
  ]);
  expect(steps.map(({ lit }) => lit)).toEqual([true, true, true]);
});

test('what hangs elsewhere, on no floor, or looks in from the street is not inside', () => {
  const outside = [
    alarm('a', 1, 0, { building: 'B2' }),
    alarm('b', null, 0),
    alarm('c', 1, 0, { deviceType: 'camera' }),
  ];
  expect(spreadOf(outside, 'B1')).toEqual([]);
});

test('it is told in order, nothing faster than can be followed, and begins again', () => {
  const after = fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(after, (times) => {
      const steps = times
        .toSorted((a, b) => a - b)
        .map((time, _, sorted) => ({ after: time - Math.min(...sorted) }) as Step);
      const telling = tellingOf(steps);
      for (const [i, at] of telling.at.entries()) {
        const before = telling.at[i - 1];
        if (before !== undefined && steps[i]!.after > steps[i - 1]!.after)
          expect(at - before).toBeGreaterThanOrEqual(700);
      }
      expect(toldAt(telling, 0)).toBe(0);
      expect(toldAt(telling, telling.length - 1)).toBe(steps.length);
      expect(toldAt(telling, telling.length)).toBe(0);
      expect(untilNext(telling, 0)).toBe(telling.at[0]);
    }),
  );
});
