import { expect, test } from 'vitest';
import { chartLine } from './chart-line.ts';

const said = (time: number, value: number | null, state: 'alarm' | 'normal' = 'normal') => ({
  ...{ time, value, state, unit: value === null ? null : 'dB/m' },
});

test('values as they came, the oldest first, those in alarm marked', () => {
  expect(chartLine([said(3, 0.4, 'alarm'), said(1, 0.1), said(2, 0.2)])).toEqual({
    told: 'values',
    unit: 'dB/m',
    points: [
      { at: 1, value: 0.1, alarm: false },
      { at: 2, value: 0.2, alarm: false },
      { at: 3, value: 0.4, alarm: true },
    ],
  });
});

test('a detector that tells no values: in alarm or not', () => {
  const { told, points } = chartLine([said(2, null), said(1, null, 'alarm')]);
  expect(told).toBe('states');
  expect(points.map(({ value }) => value)).toEqual([1, 0]);
});
