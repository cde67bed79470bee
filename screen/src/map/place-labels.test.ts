import { expect, test } from 'vitest';
import { boxesAround, boxesNear, overlap, placeLabels } from './place-labels.ts';

const within = { x: 0, y: 0, w: 400, h: 300 };
const mark = { x: 180, y: 130, w: 40, h: 40 };

test('a name gives way to a mark on its place', () => {
  const placed = placeLabels({
    within,
    obstacles: [mark],
    wishes: [{ id: 'town', candidates: boxesNear({ x: 200, y: 150 }, { w: 60, h: 20 }) }],
  });
  const box = placed.get('town');
  expect(box).toBeDefined();
  expect(box && overlap(box, mark)).toBe(false);
});

test('of two texts for one place the more important stays and the other moves or is left out', () => {
  const only = [{ x: 10, y: 10, w: 50, h: 20 }];
  const placed = placeLabels({
    within,
    obstacles: [],
    wishes: [
      { id: 'first', candidates: only },
      { id: 'second', candidates: only },
    ],
  });
  expect([...placed.keys()]).toEqual(['first']);
});

test('no label leaves the map', () => {
  const placed = placeLabels({
    within,
    obstacles: [],
    wishes: [{ id: 'edge', candidates: boxesAround({ x: 395, y: 150 }, { w: 80, h: 20 }, 10) }],
  });
  expect(placed.get('edge')).toEqual({ x: 305, y: 140, w: 80, h: 20 });
});
