import { expect, test } from 'vitest';
import { betweenViews } from './between-views.ts';

const county = { lon: 121, lat: 28, zoom: 10 };
const near = { lon: 122, lat: 29, zoom: 12 };

test('the way begins and ends where it should, in and out', () => {
  expect(betweenViews(county, near, 0)).toEqual(county);
  expect(betweenViews(county, near, 1)).toEqual(near);
  expect(betweenViews(near, county, 1)).toEqual(county);
});

test('while it zooms in, most of the way on the ground is made early', () => {
  const half = betweenViews(county, near, 0.5);
  expect(half.zoom).toBe(11);
  expect(half.lon).toBeCloseTo(121 + 2 / 3);
});

test('without a change of zoom the way is even', () => {
  expect(betweenViews(county, { ...near, zoom: 10 }, 0.5).lon).toBe(121.5);
});
