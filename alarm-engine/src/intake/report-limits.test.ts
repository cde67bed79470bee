import { expect, test } from 'vitest';
import { ReportLimits } from './report-limits.ts';

test('two in a minute, the third waits until the first is a minute old; another key is another matter', () => {
  const limits = new ReportLimits({ times: 2, withinMs: 60_000 });
  expect([limits.take('a', 0), limits.take('a', 10_000), limits.take('a', 20_000)]).toEqual([0, 0, 40]);
  expect(limits.take('b', 20_000)).toBe(0);
  expect([limits.take('a', 60_000), limits.take('a', 60_001)]).toEqual([0, 10]);
});

test('addresses without end are not remembered without end; who is heard stays remembered', () => {
  const limits = new ReportLimits({ times: 1, withinMs: 60_000 });
  limits.take('busy', 0);
  for (let i = 0; i < 50_000; i += 1) {
    limits.take(`a${i}`, 1);
    if (i % 5000 === 0) expect(limits.take('busy', 1)).toBeGreaterThan(0);
  }
  expect(limits.take('a0', 1)).toBe(0);
  expect(limits.take('a49999', 1)).toBeGreaterThan(0);
});
