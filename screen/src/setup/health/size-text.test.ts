import { expect, test } from 'vitest';
import { sizeText } from './size-text.ts';

test('sizes read as people say them', () => {
  expect([0, 999, 1_500, 42_000_000, 9_960_000_000, 5e13].map(sizeText)).toEqual([
    ...['0 B', '999 B', '1.5 kB', '42 MB', '10.0 GB', '50 TB'],
  ]);
});
