import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrange, numberedFloors, roomFor } from './arrange.ts';
import { axes, extentOf, flatten } from './isometric.ts';

const block = [
  { east: -30, south: 8 },
  { east: 30, south: 8 },
  { east: 30, south: -8 },
  { east: -30, south: -8 },
];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

test('the axes of the picture are of length one and stand upright on each other', () => {
  for (const axis of Object.values(axes)) expect(dot(axis, axis)).toBeCloseTo(1);
  expect(dot(axes.right, axes.up)).toBeCloseTo(0);
  expect(dot(axes.right, axes.towards)).toBeCloseTo(0);
  expect(dot(axes.up, axes.towards)).toBeCloseTo(0);
  expect(flatten({ east: 0, south: -1 }, 0).up).toBeGreaterThan(0);
});

test('every floor of any building lies within the picture, higher floors higher', () => {
  const picture = fc.record({
    width: fc.integer({ min: 400, max: 3000 }),
    height: fc.integer({ min: 300, max: 2000 }),
    rem: fc.constantFrom(8, 16, 32),
  });
  fc.assert(
    fc.property(picture, fc.integer({ min: 2, max: 60 }), (frame, count) => {
      fc.pre(frame.width > 40 * frame.rem && frame.height > 20 * frame.rem);
      const floors = Array.from({ length: count }, (_, i) => i + 1);
      const extent = extentOf(block);
      const { stack, pulled } = arrange(floors, floors.slice(0, roomFor(frame)), extent, frame);
      for (const slab of [...stack, ...pulled]) {
        expect(slab.x + extent.left * slab.scale).toBeGreaterThanOrEqual(0);
        expect(slab.x + extent.right * slab.scale).toBeLessThanOrEqual(frame.width);
        expect(slab.y + extent.bottom * slab.scale).toBeGreaterThanOrEqual(0);
        expect(slab.y + extent.top * slab.scale).toBeLessThanOrEqual(frame.height);
      }
      for (const [i, slab] of stack.entries()) if (i > 0) expect(slab.y).toBeGreaterThan(stack[i - 1]!.y);
    }),
  );
});

test('the burning floor is numbered before top and bottom, and no number lies over another', () => {
  const slab = (floor: number) => ({ floor, x: 0, y: floor * 10, scale: 1 });
  const stack = Array.from({ length: 30 }, (_, i) => slab(i + 1));
  expect(numberedFloors(stack, [12], 20)).toEqual([12, 1, 30]);
  expect(numberedFloors(stack, [13, 17, 12], 20)).toEqual([17, 12, 1, 30]);
  expect(numberedFloors(stack, [29, 30], 20)).toEqual([30, 1]);
});
