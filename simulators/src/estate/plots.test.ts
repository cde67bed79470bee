import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlap, type Plot, Plots } from './plots.ts';

const plot = (x: number, y: number, angle = 0): Plot => ({ x, y, angle, halfLength: 20, halfDepth: 6 });

/** True when some of a lattice of points over `a` lies in `b`: slow, and it cannot be wrong. */
function sharesGround(a: Plot, b: Plot): boolean {
  for (let u = -1; u <= 1; u += 0.05) {
    for (let v = -1; v <= 1; v += 0.05) {
      const x = a.x + u * a.halfLength * Math.cos(a.angle) - v * a.halfDepth * Math.sin(a.angle) - b.x;
      const y = a.y + u * a.halfLength * Math.sin(a.angle) + v * a.halfDepth * Math.cos(a.angle) - b.y;
      const along = Math.abs(x * Math.cos(b.angle) + y * Math.sin(b.angle));
      const across = Math.abs(y * Math.cos(b.angle) - x * Math.sin(b.angle));
      if (along < b.halfLength && across < b.halfDepth) return true;
    }
  }
  return false;
}

test('neighbours in a row do not overlap, crossing ones do', () => {
  expect(overlap(plot(0, 0), plot(40.1, 0))).toBe(false);
  expect(overlap(plot(0, 0), plot(39.9, 0))).toBe(true);
  expect(overlap(plot(0, 0), plot(0, 15, Math.PI / 2))).toBe(true);
  expect(overlap(plot(0, 0), plot(24, 15, Math.PI / 2))).toBe(true);
  expect(overlap(plot(0, 0), plot(27, 15, Math.PI / 2))).toBe(false);
});

test('whatever shares ground overlaps', () => {
  const near = fc.double({ min: -50, max: 50, noNaN: true });
  const angle = fc.double({ min: -7, max: 7, noNaN: true });
  fc.assert(
    fc.property(near, near, angle, angle, (x, y, turn, other) => {
      const [a, b] = [plot(0, 0, turn), plot(x, y, other)];
      if (sharesGround(a, b)) expect(overlap(a, b)).toBe(true);
      expect(overlap(a, b)).toBe(overlap(b, a));
    }),
  );
});

test('taken ground is found again wherever it lies, its clearance included', () => {
  const plots = new Plots();
  plots.take(plot(-1_000, 2_345, 0.3));
  expect(plots.isFree(plot(-1_010, 2_340), 0)).toBe(false);
  expect(plots.isFree(plot(-1_000, 2_500), 0)).toBe(true);
  plots.take(plot(0, 0));
  expect(plots.isFree(plot(0, 14), 1)).toBe(true);
  expect(plots.isFree(plot(0, 14), 3)).toBe(false);
});

test('a street takes its ground along its whole bend', () => {
  const plots = new Plots();
  plots.takeStreet({ x: 0, y: 0, heading: 0, bend: Math.PI / 300, length: 300, width: 10 });
  const onTheBend = {
    x: (300 / Math.PI) * Math.sin(Math.PI / 4),
    y: (300 / Math.PI) * (1 - Math.cos(Math.PI / 4)),
  };
  expect(plots.isFree({ ...plot(onTheBend.x, onTheBend.y), halfLength: 1, halfDepth: 1 }, 0)).toBe(false);
  expect(plots.isFree({ ...plot(100, 0), halfLength: 1, halfDepth: 1 }, 0)).toBe(true);
});
