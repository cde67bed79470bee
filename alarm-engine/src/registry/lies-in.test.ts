import { expect, test } from 'vitest';
import { liesIn } from './lies-in.ts';

test.each([
  ['331081100203-02', '331081', true],
  ['331081100203-02', '331081100', true],
  ['331081100203-02', '331081100203', true],
  ['331081100203-02', '331081100203-02', true],
  ['331081100203-021', '331081100203-02', false],
  ['331081100203', '331081100203-02', false],
  ['331081101203-02', '331081100', false],
])('%s in %s: %s', (area, within, does) => {
  expect(liesIn(area, within)).toBe(does);
});
