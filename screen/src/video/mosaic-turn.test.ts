import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MosaicCell, nextTurn } from './mosaic-turn.ts';

const cell = (camera: string | null, takenAt: number): MosaicCell => ({ camera, takenAt });
const idle = new Map<number, string>();

test('an empty cell is filled first, then the oldest picture makes room for the camera passed last', () => {
  const passed = ['c', 'b', 'a'];
  expect(nextTurn([cell('a', 5), cell(null, 0)], passed, idle)).toEqual({ cell: 1, camera: 'c' });
  expect(nextTurn([cell('a', 5), cell('b', 3)], passed, idle)).toEqual({ cell: 1, camera: 'c' });
  expect(nextTurn([cell('a', 5), cell('b', 3)], passed, new Map([[1, 'd']]))).toEqual({
    ...{ cell: 0, camera: 'c' },
  });
});

test('fewer cameras than cells: the oldest is taken again, so that none grows old', () => {
  expect(nextTurn([cell('a', 5), cell('b', 3)], ['a', 'b'], idle)).toEqual({ cell: 1, camera: 'b' });
  expect(nextTurn([cell('a', 5), cell(null, 0)], ['a'], idle)).toEqual({ cell: 0, camera: 'a' });
  expect(nextTurn([cell('a', 5)], [], new Map([[0, 'a']]))).toBeNull();
  expect(nextTurn([cell(null, 0)], [], idle)).toBeNull();
});

test('no camera comes twice onto the mosaic', () => {
  const id = fc.constantFrom(...'abcdefgh');
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1 }), fc.uniqueArray(id), id, (shown, passed, coming) => {
      const cells = shown.map((camera, i) => cell(camera, i + 1));
      const turn = nextTurn(cells, passed, new Map([[0, coming]]));
      if (turn === null || turn.camera === cells[turn.cell]!.camera) return;
      expect([...shown, coming]).not.toContain(turn.camera);
    }),
  );
});
