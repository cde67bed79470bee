import { encodeStateChanges, encodeStatesSnapshot, packState } from '@fenghuo/contracts/device-states.ts';
import { expect, test } from 'vitest';
import { DeviceStateTable } from './device-state-table.ts';

const snapshot = (no: number, ...states: number[]) =>
  encodeStatesSnapshot({ stream: 7, no, states: Uint8Array.from(states) });
const changes = (after: number, no: number, ...packed: number[]) =>
  encodeStateChanges({ stream: 7, after, no, packed: Uint32Array.from(packed) });

test('snapshot → changes → a gap is refused, and changes nothing → snapshot → changes', () => {
  const table = new DeviceStateTable();
  let told = 0;
  table.onChange(() => told++);
  expect(table.take(changes(0, 1, packState(0, 1)))).toBe(false);
  expect(table.take(snapshot(4, 0, 0, 0))).toBe(true);
  expect(table.take(changes(4, 6, packState(1, 2)))).toBe(true);
  expect(table.take(changes(7, 8, packState(2, 1)))).toBe(false);
  expect([...table.states]).toEqual([0, 2, 0]);
  expect(table.take(snapshot(9, 3, 2, 1))).toBe(true);
  expect(table.take(changes(9, 10, packState(5_000, 1)))).toBe(true);
  expect([...table.states.subarray(0, 3), table.states[5_000]]).toEqual([3, 2, 1, 1]);
  expect(told).toBe(4);
});

test('another stream does not follow, and what is no message is refused', () => {
  const table = new DeviceStateTable();
  table.take(snapshot(1, 0));
  expect(table.take(encodeStateChanges({ stream: 8, after: 1, no: 2, packed: new Uint32Array(0) }))).toBe(
    false,
  );
  expect(table.take(new Uint8Array(40))).toBe(false);
});
