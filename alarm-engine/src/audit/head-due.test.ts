import { expect, test } from 'vitest';
import { headDue } from './head-due.ts';

const noon = Date.UTC(2026, 2, 1, 4);
const due = (no: number, afterMs: number) =>
  headDue({ no: 100, at: noon }, { no }, { now: noon + afterMs, timeZone: 'Asia/Shanghai' });

test('a head is kept when there was none, a day began, the record grew much, or went on for ten minutes', () => {
  expect(headDue(null, { no: 1 }, { now: noon, timeZone: 'Asia/Shanghai' })).toBe('day');
  expect(due(100, 12 * 3_600_000 - 1)).toBeNull();
  expect(due(100, 12 * 3_600_000)).toBe('day');
  expect(due(1099, 1000)).toBeNull();
  expect(due(1100, 1000)).toBe('entries');
  expect(due(101, 599_999)).toBeNull();
  expect(due(101, 600_000)).toBe('age');
});
