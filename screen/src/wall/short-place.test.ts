import { expect, test } from 'vitest';
import { shortPlace } from './short-place.ts';

const zh = '东部新区 港湾社区 山月名邸 1 幢';
const en = 'Gangbei community, Xinhe hospital block 1, Xinhe';

test('the narrower the line, the more is left out: the village, then the township; never the building', () => {
  expect([30, 12, 8, 3].map((em) => shortPlace(zh, em))).toEqual([
    zh,
    '东部新区 山月名邸 1 幢',
    '山月名邸 1 幢',
    '山月名邸 1 幢',
  ]);
  expect([40, 17, 12].map((em) => shortPlace(en, em))).toEqual([
    en,
    'Xinhe hospital block 1, Xinhe',
    'Xinhe hospital block 1',
  ]);
});

test('beside the name of its township a place does not say it again', () => {
  expect(shortPlace(zh, 30, { told: true })).toBe('港湾社区 山月名邸 1 幢');
  expect(shortPlace(en, 40, { told: true })).toBe('Gangbei community, Xinhe hospital block 1');
});

test('a place of nothing but a township stays what it is', () => {
  expect(shortPlace('泽国镇', 1, { told: true })).toBe('泽国镇');
});
