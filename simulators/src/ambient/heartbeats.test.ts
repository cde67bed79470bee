import { expect, test } from 'vitest';
import { beatsDue, roundStride } from './heartbeats.ts';
import { wenlingRates } from './rates.ts';

const rate = wenlingRates.heartbeat;

test('every device speaks within the first minute, then every ten', () => {
  expect(beatsDue(rate, 212_000, 0)).toBe(0);
  expect(beatsDue(rate, 212_000, 30_000)).toBe(106_000);
  expect(beatsDue(rate, 212_000, 60_000)).toBe(212_000);
  expect(beatsDue(rate, 212_000, 660_000)).toBe(424_000);
});

test('then it is 353 a second for a county', () => {
  expect(beatsDue(rate, 212_000, 61_000) - beatsDue(rate, 212_000, 60_000)).toBe(353);
});

test.each([1, 2, 10, 618, 2_500, 212_000])('one round of %i visits each once', (count) => {
  const stride = roundStride(count);
  const visited = new Set(Array.from({ length: count }, (_, i) => (i * stride) % count));
  expect(visited.size).toBe(count);
});
