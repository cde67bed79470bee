import { expect, test } from 'vitest';
import { exactInteger } from './pool.ts';

test('a bigint is a number as long as that is exact', () => {
  expect(exactInteger('9007199254740991')).toBe(9007199254740991);
  expect(exactInteger('9007199254740993')).toBe(9007199254740993n);
  expect(exactInteger('-9223372036854775808')).toBe(-9223372036854775808n);
});
