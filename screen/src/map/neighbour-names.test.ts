import { expect, test } from 'vitest';
import { neighbourNames } from './neighbour-names.ts';

const square = (x: number, y: number, side: number) => [
  [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ],
];

test('the name stands in the middle of the largest piece', () => {
  const names = neighbourNames({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { name: '玉环市', name_en: 'Yuhuan' },
        geometry: { type: 'MultiPolygon', coordinates: [square(0, 0, 1), square(10, 20, 4)] },
      },
    ],
  });
  expect(names).toEqual([{ name: { zh: '玉环市', en: 'Yuhuan' }, lon: 12, lat: 22 }]);
});
