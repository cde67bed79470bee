import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bucketMs,
  floodBegins,
  floodGoesOn,
  floodNorm,
  type Hearing,
  hear,
  rateAt,
} from './flood-control.ts';

const { withinMs } = floodNorm;
const start = 1_800_000_000_000;
const low = { severity: 'low', kind: 'water' } as const;
const high = { severity: 'high', kind: 'smoke' } as const;

test('ten at once, ten minutes, ten seconds: ten all the while, then none', () => {
  const hearing = hear(undefined, low, { at: start, withinMs, count: 10 });
  expect(rateAt(hearing, start, withinMs)).toBe(10);
  expect(rateAt(hearing, start + withinMs, withinMs)).toBe(10);
  expect(rateAt(hearing, start + withinMs + bucketMs, withinMs)).toBe(0);
});

test('what made it a flood is part of it, and nothing is counted twice', () => {
  let hearing = hear(undefined, low, { at: start, withinMs, count: 8 });
  hearing = hear(hearing, high, { at: start + 60_000, withinMs, count: 3 });
  const begun = floodBegins(hearing, start + 60_000, floodNorm);
  expect(begun).toMatchObject({ rate: 11, peak: 11, heard: [{ ...low, count: 8 }] });
  hearing = hear(hearing, high, { at: start + 65_000, withinMs, count: 1 });
  const later = floodGoesOn(begun, hearing, start + 70_000);
  expect(later).toMatchObject({
    ...{ rate: 12, peak: 12, peakAt: start + 70_000 },
    heard: [
      { ...high, count: 4 },
      { ...low, count: 8 },
    ],
  });
  expect(floodGoesOn(later, hearing, start + 70_000)).toEqual(later);
});

const arrival = fc.record({ gapMs: fc.integer({ min: 0, max: 400_000 }), what: fc.constantFrom(low, high) });

test('counts equal a naive recount, whenever they are asked for', () => {
  fc.assert(
    fc.property(
      fc.array(arrival, { maxLength: 60 }),
      fc.integer({ min: 0, max: 900_000 }),
      (arrivals, after) => {
        const times: number[] = [];
        let hearing: Hearing | undefined;
        for (const { gapMs, what } of arrivals) {
          const at = (times.at(-1) ?? start) + gapMs;
          times.push(at);
          hearing = hear(hearing, what, { at, withinMs });
          expect(rateAt(hearing, at, withinMs)).toBe(recount(times, at));
        }
        const end = (times.at(-1) ?? start) + after;
        if (hearing !== undefined) expect(rateAt(hearing, end, withinMs)).toBe(recount(times, end));
      },
    ),
  );
});

/** Those not older than the window, the oldest bucket whole. */
function recount(times: readonly number[], now: number): number {
  const from = Math.floor((now - withinMs) / bucketMs) * bucketMs;
  return times.filter((at) => at >= from).length;
}

test('a flood counts every annunciation once, whenever it is looked at', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(arrival, fc.boolean()), { minLength: 1, maxLength: 60 }), (arrivals) => {
      let at = start;
      let hearing = hear(undefined, low, { at, withinMs });
      let course = floodBegins(hearing, at, floodNorm);
      for (const [{ gapMs, what }, isLookedAt] of arrivals) {
        at += gapMs;
        if (isLookedAt || at >= course.countedTo + bucketMs) course = floodGoesOn(course, hearing, at);
        hearing = hear(hearing, what, { at, withinMs });
      }
      const { heard } = floodGoesOn(course, hearing, at + bucketMs);
      expect(heard.reduce((sum, { count }) => sum + count, 0)).toBe(arrivals.length + 1);
    }),
  );
});
