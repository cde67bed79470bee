import { expect, test } from 'vitest';
import { type LonLat, toWgs84 } from './convert-coordinates.ts';

const metres = ([lon, lat]: LonLat, [lon2, lat2]: LonLat) =>
  Math.hypot((lon - lon2) * Math.cos((lat * Math.PI) / 180), lat - lat2) * 111_320;

test('the pair that the conversion is documented by comes back from BD-09 within a metre', () => {
  expect(
    metres(toWgs84([116.41661560068297, 39.92196580126834], 'bd09'), [116.403988, 39.914266]),
  ).toBeLessThan(1);
});

test('undeclared, a detector in Wenling would stand 400 m (GCJ-02) to 1 km (BD-09) beside itself', () => {
  const place: LonLat = [121.3858, 28.3718];
  expect(toWgs84(place, 'wgs84')).toEqual(place);
  expect(metres(toWgs84(place, 'gcj02'), place)).toBeGreaterThan(300);
  expect(metres(toWgs84(place, 'bd09'), place)).toBeGreaterThan(700);
});
