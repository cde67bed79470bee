import { expect, test } from 'vitest';
import { formatOf, textOf } from './read-file.ts';

test('a file that a spreadsheet saved in GBK is read as it was meant, UTF-8 as UTF-8', () => {
  expect(textOf(Uint8Array.from([0xb1, 0xe0, 0xba, 0xc5]))).toBe('编号');
  expect(textOf(new TextEncoder().encode('编号'))).toBe('编号');
});

test('what a file is goes by its name', () => {
  expect(['a.csv', 'b.GeoJSON', 'c.json', 'd.txt'].map(formatOf)).toEqual([
    'csv',
    'geojson',
    'geojson',
    'csv',
  ]);
});
