import {
  type DevicePoint,
  decodeDevicePoints,
  encodeDevicePoints,
} from '@fenghuo/contracts/device-points.ts';
import { expect, test } from 'vitest';
import { pointVertices } from './point-vertices.ts';

const bounds: [number, number, number, number] = [121, 28, 122, 29];
const decoded = (points: DevicePoint[]) =>
  decodeDevicePoints(encodeDevicePoints(points, bounds).buffer as ArrayBuffer);

test('corners of the bounds are corners of the frame, north up', () => {
  const { bytes } = pointVertices(
    decoded([
      { lon: 121, lat: 29, type: 'smoke' },
      { lon: 122, lat: 28, type: 'camera' },
    ]),
  );
  const places = new Uint16Array(bytes.buffer);
  expect([...places.slice(0, 2)]).toEqual([0, 0]);
  expect([...places.slice(4, 6)]).toEqual([65535, 65535]);
  expect([bytes[4], bytes[12]]).toEqual([0, 1]);
});

test('every point comes once, and the first eighth is spread over the whole', () => {
  const row = Array.from({ length: 8_000 }, (_, i) => ({
    lon: 121 + i / 8_000,
    lat: 28.5,
    type: 'smoke' as const,
  }));
  const { bytes, count } = pointVertices(decoded(row));
  const places = new Uint16Array(bytes.buffer);
  const lons = Array.from({ length: count }, (_, i) => places[i * 4] ?? 0);
  expect(new Set(lons).size).toBe(8_000);
  const sample = lons.slice(0, 1_000).sort((a, b) => a - b);
  const widest = Math.max(...sample.slice(1).map((lon, i) => lon - (sample[i] ?? 0)));
  expect(widest).toBeLessThan(65535 / 50);
  expect((sample.at(-1) ?? 0) - (sample[0] ?? 0)).toBeGreaterThan(65535 * 0.97);
});
