import { expect, test } from 'vitest';
import { chooseEncoding } from './compressed-body.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['br; q=0.0, GZIP', 'gzip'],
  ['deflate', 'identity'],
  ['', 'identity'],
  ['abbr', 'identity'],
])('for %j the encoding is %s', (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding);
});
