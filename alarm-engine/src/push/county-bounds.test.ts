import { expect, test } from 'vitest';
import { boundsOfGeojson } from './county-bounds.ts';

test('bounds of whatever geometry, nested as it may be', () => {
  const polygon = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [121, 28],
          [122, 28.5],
          [121, 28],
        ],
      ],
      [
        [
          [120.5, 29],
          [121, 29],
        ],
      ],
    ],
  };
  const point = { type: 'Point', coordinates: [121.5, 27.9, 12] };
  const features = [
    { type: 'Feature', properties: { x: [1, 2] }, geometry: polygon },
    { type: 'Feature', geometry: point },
  ];
  expect(boundsOfGeojson({ type: 'FeatureCollection', features })).toEqual([120.5, 27.9, 122, 29]);
  expect(boundsOfGeojson({ type: 'GeometryCollection', geometries: [point] })).toEqual([
    121.5, 27.9, 121.5, 27.9,
  ]);
});

test('nothing drawn, no bounds', () => {
  for (const empty of [
    null,
    {},
    [],
    { type: 'FeatureCollection', features: [] },
    { type: 'Feature', geometry: null },
  ])
    expect(boundsOfGeojson(empty)).toBeNull();
});
