import { packedDevice, packState, stateCode } from '@fenghuo/contracts/device-states.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesOfScope, maskOf, statesInScope } from './state-scope.ts';

const numbers = fc.uniqueArray(fc.nat(300), { maxLength: 60 });
const states = fc.uint8Array({ max: 4, maxLength: 300 });

test('a viewer of an area is told of its own devices as they are, and of the others nothing', () => {
  fc.assert(
    fc.property(numbers, states, (own, all) => {
      const mask = maskOf(own);
      const seen = statesInScope(mask, all);
      for (const [no, code] of all.entries())
        expect(seen[no]).toBe(own.includes(no) ? code : stateCode.outside);
      const packed = Uint32Array.from([...all].map((code, no) => packState(no, code)));
      for (const change of changesOfScope(mask, packed)) expect(own).toContain(packedDevice(change));
      expect(changesOfScope(null, packed)).toEqual(packed);
    }),
  );
});
