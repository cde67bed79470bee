import { expect, test } from 'vitest';
import { floorsText } from './floors-text.ts';

test('neighbouring floors are a range, others are listed, basements have a letter', () => {
  expect(floorsText([5, 6])).toBe('5–6');
  expect(floorsText([-1, 3, 5, 6, 7])).toBe('B1, 3, 5–7');
  expect(floorsText([])).toBe('');
});
