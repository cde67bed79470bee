import { expect, test } from 'vitest';
import { decodeCameraPlaces, decodeCameraStates, encodeCameraPlaces, encodeCameraStates } from './cameras.ts';

const numbers = Uint32Array.of(4, 170_000);
const buffer = (bytes: Uint8Array) => bytes.buffer as ArrayBuffer;

test('states come back as they were written; what is cut short or something else is refused', () => {
  const states = {
    ...{ now: 1_780_000_000, numbers, checkedAt: Uint32Array.of(0, 1_779_999_990) },
    ...{ ages: Uint16Array.of(65_535, 3), states: Uint8Array.of(0, 1) },
  };
  const bytes = encodeCameraStates(states);
  expect(decodeCameraStates(buffer(bytes))).toEqual(states);
  expect(() => decodeCameraStates(buffer(bytes.slice(0, -1)))).toThrow(RangeError);
  expect(() => decodeCameraStates(new ArrayBuffer(3))).toThrow(RangeError);
});

test('places come back to a metre', () => {
  const places = { numbers, lons: Float32Array.of(121.371, 121.4), lats: Float32Array.of(28.491, 28.5) };
  const bytes = encodeCameraPlaces(places);
  expect(decodeCameraPlaces(buffer(bytes))).toEqual(places);
  expect(Math.abs(decodeCameraPlaces(buffer(bytes)).lons[0]! - 121.371)).toBeLessThan(0.00001);
  expect(() => decodeCameraPlaces(buffer(encodeCameraPlaces(places).slice(1)))).toThrow(RangeError);
});
