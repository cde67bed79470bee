import { expect, test } from 'vitest';
import { longestTail, RecentChanges } from './recent-changes.ts';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    return {
      no: from + i,
      topic: 'alarm',
      key: 'A',
      area: '',
      wasArea: null,
      units: null,
      wasUnits: null,
      scattered: null,
      doc: null,
    };
  });
const numbers = (of: readonly { no: number }[]) => of.map(({ no }) => no);

test('gives what lies after a number, and says what it does not reach', () => {
  const recent = new RecentChanges(10);
  expect([recent.floor, recent.head, recent.reaches(10), recent.reaches(9)]).toEqual([10, 10, true, false]);
  recent.append(rows(11, 13));
  expect(numbers(recent.after(11))).toEqual([12, 13]);
  expect(recent.after(13)).toEqual([]);
  expect([recent.reaches(14), recent.reaches(9)]).toEqual([false, false]);
  expect(() => recent.after(9)).toThrow(RangeError);
});

test('takes nothing with a gap, nothing twice', () => {
  const recent = new RecentChanges(0);
  expect(() => recent.append(rows(2, 2))).toThrow(RangeError);
  recent.append(rows(1, 2));
  expect(() => recent.append(rows(2, 3))).toThrow(RangeError);
  expect(recent.head).toBe(2);
});

test('stays bounded and always holds the longest tail', () => {
  const recent = new RecentChanges(0);
  for (let no = 7; no <= 30_002; no += 7) {
    recent.append(rows(no - 6, no));
    expect(recent.head - recent.floor).toBeLessThanOrEqual(longestTail * 1.2);
    expect(recent.reaches(Math.max(0, no - longestTail))).toBe(true);
  }
  expect(numbers(recent.after(29_999))).toEqual([30_000, 30_001, 30_002]);
});
