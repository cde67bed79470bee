import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, hunksOf } from './line-diff.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

test('either text can be read back from the comparison, and the later one by its numbers', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const without = (kind: string) => lines.filter((line) => line.kind !== kind);
      expect(
        without('added')
          .map((line) => line.text)
          .join('\n'),
      ).toBe(before);
      expect(
        without('gone')
          .map((line) => line.text)
          .join('\n'),
      ).toBe(after);
      expect(without('gone').map(({ no }) => no)).toEqual(after.split('\n').map((_, i) => i + 1));
    }),
  );
});

test('one line changed of many: it is shown with three around it, the rest left out', () => {
  const before = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const after = before.with(20, 'other');
  const hunks = hunksOf(diffLines(before.join('\n'), after.join('\n')));
  expect(hunks.map((line) => line?.kind ?? '…').join(' ')).toBe(
    '… same same same gone added same same same …',
  );
  expect(hunksOf(diffLines('a\nb', 'a\nb'))).toEqual([]);
});
