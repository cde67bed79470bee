import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isolated, withoutTurning } from './isolated.ts';

test('Chinese, Latin and emoji stay as they are; Arabic and Hebrew stand for themselves', () => {
  for (const name of ['牧屿社区 12 号楼', '<script>', '👨‍👩‍👧‍👦 🔥', '=HYPERLINK("x")'])
    expect(isolated(name)).toBe(name);
  expect(isolated('برج 12')).toBe('\u2068برج 12\u2069');
  expect(isolated('מגדל')).toBe('\u2068מגדל\u2069');
});

test('what turns the text after it is taken out, also where it would end the isolation early', () => {
  expect(isolated('3 \u202e号楼')).toBe('3 号楼');
  expect(isolated('برج\u2069\u202e 12')).toBe('\u2068برج 12\u2069');
  expect(withoutTurning('a\u2066b\u2069c')).toBe('abc');
});

test('whatever the text: done twice it is the same, and it is closed as often as it is opened', () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('\u202e', '\u2066', '\u2068', '\u2069', 'ب', 'א', '1', '楼'), fc.string()),
  });
  fc.assert(
    fc.property(text, (one) => {
      const once = isolated(one);
      expect(isolated(once)).toBe(once);
      expect(once.replace(/^\u2068(.*)\u2069$/s, '$1')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});
