import type { PlaceName } from '@fenghuo/contracts/push.ts';
import fc from 'fast-check';
import type { FeatureCollection, MultiPolygon, Position } from 'geojson';
import { expect, test } from 'vitest';
import { villageCells } from './village-cells.ts';

const square: Position[] = [
  [121, 28],
  [122, 28],
  [122, 29],
  [121, 29],
  [121, 28],
];
const hole: Position[] = [
  [121.4, 28.4],
  [121.4, 28.6],
  [121.6, 28.6],
  [121.6, 28.4],
  [121.4, 28.4],
];
const township = (rings: Position[][]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { code: '331081100' },
      geometry: { type: 'Polygon', coordinates: rings },
    },
  ],
});
const village = (code: string, lon: number, lat: number): PlaceName => ({
  ...{ code, lon, lat, level: 'village', name: { zh: code, en: code } },
});

const ringArea = (ring: readonly Position[]) =>
  Math.abs(ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0]! * y! - x! * ring[i]![1]!, 0)) / 2;
const areaOf = ({ coordinates }: MultiPolygon) =>
  coordinates.reduce(
    (sum, [outer, ...holes]) => sum + ringArea(outer!) - holes.reduce((all, one) => all + ringArea(one), 0),
    0,
  );

const spots = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
  minLength: 1,
  maxLength: 25,
  selector: ([x, y]) => `${x}/${y}`,
});

test.each([
  ['a square', [square], 1],
  ['a square with a hole', [square, hole], 0.96],
])('the cells of %s share all of it among them', (_, rings, area) => {
  fc.assert(
    fc.property(spots, (found) => {
      const villages = found.map(([x, y], i) =>
        village(`33108110020${i}`, 121 + (x + 0.5) / 100, 28 + (y + 0.5) / 100),
      );
      const cells = villageCells(township(rings), villages).features;
      expect(cells.reduce((sum, { geometry }) => sum + areaOf(geometry), 0)).toBeCloseTo(area, 6);
    }),
    { numRuns: 50 },
  );
});

test('of two villages each has its half; one of another township has none', () => {
  const places = [
    village('331081100201', 121.25, 28.5),
    village('331081100202', 121.75, 28.5),
    village('331081200201', 121.5, 28.5),
  ];
  const cells = villageCells(township([square]), places).features;
  expect(cells.map(({ properties }) => properties?.code)).toEqual(['331081100201', '331081100202']);
  for (const { geometry } of cells) expect(areaOf(geometry)).toBeCloseTo(0.5, 6);
});
