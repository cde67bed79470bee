import { expect, test } from 'vitest';
import { countdown } from './deadline.ts';

const due = { stage: 'on-scene', since: 0, yellowAt: 120_000, at: 180_000, limitMs: 180_000 } as const;

test('the light goes from blue by way of yellow to red', () => {
  expect(countdown(due, 0)).toEqual({ light: 'blue', share: 1, leftMs: 180_000 });
  expect(countdown(due, 119_999).light).toBe('blue');
  expect(countdown(due, 120_000)).toEqual({ light: 'yellow', share: 1 / 3, leftMs: 60_000 });
  expect(countdown(due, 180_000)).toEqual({ light: 'red', share: 0, leftMs: 0 });
});

test('overdue counts on below zero', () => {
  expect(countdown(due, 430_000)).toEqual({ light: 'red', share: 0, leftMs: -250_000 });
});

test('a deadline that starts when it is due is not divided by zero', () => {
  expect(countdown({ ...due, since: 180_000 }, 179_000).share).toBe(1);
});
