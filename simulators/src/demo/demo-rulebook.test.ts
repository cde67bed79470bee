import { expect, test } from 'vitest';
import { inCompressedTime } from './demo-rulebook.ts';

const book = 'rules: []\nflood: { enter_above: 10, exit_below: 5, within: 10 min }\nplans: []\n';

test('a quiet day at sixty times its speed is no flood: six hundred in ten minutes are', () => {
  expect(inCompressedTime(book, 60)).toBe(
    'rules: []\nflood: { enter_above: 600, exit_below: 300, within: 10 min }\nplans: []\n',
  );
});

test('a book that says nothing of floods is told at once', () => {
  expect(() => inCompressedTime('rules: []\n', 60)).toThrow('says nothing of floods');
});
