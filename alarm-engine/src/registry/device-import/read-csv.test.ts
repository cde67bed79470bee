import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

test('what a spreadsheet writes is read back, whatever is in the fields', () => {
  const field = fc
    .string({ unit: fc.constantFrom('a', '中', ',', '"', '\n', '\r', ' b', ';') })
    .map((text) => text.trim());
  const rows = fc.array(fc.tuple(fc.constant('x'), field, field), { minLength: 1 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (written, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = `a,b,c${end}${written.map((row) => row.map(quoted).join(',')).join(end)}`;
      expect(
        readCsv(text)
          .slice(1)
          .map(({ fields }) => fields),
      ).toEqual(written);
    }),
  );
});

test('a row tells its line in the file: breaks inside of quotes and empty lines count', () => {
  const text = '\uFEFFid;room\r\n\r\nA;"one\r\ntwo"\r\nB;x\r\n';
  expect(readCsv(text)).toEqual([
    { line: 1, fields: ['id', 'room'] },
    { line: 3, fields: ['A', 'one\r\ntwo'] },
    { line: 5, fields: ['B', 'x'] },
  ]);
});

test('a quote that never closes ends with the file', () => {
  expect(readCsv('id,room\nA,"x\nB,y')).toEqual([
    { line: 1, fields: ['id', 'room'] },
    { line: 2, fields: ['A', 'x\nB,y'] },
  ]);
});
