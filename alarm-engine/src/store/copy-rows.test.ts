import { expect, test } from 'vitest';
import { copyLine } from './copy-rows.ts';

test('a line of COPY: nulls, numbers, and what would break a line', () => {
  expect(copyLine(['a\tb', 'c\nd\r', '\\N', null, -1.5, true, ''])).toBe(
    'a\\tb\tc\\nd\\r\t\\\\N\t\\N\t-1.5\ttrue\t\n',
  );
});
