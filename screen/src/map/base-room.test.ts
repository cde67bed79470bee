import { expect, test } from 'vitest';
import { roomAfter } from './base-room.ts';

const large = { width: 1000, height: 800 };

test('a building comes and goes → the room stays as large as it was', () => {
  const beside = roomAfter(large, { width: 1000, height: 420 }, true);
  expect(beside).toEqual(large);
  expect(roomAfter(beside, large, true)).toEqual(large);
});

test('more is seen than ever before → it grows, and gives nothing back on the other side', () => {
  expect(roomAfter(large, { width: 1300, height: 420 }, true)).toEqual({ width: 1300, height: 800 });
});

test('on another screen it is as large as what is seen', () => {
  expect(roomAfter(large, { width: 600, height: 300 }, false)).toEqual({ width: 600, height: 300 });
});

test('nothing is seen of it → it waits as it was', () => {
  expect(roomAfter(large, { width: 0, height: 0 }, false)).toEqual(large);
});
