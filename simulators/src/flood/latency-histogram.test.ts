import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

test('quantiles are told to within 1.6 %, over nine powers of ten', () => {
  for (const scale of [1, 30, 1_000, 70_000, 1_000_000]) {
    const histogram = new LatencyHistogram();
    for (let value = 1; value <= 1000; value++) histogram.record(value * scale);
    for (const part of [0.5, 0.9, 0.99, 0.999]) {
      const exact = (part * 1000 * scale) / 1000;
      expect(histogram.quantileMs(part)).toBeGreaterThanOrEqual(exact * 0.999);
      expect(histogram.quantileMs(part)).toBeLessThanOrEqual(exact * 1.016);
    }
  }
});

test('the largest is exact, and nothing falls out of the buckets', () => {
  const histogram = new LatencyHistogram();
  for (const value of [0, 63, 64, 127, 128, 2 ** 31, 1e15]) histogram.record(value);
  expect(histogram.count).toBe(7);
  expect(histogram.quantileMs(1)).toBe((2 ** 31 - 1) / 1000);
  expect(histogram.quantileMs(0)).toBe(0);
});

test('one slow message in a thousand shows at 0.999 and not at 0.99', () => {
  const histogram = new LatencyHistogram();
  for (let i = 0; i < 998; i++) histogram.record(400);
  for (let i = 0; i < 2; i++) histogram.record(900_000);
  expect(histogram.quantileMs(0.99)).toBeLessThan(1);
  expect(histogram.quantileMs(0.999)).toBe(900);
});
