import { expect, test } from 'vitest';
import { deskKeyOf, deskKeys } from './desk-keys.ts';

const plain = { repeat: false, ctrlKey: false, metaKey: false, altKey: false };

test('no key has two meanings, and none is Enter or the space bar', () => {
  const keys: string[] = deskKeys.flatMap((one) => [...one.keys]);
  expect(keys.length).toBe(new Set(keys).size);
  expect(keys).not.toContain('Enter');
  expect(keys).not.toContain(' ');
});

test('who types is not heard, save F2: the telephone rings whatever one is at', () => {
  expect(deskKeyOf({ ...plain, key: 'x' }, 'field')).toBeNull();
  expect(deskKeyOf({ ...plain, key: 'Escape' }, 'field')).toBeNull();
  expect(deskKeyOf({ ...plain, key: 'F2' }, 'field')).toBe('intake');
  expect(deskKeyOf({ ...plain, key: 'x' }, 'page')).toBe('falseAlarm');
});

test('caps lock changes nothing but where the capital has a meaning of its own; Ctrl+A is the browser’s', () => {
  expect(deskKeyOf({ ...plain, key: 'A' }, 'page')).toBe('acknowledge');
  expect(deskKeyOf({ ...plain, key: 'M' }, 'page')).toBe('sound');
  expect(deskKeyOf({ ...plain, key: 'a', ctrlKey: true }, 'page')).toBeNull();
});

test('a key that is held down runs through the list and never through the steps of a case', () => {
  expect(deskKeyOf({ ...plain, key: 'j', repeat: true }, 'page')).toBe('next');
  expect(deskKeyOf({ ...plain, key: 'g', repeat: true }, 'page')).toBeNull();
});
