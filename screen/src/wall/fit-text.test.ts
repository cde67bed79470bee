import { expect, test } from 'vitest';
import { fitText } from './fit-text.ts';

const room = { width: 30, lines: 2, sizes: [4, 3, 2] };

test('a short place takes the largest type', () => {
  expect(fitText('泽国镇 牧屿社区', room)).toBe(4);
});

test('a longer one takes less, and breaks at its spaces', () => {
  const narrow = { ...room, width: 24 };
  expect(fitText('泽国镇 牧屿社区 12 号楼 5–6 层', narrow)).toBe(3);
});

test('one that fits nowhere takes the least', () => {
  expect(fitText('很'.repeat(60), room)).toBe(2);
});

test('a single word longer than a line is broken', () => {
  expect(fitText('很'.repeat(18), room)).toBe(3);
});
