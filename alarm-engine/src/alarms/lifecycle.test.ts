import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlarmFacts, type AlarmInput, quietFacts, stateOf, transition } from './lifecycle.ts';

const latching: AlarmInput = { type: 'raise', latch: true };
const plain: AlarmInput = { type: 'raise', latch: false };

/** States that a sequence of inputs leads through; a refused input stands as its reason. */
function walk(...inputs: AlarmInput[]): string[] {
  let facts = quietFacts;
  return inputs.map((input) => {
    const result = transition(facts, input);
    if (!result.ok) return result.reason;
    facts = result.facts;
    return stateOf(facts);
  });
}

test('raise → acknowledge → return: normal', () => {
  expect(walk(plain, { type: 'acknowledge' }, { type: 'return' })).toEqual([
    'unacknowledged',
    'acknowledged',
    'normal',
  ]);
});

test('raise → return → acknowledge: returned-unacknowledged in between', () => {
  expect(walk(plain, { type: 'return' }, { type: 'acknowledge' })).toEqual([
    'unacknowledged',
    'returned-unacknowledged',
    'normal',
  ]);
});

test('raise → return → raise: unacknowledged again', () => {
  expect(walk(plain, { type: 'return' }, plain)).toEqual([
    'unacknowledged',
    'returned-unacknowledged',
    'unacknowledged',
  ]);
});

test('latched: raise → acknowledge → return: stays acknowledged until reset', () => {
  expect(walk(latching, { type: 'acknowledge' }, { type: 'return' }, { type: 'reset' })).toEqual([
    'unacknowledged',
    'acknowledged',
    'acknowledged',
    'normal',
  ]);
});

test('latched: raise → reset: refused while the condition holds', () => {
  expect(walk(latching, { type: 'acknowledge' }, { type: 'reset' })).toEqual([
    'unacknowledged',
    'acknowledged',
    'condition-still-active',
  ]);
});

test('latched: raise → return → reset: the reset does not acknowledge', () => {
  expect(walk(latching, { type: 'return' }, { type: 'reset' }, { type: 'acknowledge' })).toEqual([
    'unacknowledged',
    'unacknowledged',
    'returned-unacknowledged',
    'normal',
  ]);
});

test('latched: raise → acknowledge → return → raise: it burns again, and asks again', () => {
  expect(walk(latching, { type: 'acknowledge' }, { type: 'return' }, latching)).toEqual([
    'unacknowledged',
    'acknowledged',
    'acknowledged',
    'unacknowledged',
  ]);
});

test('raise → raise: no change', () => {
  expect(walk(plain, plain)).toEqual(['unacknowledged', 'no-change']);
});

test('raise → acknowledge → realarm: a graver alarm asks again', () => {
  expect(walk(plain, { type: 'acknowledge' }, { type: 'realarm' })).toEqual([
    'unacknowledged',
    'acknowledged',
    'unacknowledged',
  ]);
});

test('raise → shelve → unshelve: what lay beneath shows again', () => {
  expect(walk(plain, { type: 'shelve' }, { type: 'unshelve' })).toEqual([
    'unacknowledged',
    'shelved',
    'unacknowledged',
  ]);
});

test('raise → shelve → suppress → remove from service: the strongest is told', () => {
  expect(walk(plain, { type: 'shelve' }, { type: 'suppress' }, { type: 'remove-from-service' })).toEqual([
    'unacknowledged',
    'shelved',
    'suppressed-by-design',
    'out-of-service',
  ]);
});

const anyInput: fc.Arbitrary<AlarmInput> = fc.oneof(
  fc.boolean().map((latch): AlarmInput => ({ type: 'raise', latch })),
  fc
    .constantFrom(
      'return',
      'acknowledge',
      'reset',
      'realarm',
      'shelve',
      'unshelve',
      'suppress',
      'unsuppress',
      'remove-from-service',
      'return-to-service',
    )
    .map((type): AlarmInput => ({ type }) as AlarmInput),
);

test('no sequence reaches normal but through acknowledgement and the end of condition and latch', () => {
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 30 }), (inputs) => {
      let facts: AlarmFacts = quietFacts;
      for (const input of inputs) {
        const result = transition(facts, input);
        if (!result.ok) continue;
        if (facts.latched && !result.facts.latched) expect(input.type).toBe('reset');
        if (!facts.acknowledged && result.facts.acknowledged) expect(input.type).toBe('acknowledge');
        facts = result.facts;
        if (stateOf(facts) === 'normal') expect(facts).toEqual(quietFacts);
      }
    }),
  );
});
