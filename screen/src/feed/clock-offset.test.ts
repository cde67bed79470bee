import { expect, test } from 'vitest';
import { noOffset, withClockSample } from './clock-offset.ts';

test('the sample that was least late wins', () => {
  let offset = withClockSample(noOffset, 100_000, 95_300);
  offset = withClockSample(offset, 101_000, 96_020);
  expect(offset.ms).toBe(4_980);
});

test('samples older than a minute are forgotten, so that a corrected clock is believed', () => {
  let offset = withClockSample(noOffset, 100_000, 50_000);
  for (let i = 1; i <= 60; i++) offset = withClockSample(offset, 100_000 + i * 1_000, 100_000 + i * 1_000);
  expect(offset.ms).toBe(0);
});
