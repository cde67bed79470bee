import { expect, test } from 'vitest';
import { sidesTowards } from './draw-building.ts';

const corners = {
  northWest: { east: -10, south: -5 },
  northEast: { east: 10, south: -5 },
  southEast: { east: 10, south: 5 },
  southWest: { east: -10, south: 5 },
};
const { northWest, northEast, southEast, southWest } = corners;
const block = [northWest, northEast, southEast, southWest];

test('looked at from the south and a little from the west, a block shows its south and its west side', () => {
  expect(sidesTowards(block)).toEqual([
    [southEast, southWest],
    [southWest, northWest],
  ]);
});

test('the other way around it shows the same sides', () => {
  expect(sidesTowards(block.toReversed())).toEqual([
    [southWest, southEast],
    [northWest, southWest],
  ]);
});

test('an angle shows the sides inside of it too', () => {
  const angle = [
    northWest,
    northEast,
    { east: 10, south: 0 },
    { east: 0, south: 0 },
    { east: 0, south: 5 },
    southWest,
  ];
  const facing = sidesTowards(angle);
  expect(facing).toHaveLength(3);
  expect(facing).toContainEqual([
    { east: 10, south: 0 },
    { east: 0, south: 0 },
  ]);
});
