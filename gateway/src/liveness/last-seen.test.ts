import { expect, test } from 'vitest';
import { LastSeen } from './last-seen.ts';

test('a device heard twice is flushed once, with its newest time, and not again', () => {
  const seen = new LastSeen();
  seen.touch(3, 100);
  seen.touch(70_000, 150);
  seen.touch(3, 200);
  const first = seen.drainTouched();
  expect([...first.deviceNos]).toEqual([3, 70_000]);
  expect([...first.at]).toEqual([200, 150]);
  expect(seen.drainTouched().deviceNos).toHaveLength(0);
  seen.touchAgain(first);
  seen.touch(3, 300);
  expect([...seen.drainTouched().at]).toEqual([300, 150]);
});

test('time never goes back, and nobody is nobody', () => {
  const seen = new LastSeen();
  seen.touch(0, 200);
  seen.drainTouched();
  seen.touch(0, 100);
  seen.touch(-1, 300);
  expect(seen.at(0)).toBe(200);
  expect(seen.at(1)).toBeNull();
  expect(seen.at(1_000_000)).toBeNull();
  expect(seen.drainTouched().deviceNos).toHaveLength(0);
});

test('what is restored counts and is not flushed', () => {
  const seen = new LastSeen();
  seen.restore(5_000, 100);
  expect(seen.at(5_000)).toBe(100);
  expect(seen.drainTouched().deviceNos).toHaveLength(0);
});

test('online are those heard within the window, cameras apart', () => {
  const seen = new LastSeen();
  seen.touch(0, 900);
  seen.touch(1, 900);
  seen.touch(2, 100);
  seen.touch(3, 899);
  expect(seen.countOnline(1_000, 100, Uint8Array.of(0, 1, 0, 0, 0))).toEqual({ detectors: 1, cameras: 1 });
  expect(seen.countOnline(1_000, 5_000, Uint8Array.of(0, 1, 0, 0, 0))).toEqual({ detectors: 3, cameras: 1 });
});
