import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayeredMap } from './layered-map.ts';

const key = fc.integer({ min: 0, max: 5 });
const step = fc.oneof(
  fc.record({ type: fc.constant('set' as const), key, value: fc.nat() }),
  fc.record({ type: fc.constant('delete' as const), key }),
  fc.record({
    type: fc.constantFrom('seal' as const, 'settle' as const, 'revert' as const, 'discard' as const),
  }),
);

test('reads as a plain map that is copied at each seal, put back at each discard, and further at each revert', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const layered = new LayeredMap<number, number>();
      let settled = new Map<number, number>();
      let sealed = new Map<number, number>();
      let seen = new Map<number, number>();
      for (const act of steps) {
        switch (act.type) {
          case 'set':
            layered.set(act.key, act.value);
            seen.set(act.key, act.value);
            break;
          case 'delete':
            layered.delete(act.key);
            seen.delete(act.key);
            break;
          case 'seal':
            layered.settle();
            settled = new Map(sealed);
            layered.seal();
            sealed = new Map(seen);
            break;
          case 'settle':
            layered.settle();
            settled = new Map(sealed);
            break;
          case 'revert':
            layered.revert();
            sealed = new Map(settled);
            seen = new Map(settled);
            break;
          case 'discard':
            layered.discard();
            seen = new Map(sealed);
        }
        expect(new Map(layered.entries())).toEqual(seen);
        for (let k = 0; k <= 5; k += 1) expect(layered.get(k)).toBe(seen.get(k));
      }
    }),
  );
});
