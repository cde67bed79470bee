import { expect, test } from 'vitest';
import { changesInScope } from './scoped-changes.ts';

const doc = { id: 'A' };
const row = (area: string, of: object = {}) => ({
  no: 1,
  topic: 'alarm',
  key: 'A',
  area,
  wasArea: null,
  doc,
  ...of,
});
const township = { county: '331081', area: '331081100' };
const seen = (of: ReturnType<typeof row>) => changesInScope(township, [of]);

test('inside: as it is; elsewhere: nothing; moved away: gone; moved in: as it is', () => {
  expect(seen(row('331081100203'))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
  expect(seen(row('331081101'))).toEqual([]);
  expect(seen(row(''))).toEqual([]);
  expect(seen(row('331081101', { wasArea: '331081100203' }))).toEqual([
    { topic: 'alarm', key: 'A', doc: null },
  ]);
  expect(seen(row('331081100', { wasArea: '331081101' }))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
  expect(seen(row('331081101', { wasArea: '331081102' }))).toEqual([]);
});

test('a hold is told where it holds', () => {
  expect(seen(row('331081100203', { topic: 'hold' }))).toEqual([{ topic: 'hold', key: 'A', doc }]);
  expect(seen(row('331081101', { topic: 'hold' }))).toEqual([]);
});

test('a record that was located only now is new to its township', () => {
  expect(seen(row('331081100', { wasArea: '' }))).toEqual([{ topic: 'alarm', key: 'A', doc }]);
});

test('drills stand on every screen; the server’s own topics on none', () => {
  expect(seen(row('331081', { topic: 'drill' }))).toEqual([{ topic: 'drill', key: 'A', doc }]);
  expect(seen(row('331081100', { topic: 'upkeep' }))).toEqual([]);
});

test('a flood is told to whoever looks at the whole room, and not to a village in it', () => {
  const flood = { topic: 'flood' };
  const village = { county: '331081', area: '331081100203' };
  const to = (scope: typeof township, area: string) => changesInScope(scope, [row(area, flood)]).length;
  expect([to(township, '331081100'), to(township, '331081'), to(township, '331081101')]).toEqual([1, 0, 0]);
  expect([to(village, '331081100'), to({ county: '331081', area: '331081' }, '331081100')]).toEqual([0, 1]);
});
