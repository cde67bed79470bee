import { expect, test } from 'vitest';
import { fitRows } from './fit-rows.ts';

const room = { available: 400, roomy: 80, compact: 50, note: 40 };

test('rows keep their details as long as all fit', () => {
  expect(fitRows({ ...room, count: 5 })).toEqual({ row: 'roomy', shown: 5, hidden: 0 });
});

test('then each takes one line', () => {
  expect(fitRows({ ...room, count: 8 })).toEqual({ row: 'compact', shown: 8, hidden: 0 });
});

test('then the rest is said as a number, and no row is cut', () => {
  expect(fitRows({ ...room, count: 12 })).toEqual({ row: 'compact', shown: 7, hidden: 5 });
});

test('without room nothing is shown and everything is counted', () => {
  expect(fitRows({ ...room, available: 30, count: 3 })).toEqual({ row: 'compact', shown: 0, hidden: 3 });
});
