import { expect, test } from 'vitest';
import { chooseSearch } from './find-events.ts';

test('a device or a building by its key, a township by the order of events, a county’s alarms by their own index', () => {
  expect(chooseSearch(1, false)).toBe('devices');
  expect(chooseSearch(512, false)).toBe('devices');
  expect(chooseSearch(10_000, false)).toBe('order');
  expect(chooseSearch(Infinity, false)).toBe('order');
  expect(chooseSearch(14, true)).toBe('devices');
  expect(chooseSearch(257, true)).toBe('unusual');
  expect(chooseSearch(Infinity, true)).toBe('unusual');
});
