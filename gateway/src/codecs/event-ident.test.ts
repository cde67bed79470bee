import { expect, test } from 'vitest';
import { identOfId, identOfPayload, identOfSeq } from './event-ident.ts';

test('identities that are stored already stay what they are', () => {
  expect([
    identOfId('ev-500'),
    identOfId('烽火'),
    identOfSeq(0),
    identOfSeq(7_000_000_000),
    identOfPayload({ kind: 'smoke', value: 1.5, attrs: { b: [true, null, 'x'], a: {} } }, 'ts', ''),
    identOfPayload({ ts: 5, kind: 'smoke' }, 'ts', '015'),
  ]).toMatchInlineSnapshot(`
    [
      -4883513804600592646n,
      -8503308343576950218n,
      7311482563009432971n,
      -5238133745067109472n,
      5143565406839196370n,
      6504372077104740357n,
    ]
  `);
});

test('100,000 neighbouring identities are 100,000 values, spread over both halves', () => {
  const idents = new Set<bigint>();
  const upper = new Set<bigint>();
  for (let i = 0; i < 50_000; i++) {
    for (const ident of [identOfSeq(i), identOfId(`device-${i}`)]) {
      idents.add(ident);
      upper.add(ident >> 32n);
    }
  }
  expect(idents.size).toBe(100_000);
  expect(upper.size).toBeGreaterThan(99_990);
});

test('the sign of zero is no difference, the type of a value is', () => {
  const of = (value: unknown) => identOfPayload({ value }, 'ts', '');
  expect(of(-0)).toBe(of(0));
  const values = [0, '0', false, null, [], {}, [0], '', [[]], { a: null }];
  expect(new Set(values.map(of)).size).toBe(values.length);
});
