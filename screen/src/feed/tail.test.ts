import { expect, test } from 'vitest';
import { tailStep } from './tail.ts';

test('the next batch is applied', () => {
  expect(tailStep(10, { after: 10, no: 12 })).toBe('apply');
});

test('a batch that overlaps what is held is applied, since records come whole', () => {
  expect(tailStep(10, { after: 8, no: 12 })).toBe('apply');
});

test('a batch that was held already is left alone', () => {
  expect(tailStep(10, { after: 8, no: 10 })).toBe('already-held');
});

test('a batch that starts later than what is held is a gap, and so is any batch before the snapshot', () => {
  expect(tailStep(10, { after: 11, no: 12 })).toBe('gap');
  expect(tailStep(null, { after: 0, no: 1 })).toBe('gap');
});
