import type { CaseStep } from '@fenghuo/contracts/case.ts';
import { expect, test } from 'vitest';
import { sampleAlarm, sampleIncident, sampleTicket } from '../state/sample-records.ts';
import { fittingSpeed, replayAt, spanOf } from './replay-at.ts';

const step = (of: string, at: number, to: CaseStep['to']): CaseStep => ({
  ...{ alarm: of, version: 1, no: 1, at, from: null, to, why: 'raise', actor: 'engine' },
  ...{ severity: 'high', event: null },
});
const entry = (at: number) => ({ at, by: 'engine', what: { zh: '', en: '' }, late: false });

const dossier = {
  incident: sampleIncident({ id: 'I1', openedAt: 1_000, closedAt: 9_000 }),
  ticket: null,
  alarms: [sampleAlarm({ id: 'A1', raisedAt: 1_000 }), sampleAlarm({ id: 'A2', raisedAt: 3_000 })],
  steps: [
    step('A1', 1_000, 'unacknowledged'),
    step('A2', 3_000, 'unacknowledged'),
    step('A1', 5_000, 'returned-unacknowledged'),
  ],
};
const report = { timeLine: [entry(1_000), entry(3_000), entry(9_500)] };

test('alarm → second alarm → the first one returns: each is lit from when it went off until it returned', () => {
  const lit = (at: number) =>
    replayAt(dossier, report, at).alarms.map(({ id, condition }) => [id, condition]);
  expect(lit(500)).toEqual([]);
  expect(lit(2_000)).toEqual([['A1', true]]);
  expect(lit(6_000)).toEqual([
    ['A1', false],
    ['A2', true],
  ]);
  expect(replayAt(dossier, report, 3_000).told).toBe(2);
});

test('where the ticket stood: not before it was opened', () => {
  const first = { at: 2_000, from: null, to: 'received', stage: 'received', by: 'engine' } as const;
  const moves = [{ ...first, holder: 'U1', reason: null }];
  const moved = { ...dossier, ticket: sampleTicket({ id: 'T1', moves }) };
  expect(replayAt(moved, report, 1_999).move).toBe(null);
  expect(replayAt(moved, report, 2_000).move).toEqual(moves[0]);
});

test('from the first thing to the last, at the slowest speed that fits a minute', () => {
  expect(spanOf(dossier, report)).toEqual({ from: 1_000, to: 9_500 });
  expect(fittingSpeed({ from: 0, to: 60_000 })).toBe(1);
  expect(fittingSpeed({ from: 0, to: 24 * 3_600_000 })).toBe(3600);
});
