import { describe, expect, test } from 'vitest';
import { accountLimit, chargeFailure, FailureBook, lockMs } from './lockout.ts';

test('a lock doubles with every failure past the limit, to a quarter of an hour', () => {
  const seconds = [4, 5, 6, 7, 8, 9, 10, 40].map((failures) => lockMs(failures, 5) / 1000);
  expect(seconds).toEqual([0, 30, 60, 120, 240, 480, 900, 900]);
});

test('the failure at the limit locks, the one before it does not', () => {
  let known = { failures: 0, lockedUntil: null as number | null };
  for (let i = 1; i < accountLimit; i += 1) known = chargeFailure(known, accountLimit, 1000);
  expect(known).toEqual({ failures: 4, lockedUntil: null });
  expect(chargeFailure(known, accountLimit, 1000)).toEqual({ failures: 5, lockedUntil: 31_000 });
});

describe('a failure book', () => {
  test('locks one key and no other, and opens with time', () => {
    const book = new FailureBook(2);
    book.charge('a', 0);
    expect(book.lockedForMs('a', 0)).toBe(0);
    book.charge('a', 0);
    expect(book.lockedForMs('a', 10_000)).toBe(20_000);
    expect(book.lockedForMs('a', 30_000)).toBe(0);
    expect(book.lockedForMs('b', 0)).toBe(0);
  });

  test('forgets after an hour', () => {
    const book = new FailureBook(2);
    book.charge('a', 0);
    book.charge('a', 3_600_000);
    expect(book.lockedForMs('a', 3_600_000)).toBe(0);
  });

  test('a refund takes one charge back, not the others', () => {
    const book = new FailureBook(2);
    book.charge('a', 0);
    book.charge('a', 0);
    book.refund('a');
    expect(book.lockedForMs('a', 0)).toBe(0);
    book.charge('a', 0);
    expect(book.lockedForMs('a', 0)).toBe(30_000);
    book.refund('never charged');
  });

  test('stays bounded, forgetting who was longest unheard', () => {
    const book = new FailureBook(1);
    for (let i = 0; i <= 10_000; i += 1) book.charge(`key ${i}`, 0);
    expect(book.lockedForMs('key 0', 0)).toBe(0);
    expect(book.lockedForMs('key 1', 0)).toBe(30_000);
  });
});
