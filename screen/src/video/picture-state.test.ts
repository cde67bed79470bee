import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cutOff,
  frozenAfterMs,
  lateAfterMs,
  noSigns,
  type PictureSigns,
  stalledAfterMs,
  tellPicture,
} from './picture-state.ts';

const now = 1_000_000;
const at = { now, serverNow: now + 500 };
const good: PictureSigns = { shownAt: now - 100, takenAt: now - 4_500, changedAt: now - 900, failure: null };
const state = (signs: Partial<PictureSigns>) => tellPicture({ ...good, ...signs }, at).state;

test('nothing came yet: connecting, without an age', () => {
  expect(tellPicture(noSigns, at)).toEqual({ state: 'connecting', ageMs: null });
});

test('a picture of five seconds ago that changes is live, with its age by the clock of the server', () => {
  expect(tellPicture(good, at)).toEqual({ state: 'live', ageMs: 5_000 });
});

test('each way to fail has a word of its own', () => {
  expect(state({ takenAt: now - 12_000 })).toBe('late');
  expect(state({ takenAt: null })).toBe('undated');
  expect(state({ changedAt: now - frozenAfterMs - 1 })).toBe('frozen');
  expect(state({ shownAt: now - stalledAfterMs - 1 })).toBe('stalled');
  expect(state({ failure: 'offline' })).toBe('offline');
  expect(state({ failure: 'no-signal' })).toBe('no-signal');
  expect(state({ failure: 'no-source' })).toBe('no-source');
});

test('a frozen picture ages, however new its time is', () => {
  expect(tellPicture({ ...good, changedAt: now - 30_000 }, at)).toEqual({ state: 'frozen', ageMs: 35_000 });
});

test('a camera whose clock is an hour ahead is not live: its age is not known', () => {
  expect(tellPicture({ ...good, takenAt: now + 3_600_000 }, at)).toEqual({ state: 'undated', ageMs: null });
});

test('whatever is seen: live means new on the screen, changing, young, and no failure', () => {
  const ago = fc.integer({ min: 0, max: 60_000 }).map((ms) => now - ms);
  const signs = fc.record({
    shownAt: fc.option(ago),
    takenAt: fc.option(fc.integer({ min: now - 60_000, max: now + 60_000 })),
    changedAt: fc.option(ago),
    failure: fc.constantFrom(null, 'no-signal', 'offline', 'no-source'),
  });
  fc.assert(
    fc.property(signs, (seen) => {
      if (tellPicture(seen, at).state !== 'live') return true;
      return (
        seen.failure === null &&
        now - seen.shownAt! <= stalledAfterMs &&
        now - seen.changedAt! <= frozenAfterMs &&
        at.serverNow - seen.takenAt! <= lateAfterMs
      );
    }),
    { numRuns: 2_000 },
  );
});

test('the server is not heard: a live picture is cut off, with its age; one without a source stays so', () => {
  expect(cutOff(tellPicture(good, at))).toEqual({ state: 'cut-off', ageMs: 5_000 });
  expect(cutOff(tellPicture({ ...good, failure: 'no-source' }, at)).state).toBe('no-source');
});

test('a picture that a tile before it showed keeps its age while another is on its way', () => {
  expect(tellPicture({ ...noSigns, takenAt: now - 4_500 }, at)).toEqual({
    state: 'connecting',
    ageMs: 5_000,
  });
});
