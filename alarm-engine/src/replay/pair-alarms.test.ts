import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairAlarms } from './pair-alarms.ts';
import type { RaisedAlarm } from './trial-tally.ts';

function alarm(of: Partial<RaisedAlarm> & { id: string }): RaisedAlarm {
  const { raisedAt = 0 } = of;
  return {
    ...{ device: 'D', kind: 'smoke', rule: 'smoke', area: '331081', severity: 'low', raisedAt },
    ...{ closedAt: raisedAt + 10 },
    ...of,
  };
}

const ids = (pairs: ReturnType<typeof pairAlarms>) =>
  pairs.map(({ inForce, candidate }) => `${inForce?.id ?? '–'} ${candidate?.id ?? '–'}`).sort();

test('raised later by the candidate, while the other stands: one happening', () => {
  expect(ids(pairAlarms([alarm({ id: 'a' })], [alarm({ id: 'b', raisedAt: 5 })]))).toEqual(['a b']);
});

test('one over before the other begins: two happenings', () => {
  const found = pairAlarms([alarm({ id: 'a' })], [alarm({ id: 'b', raisedAt: 11 })]);
  expect(ids(found)).toEqual(['a –', '– b']);
});

test('a rule of another name for the same kind: one happening; of the same name first', () => {
  const renamed = alarm({ id: 'x', rule: 'smoke-at-night' });
  expect(ids(pairAlarms([alarm({ id: 'a' })], [renamed]))).toEqual(['a x']);
  expect(ids(pairAlarms([alarm({ id: 'a' })], [renamed, alarm({ id: 'b' })]))).toEqual(['a b', '– x']);
});

const histories = fc
  .array(
    fc.record({
      device: fc.constantFrom('D', 'E'),
      rule: fc.constantFrom('p', 'q'),
      gap: fc.nat(20),
      length: fc.nat(20),
    }),
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ device, rule, gap, length }, i) => {
      at += gap + 1;
      return alarm({ id: `${i}`, device, rule, raisedAt: at, closedAt: at + length });
    });
  });

test('every alarm of both histories is in one pair; a history against itself pairs with itself', () => {
  fc.assert(
    fc.property(histories, histories, (inForce, candidate) => {
      const pairs = pairAlarms(inForce, candidate);
      const of = (side: 'inForce' | 'candidate') =>
        pairs.map((pair) => pair[side]?.id ?? '').filter((id) => id !== '');
      expect(of('inForce').sort()).toEqual(inForce.map(({ id }) => id).sort());
      expect(of('candidate').sort()).toEqual(candidate.map(({ id }) => id).sort());
      for (const { inForce: a, candidate: b } of pairAlarms(inForce, inForce)) expect(a).toBe(b);
    }),
  );
});
