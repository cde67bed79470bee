import { expect, test } from 'vitest';
import { ReconnectDelay } from './reconnect-delay.ts';

test('the ceiling doubles up to 30 s; full jitter below it, never under 0.2 s', () => {
  const highest = new ReconnectDelay(() => 0.999_999);
  const waits = Array.from({ length: 10 }, () => highest.next(0));
  expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  const lowest = new ReconnectDelay(() => 0);
  expect(Array.from({ length: 10 }, () => lowest.next(0))).toEqual(Array(10).fill(200));
  const middle = new ReconnectDelay(() => 0.5);
  expect([middle.next(0), middle.next(0), middle.next(0), middle.next(0)]).toEqual([200, 200, 400, 800]);
});

test('held for half a minute → begins anew; accepted and lost at once → goes on', () => {
  const delay = new ReconnectDelay(() => 0.999_999);
  expect([delay.next(0), delay.next(1_000), delay.next(29_999)]).toEqual([200, 400, 800]);
  expect([delay.next(30_000), delay.next(0)]).toEqual([200, 400]);
});

test('it never becomes infinite', () => {
  const delay = new ReconnectDelay(() => 0.5);
  for (let i = 0; i < 5_000; i++) delay.next(0);
  expect(delay.next(0)).toBe(15_000);
});
