import { expect, test } from 'vitest';
import { dataAgeMs, feedStatus, isUnheard, watchEveryMs, watchWasHeldUp } from './freshness.ts';

const heard = { connected: true, heardAt: 10_000, writerLagMs: 100 };

test('a pulse a second is live', () => {
  expect(feedStatus(heard, 11_100)).toBe('live');
});

test('silence shows within two seconds, the watch included', () => {
  expect(feedStatus(heard, 12_000 - watchEveryMs)).toBe('stale');
});

test('a server that speaks for a silent writer is stale', () => {
  expect(feedStatus({ ...heard, writerLagMs: 5_000 }, 10_100)).toBe('stale');
  expect(feedStatus({ ...heard, writerLagMs: null }, 10_100)).toBe('stale');
});

test('without a connection it is lost at once, and so it is before the first word', () => {
  expect(feedStatus({ ...heard, connected: false }, 10_001)).toBe('lost');
  expect(feedStatus({ ...heard, heardAt: null }, 10_001)).toBe('lost');
});

test('the age counts the silence and what the writer was behind', () => {
  expect(dataAgeMs(heard, 10_400)).toBe(500);
  expect(dataAgeMs({ ...heard, writerLagMs: -30 }, 10_400)).toBe(400);
});

test('a look that came late is passed over once, not twice', () => {
  expect(watchWasHeldUp(0, watchEveryMs, false)).toBe(false);
  expect(watchWasHeldUp(0, 900, false)).toBe(true);
  expect(watchWasHeldUp(0, 900, true)).toBe(false);
});

test('a server is unheard without a connection and after its silence, and not while only its writer is silent', () => {
  expect(isUnheard({ ...heard, connected: false }, 10_001)).toBe(true);
  expect(isUnheard(heard, 12_000 - watchEveryMs)).toBe(true);
  expect(isUnheard({ ...heard, writerLagMs: null }, 10_100)).toBe(false);
});
