import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillWithTiles, fitTiles } from './fit-tiles.ts';

const rem = { head: 2.2, gap: 0.8, least: 14 };

test('a strip below the map: three beside each other; a column beside it: four above each other', () => {
  expect(fitTiles({ ...rem, width: 52, height: 12, most: 6 })).toMatchObject({ count: 3, columns: 3 });
  expect(fitTiles({ ...rem, width: 24, height: 56, most: 4 })).toMatchObject({ count: 4, columns: 1 });
});

test('a broad room: three large pictures rather than four small ones; where only two fit, two', () => {
  expect(fillWithTiles({ ...rem, width: 66, height: 20, most: 6 })).toMatchObject({ count: 3, columns: 3 });
  expect(fillWithTiles({ ...rem, width: 49, height: 26, most: 4 })).toMatchObject({ count: 4, columns: 2 });
  expect(fillWithTiles({ ...rem, width: 34, height: 12, most: 6 })).toMatchObject({ count: 2 });
});

test('no room, no tile', () => {
  expect(fitTiles({ ...rem, width: 10, height: 5, most: 6 }).count).toBe(0);
});

test('tiles never reach beyond their room', () => {
  const side = fc.double({ min: 1, max: 120, noNaN: true });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 12 }), (width, height, most) => {
      const { count, columns, width: tile } = fitTiles({ ...rem, width, height, most });
      if (count === 0) return;
      const rows = Math.ceil(count / columns);
      expect(columns * tile + (columns - 1) * rem.gap).toBeLessThanOrEqual(width + 1e-9);
      expect(rows * ((tile * 9) / 16 + rem.head) + (rows - 1) * rem.gap).toBeLessThanOrEqual(height + 1e-9);
    }),
  );
});
