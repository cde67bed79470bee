import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeStates,
  deviceStates,
  encodeStateChanges,
  encodeStatesSnapshot,
  packedDevice,
  packedState,
  packState,
} from './device-states.ts';

const code = fc.nat(deviceStates.length - 1);
const runs = fc.array(fc.tuple(code, fc.integer({ min: 1, max: 40_000 })), { maxLength: 12 });
const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });

test('a snapshot reads as it was written, in runs of any length', () => {
  fc.assert(
    fc.property(runs, number, number, (of, stream, no) => {
      const states = Uint8Array.from(of.flatMap(([state, length]) => new Array<number>(length).fill(state)));
      const read = decodeStates(encodeStatesSnapshot({ stream, no, states }));
      expect(read).toEqual({ kind: 'snapshot', stream, no, states });
    }),
    { numRuns: 30 },
  );
});

test('changes read as they were written, also where their bytes lie askew', () => {
  const change = fc.tuple(fc.nat(5_000_000), code);
  fc.assert(
    fc.property(fc.array(change), number, number, (of, stream, after) => {
      const packed = Uint32Array.from(of.map(([device, state]) => packState(device, state)));
      const bytes = encodeStateChanges({ stream, after, no: after + 1, packed });
      const askew = new Uint8Array(bytes.length + 1).subarray(1);
      askew.set(bytes);
      expect(decodeStates(askew)).toEqual({ kind: 'changes', stream, after, no: after + 1, packed });
      expect([...packed].map((one) => [packedDevice(one), packedState(one)])).toEqual(of);
    }),
  );
});

test('a county at rest is a few bytes; what is cut short or foreign is refused', () => {
  const whole = encodeStatesSnapshot({ stream: 1, no: 2, states: new Uint8Array(212_000) });
  expect(whole.length).toBeLessThan(32);
  for (let end = 0; end < whole.length; end++)
    expect(() => decodeStates(whole.subarray(0, end))).toThrow(RangeError);
  expect(() => decodeStates(new Uint8Array(64))).toThrow(RangeError);
});
