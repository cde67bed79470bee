import { expect, test } from 'vitest';
import { seatFigures, tenMinutesMs } from './seat-figures.ts';

const to = 1_800_000_000_000;
const slot = (before: number, high: number, medium: number, low: number) => ({
  at: to - before * tenMinutesMs,
  heard: { high, medium, low },
});

test('a day with one flood: one ten-minute period of 144', () => {
  expect(seatFigures([slot(50, 0, 1, 10), slot(1, 1, 0, 4)], { to, days: 1 })).toEqual({
    ...{ rate: 5, perDay: 16, peak: 11, floodShare: 1 / 144 },
    annunciations: { high: 1, medium: 1, low: 14 },
  });
});

test('ten in ten minutes are none; a quiet room has figures, too', () => {
  expect(seatFigures([slot(2, 0, 0, 10)], { to, days: 2 })).toMatchObject({
    rate: 0,
    perDay: 5,
    floodShare: 0,
  });
  expect(seatFigures([], { to, days: 7 })).toMatchObject({ rate: 0, peak: 0, perDay: 0 });
});
