import type { CameraCard, NearCameras } from '@fenghuo/contracts/cameras.ts';
import { expect, test } from 'vitest';
import { chooseCameras } from './choose-cameras.ts';

const card = (id: string, live: string | null = `/api/v1/cameras/${id}/live.m3u8`): CameraCard => ({
  ...{ id, no: 1, code: id, area: '331081', building: null, floor: null, room: null, lon: 121, lat: 28 },
  ...{ heading: 0, fieldOfView: 60, state: 'live', checkedAt: null, ageSeconds: null, live },
});
const near: NearCameras['cameras'] = ['a', 'b', 'c'].map((id, i) => ({
  ...card(id, id === 'a' ? null : undefined),
  ...{ metres: 10 * (i + 1), bearing: 0, sees: true },
}));
const chosen = (pinned: string[], most: number) =>
  chooseCameras(
    near,
    pinned.map((id) => card(id)),
    most,
  );

test('the nearest first; one that nobody connected only where there is room', () => {
  expect(chosen([], 2).map(({ id }) => id)).toEqual(['b', 'c']);
  expect(chosen([], 6).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('pinned ones stand first and once, with how they stand to the place where that is known', () => {
  const tiles = chosen(['far', 'c'], 3);
  expect(tiles.map(({ id, toPlace }) => [id, toPlace?.metres])).toEqual([
    ['far', undefined],
    ['c', 30],
    ['b', 20],
  ]);
});
