import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressTokens, plainText, plainWords } from './plain-text.ts';

test('width, case, spaces and marks do not matter', () => {
  expect(plainText('牧屿社区 １２ 号楼（北）')).toBe('牧屿社区12号楼北');
  expect(plainWords('Muyu, block 12')).toEqual(['muyu', 'block', '12']);
  expect(plainWords(' ， ')).toEqual([]);
});

test.each([
  ['泽国镇 牧屿社区 12 号楼', ['泽国', '牧屿', '12号楼']],
  ['泽国镇 甘岙村冷库', ['泽国', '甘岙', '冷库']],
  ['Block 12, Muyu, Zeguo', ['12', 'muyu', 'zeguo']],
  ['太平街道 中华路 88 号', ['太平', '中华', '88号']],
])('%s is told by %s', (place, tokens) => {
  expect(addressTokens(place)).toEqual(tokens);
});

test('radicals that are no letters tell nothing', () => {
  expect(addressTokens('⺀⺀')).toEqual([]);
});

test('whatever is typed, a token is found in its own place, and none is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (place) => {
      for (const token of addressTokens(place)) {
        expect(token.length).toBeGreaterThanOrEqual(2);
        expect(plainText(place)).toContain(token);
      }
    }),
  );
});
