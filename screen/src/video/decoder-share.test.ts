import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodersOf, shareDecoders } from './decoder-share.ts';

test('two cores have four decoders, sixteen no more than twelve', () => {
  expect([1, 2, 4, 16].map(decodersOf)).toEqual([4, 4, 8, 12]);
});

test('five tiles, four decoders: the last of the small ones waits; the large one never does', () => {
  const small = ['a', 'b', 'c', 'd'].map((id) => ({ id, area: 100 }));
  expect([...shareDecoders([...small, { id: 'large', area: 900 }], 4)]).toEqual(['large', 'a', 'b', 'c']);
});

test('never more than there are, and none is idle while a tile waits', () => {
  const wishes = fc.uniqueArray(fc.record({ id: fc.uuid(), area: fc.nat(4_000_000) }), {
    selector: ({ id }) => id,
    maxLength: 60,
  });
  fc.assert(
    fc.property(wishes, fc.integer({ min: 1, max: 12 }), (tiles, decoders) => {
      expect(shareDecoders(tiles, decoders).size).toBe(Math.min(tiles.length, decoders));
    }),
  );
});
