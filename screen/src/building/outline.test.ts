import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessedSpot, liesInside, metresAround, outlineOf } from './outline.ts';

const place = { lon: 121.38, lat: 28.37 };
const ell = [
  { east: -20, south: 10 },
  { east: 20, south: 10 },
  { east: 20, south: -10 },
  { east: 5, south: -10 },
  { east: 5, south: 2 },
  { east: -20, south: 2 },
];

test('a ten-thousandth of a degree is 11.1 m north and 9.8 m east in Wenling', () => {
  const spot = metresAround(place)(place.lon + 1e-4, place.lat + 1e-4);
  expect(spot.east).toBeCloseTo(9.79, 1);
  expect(spot.south).toBeCloseTo(-11.13, 1);
});

test('an outline that is closed by its first corner has it once; none at all is a square', () => {
  const corner = (east: number, north: number): [number, number] => [
    place.lon + east * 1e-4,
    place.lat + north * 1e-4,
  ];
  const ring = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, -1)];
  expect(outlineOf({ ...place, footprint: ring })).toHaveLength(3);
  expect(outlineOf({ ...place, footprint: [] })).toHaveLength(4);
});

test('the notch of an L lies outside', () => {
  expect(liesInside({ east: 0, south: 5 }, ell)).toBe(true);
  expect(liesInside({ east: 0, south: -5 }, ell)).toBe(false);
  expect(liesInside({ east: 10, south: -5 }, ell)).toBe(true);
});

test('a guessed room lies inside, and at the same spot each time', () => {
  fc.assert(
    fc.property(fc.string(), (room) => {
      const spot = guessedSpot(room, ell);
      expect(liesInside(spot, ell) || (spot.east === 0 && spot.south === 0)).toBe(true);
      expect(guessedSpot(room, ell)).toEqual(spot);
    }),
  );
});
