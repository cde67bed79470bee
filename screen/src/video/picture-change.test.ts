import { expect, test } from 'vitest';
import { PictureChange } from './picture-change.ts';
import { pictureHash } from './picture-hash.ts';

const picture = (value: number) => new Uint8ClampedArray(2304).fill(value);

test('a street → each look is new', () => {
  const change = new PictureChange();
  expect([1, 2, 3, 4].map((value) => change.isNew(pictureHash(picture(value))))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('frozen, its key frame a shade off the others → after one round nothing is new', () => {
  const change = new PictureChange();
  const round = [7, 8, 8, 8].map((value) => pictureHash(picture(value)));
  for (const hash of round) change.isNew(hash);
  expect([...round, ...round].map((hash) => change.isNew(hash))).not.toContain(true);
});

test('one pixel is enough', () => {
  const change = new PictureChange();
  change.isNew(pictureHash(picture(7)));
  const other = picture(7);
  other[1000] = 8;
  expect(change.isNew(pictureHash(other))).toBe(true);
});
