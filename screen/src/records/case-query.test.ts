import { expect, test } from 'vitest';
import { addressOf, fieldsOf, pathOf } from './case-query.ts';

test('what was searched for stands in the address, and is read back from it', () => {
  const fields = { ...fieldsOf(''), text: '牧屿 二期', device: 'S-1', state: 'closed' };
  const address = addressOf(fields);
  expect(fieldsOf(address.slice(address.indexOf('?')))).toEqual(fields);
  expect(addressOf(fieldsOf(''))).toBe('/records');
});

test('days are the county’s, from the beginning of the first to the end of the last', () => {
  const path = pathOf({ ...fieldsOf(''), from: '2026-03-01', to: '2026-03-01' }, 'Asia/Shanghai');
  const query = new URLSearchParams(path.slice(path.indexOf('?')));
  expect(Number(query.get('from'))).toBe(Date.parse('2026-02-28T16:00:00Z'));
  expect(Number(query.get('to'))).toBe(Date.parse('2026-03-01T16:00:00Z'));
  expect(query.has('text')).toBe(false);
});
