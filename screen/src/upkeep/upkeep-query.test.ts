import { expect, test } from 'vitest';
import { upkeepAddress, upkeepFieldsOf, upkeepPath } from './upkeep-query.ts';

test('how the queue is narrowed stands in the address, and is read back from it', () => {
  const fields = { ...upkeepFieldsOf(''), kind: 'battery', overdue: 'true' };
  expect(upkeepAddress(fields)).toBe('/upkeep?kind=battery&overdue=true');
  expect(upkeepFieldsOf('?kind=battery&overdue=true')).toEqual(fields);
  expect(upkeepPath(upkeepFieldsOf(''))).toBe('/upkeep?limit=100');
});
