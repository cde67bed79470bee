import { expect, test } from 'vitest';
import { upkeepAddress, upkeepFieldsOf, upkeepPath } from './upkeep-query.ts';

test('how the queue is narrowed stands in the address, and is read back from it', () => {
  const fields = { ...upkeepFieldsOf(''), kind: 'battery', overdue: 'true' };
  expect(upkeepAddress(fields)).toBe('/upkeep?kind=battery&overdue=true');
  expect(upkeepFieldsOf('?kind=battery&overdue=true')).toEqual(fields);
  expect(upkeepPath(upkeepFieldsOf(''))).toBe('/upkeep?limit=100');
});

test('grouped by building or by route, the rest of the address stays; what is grouped is open', () => {
  const fields = upkeepFieldsOf('?by=route&kind=battery&state=closed');
  expect(upkeepAddress(fields)).toBe('/upkeep?by=route&kind=battery&state=closed');
  expect(upkeepPath(fields, 'routes')).toBe('/upkeep/routes?kind=battery');
  expect(upkeepPath(fields, 'buildings')).toBe('/upkeep/buildings?kind=battery&limit=100');
});
