import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AlarmFacts,
  type AlarmInput,
  isAside,
  quietFacts,
  stands,
  stateOf,
  through,
  transition,
} from './lifecycle.ts';

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

test('shelve → raise → unshelve: what went off on the shelf is seen when it comes off', () => {
  expect(walk({ type: 'shelve' }, latching, { type: 'unshelve' })).toEqual([
    'shelved',
    'shelved',
    'unacknowledged',
  ]);
});

test('raise → shelve → return → unshelve: it returned meanwhile, and is still to be acknowledged', () => {
  expect(walk(plain, { type: 'shelve' }, { type: 'return' }, { type: 'unshelve' })).toEqual([
    'unacknowledged',
    'shelved',
    'shelved',
    'returned-unacknowledged',
  ]);
});

test('raise → remove from service → suppress → return to service → unsuppress: each ends by itself', () => {
  const inputs = ['remove-from-service', 'suppress', 'return-to-service', 'unsuppress'] as const;
  expect(walk(plain, ...inputs.map((type): AlarmInput => ({ type })))).toEqual([
    'unacknowledged',
    'out-of-service',
    'out-of-service',
    'suppressed-by-design',
    'unacknowledged',
  ]);
});

test('latched: raise → return → raise: the same alarm again, no new one', () => {
  expect(walk(latching, { type: 'return' }, plain, { type: 'return' }, { type: 'acknowledge' })).toEqual([
    'unacknowledged',
    'unacknowledged',
    'unacknowledged',
    'unacknowledged',
    'acknowledged',
  ]);
});

const bit = (value: boolean) => (value ? '1' : '0');
const beneath = ({ condition, latched, acknowledged }: AlarmFacts) =>
  bit(condition) + bit(latched) + bit(acknowledged);

/** Every combination of the six facts. */
const everyFacts: AlarmFacts[] = Array.from({ length: 64 }, (_, i) => {
  const [condition, latched, acknowledged, shelved, suppressed, outOfService] = [1, 2, 4, 8, 16, 32].map(
    (mask) => (i & mask) !== 0,
  ) as [boolean, boolean, boolean, boolean, boolean, boolean];
  return { condition, latched, acknowledged, shelved, suppressed, outOfService };
});

/**
 * The state diagram of ISA-18.2 written a second time, in bits: condition, latch, acknowledged; then what each input
 * makes of them, in the order of `moves`; `.` nothing new, `!` the condition still holds, `?` nothing to acknowledge.
 */
const diagram = `
  001  100 110  .   ?   .   .   normal
  100  .   .    000 101 !   .   unacknowledged
  110  .   .    010 111 !   .   unacknowledged
  101  .   .    001 ?   !   100 acknowledged
  111  .   .    011 ?   !   110 acknowledged
  000  100 110  .   001 .   .   returned-unacknowledged
  010  110 110  .   011 000 .   unacknowledged
  011  110 110  .   ?   001 010 acknowledged`;
const moves: AlarmInput[] = [
  plain,
  latching,
  { type: 'return' },
  { type: 'acknowledge' },
  { type: 'reset' },
  { type: 'realarm' },
];
const rows = diagram
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const reasons: Record<string, string> = {
  '.': 'no-change',
  '!': 'condition-still-active',
  '?': 'nothing-to-acknowledge',
};

test('all 64 combinations of facts × 12 inputs: as the diagram has it, and nothing else changes', () => {
  let looked = 0;
  for (const facts of everyFacts) {
    const [, ...cells] = rows.find(([from]) => from === beneath(facts))!;
    for (const [i, input] of moves.entries()) {
      const result = transition(facts, input);
      const { shelved, suppressed, outOfService } = facts;
      if (result.ok) expect(result.facts).toMatchObject({ shelved, suppressed, outOfService });
      expect(result.ok ? beneath(result.facts) : result.reason).toBe(reasons[cells[i]!] ?? cells[i]);
      looked += 1;
    }
    for (const [fact, on, off] of [
      ['shelved', 'shelve', 'unshelve'],
      ['suppressed', 'suppress', 'unsuppress'],
      ['outOfService', 'remove-from-service', 'return-to-service'],
    ] as const) {
      const set = { ok: true, facts: { ...facts, [fact]: !facts[fact] } };
      const idle = { ok: false, reason: 'no-change' };
      expect(transition(facts, { type: on })).toEqual(facts[fact] ? idle : set);
      expect(transition(facts, { type: off })).toEqual(facts[fact] ? set : idle);
      looked += 2;
    }
  }
  expect(looked).toBe(64 * 12);
});

test('all 64 combinations of facts are a state: out of service before suppressed before shelved before what lies beneath', () => {
  for (const facts of everyFacts) {
    const named = rows.find(([from]) => from === beneath(facts))!.at(-1);
    const aside = [
      facts.outOfService && 'out-of-service',
      facts.suppressed && 'suppressed-by-design',
      facts.shelved && 'shelved',
    ].find((state) => state !== false);
    expect(stateOf(facts)).toBe(aside ?? named);
    expect(isAside(facts)).toBe(aside !== undefined);
    expect(stands(facts)).toBe(beneath(facts).startsWith('00') === false);
  }
});

test('of a record that holds the facts nothing else is given back', () => {
  const record = { ...quietFacts, severity: 'low' };
  const raised = transition(record, latching);
  expect(raised.ok && Object.keys(raised.facts).sort()).toEqual(Object.keys(quietFacts).sort());
  expect(through(record, ['realarm'])).toEqual(quietFacts);
});

test('whatever an alarm is, acknowledging, returning, resetting and bringing it back ends it', () => {
  const end = ['acknowledge', 'return', 'reset', 'unshelve', 'unsuppress', 'return-to-service'] as const;
  for (const facts of everyFacts) expect(through(facts, end)).toEqual(quietFacts);
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
