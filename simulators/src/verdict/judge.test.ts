import { expect, test } from 'vitest';
import { LatencyHistogram } from '../flood/latency-histogram.ts';
import { scenarioSchema } from '../scenario/scenario-schema.ts';
import type { Publication } from '../scenario/script.ts';
import { type Evidence, judge } from './judge.ts';
import type { Facts } from './read-facts.ts';
import type { FoundAlarm } from './sql/list-alarms.ts';

const said = (device: string, more: Partial<Publication> = {}): Publication => ({
  ...{ at: 0, device, message: { kind: 'smoke', state: 'alarm' }, drill: false, expects: 'alarm', moment: 0 },
  ...more,
});
const raised = (device: string, at: number, more: Partial<FoundAlarm> = {}): FoundAlarm => ({
  ...{ id: `A-${device}`, run: null, device, kind: 'smoke', severity: 'high', raisedAt: at, lastEventAt: at },
  ...{ incident: 'I1', ...more },
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  stored: { stored: 2, lost: 0, duplicated: 0, unasked: 0 },
  alarms: [raised('D1', 1_010), raised('D2', 2_030)],
  tickets: [{ id: 'T1', incident: 'I1', openedAt: 2_030 }],
  aftermath: { messages: 1, openingMessages: 1, drillMessages: 0, upkeep: 0, quarantined: 0, forged: 0 },
  postgres: '18',
  ...more,
});

function evidence(more: Partial<Evidence> = {}, budgets: object = {}, expect: object = {}): Evidence {
  const scenario = scenarioSchema.parse({
    ...{ name: 't', title: { zh: '测', en: 't' }, duration: '1 min', budgets, expect },
    timeline: [{ readings: { rate: 1, for: '1 s' } }],
  });
  const puback = new LatencyHistogram();
  puback.record(5_000);
  return {
    ...{
      scenario,
      publications: [said('D1'), said('D2')],
      times: [1_000, 2_000],
      acknowledged: new Set([0, 1]),
    },
    ...{ puback, resent: 0, unsent: 0, isCutOff: false, drainedMs: 3, refused: 0, facts: facts() },
    seen: {
      alarms: new Map([
        ['A-D1', 1_050],
        ['A-D2', 2_100],
      ]),
      tickets: new Map(),
    },
    ...more,
  };
}

const failed = (verdict: ReturnType<typeof judge>) =>
  verdict.judged.flatMap(({ ok, name }) => (ok ? [] : [name]));

test('all as it should be: kept, and each leg measured from when the device spoke', () => {
  const verdict = judge(evidence({}, { screen_p99: '1 s' }, { tickets: 1 }));
  expect(failed(verdict)).toEqual([]);
  expect(verdict).toMatchObject({ ok: true, published: 2, acknowledged: 2, stored: 2 });
  expect(verdict.latency.alarm).toMatchObject({ count: 2, max: 30 });
  expect(verdict.latency.screen.max).toBe(100);
  expect(verdict.latency.ticket).toMatchObject({ count: 1, max: 30 });
});

test('an alarm that is due and not there is missed; one that nobody foretold is false', () => {
  const verdict = judge(evidence({ facts: facts({ alarms: [raised('D1', 1_010), raised('D9', 1_010)] }) }));
  expect(verdict.missed).toMatchObject([{ device: 'D2', at: 2_000 }]);
  expect(verdict.false).toMatchObject([{ device: 'D9' }]);
  expect(failed(verdict)).toEqual(['missed', 'false']);
});

test('an alarm that stood before is told again: neither missed nor measured', () => {
  const before = raised('D1', -3_600_000, { lastEventAt: 1_010 });
  const verdict = judge(evidence({ facts: facts({ alarms: [before, raised('D2', 2_030)] }) }));
  expect(verdict).toMatchObject({ ok: true, alarms: { missed: 0 } });
  expect(verdict.latency).toMatchObject({ alarm: { count: 1 }, screen: { count: 1 } });
});

test('a drill’s alarm does not stand for a live one', () => {
  const verdict = judge(
    evidence({ facts: facts({ alarms: [raised('D1', 1_010, { run: 'R' }), raised('D2', 2_010)] }) }),
  );
  expect(failed(verdict)).toEqual(['missed', 'false']);
});

test('silence and sticking are found by the clock, and are no false alarms', () => {
  const silent = raised('K1', 3_000, { kind: 'silent' });
  const verdict = judge(evidence({ facts: facts({ alarms: [...facts().alarms, silent] }) }));
  expect(verdict).toMatchObject({ ok: true, alarms: { false: 0, bySupervision: 1 } });
});

test('lost, doubled, forged, unacknowledged, told out of a drill: each fails by itself', () => {
  const ofStored = (more: object) => evidence({ facts: facts({ stored: { ...facts().stored, ...more } }) });
  const ofAftermath = (more: object) =>
    evidence({ facts: facts({ aftermath: { ...facts().aftermath, ...more } }) });
  expect(failed(judge(ofStored({ lost: 1 })))).toEqual(['lost']);
  expect(failed(judge(ofStored({ duplicated: 1 })))).toEqual(['duplicated']);
  expect(failed(judge(ofAftermath({ forged: 1 })))).toEqual(['forged']);
  expect(failed(judge(ofAftermath({ drillMessages: 1 })))).toEqual(['drill_messages']);
  expect(failed(judge(evidence({ acknowledged: new Set([0]) })))).toEqual(['unacknowledged']);
});

test('too slow, or another number of tickets than expected', () => {
  expect(failed(judge(evidence({}, { screen_p50: '20 ms', puback_max: '4 ms' })))).toEqual([
    'puback_max',
    'screen_p50',
  ]);
  expect(failed(judge(evidence({}, {}, { tickets: { at_least: 2 }, incidents: 1 })))).toEqual(['tickets']);
});

test('an alarm that never came to the screen is unheard, when that is asked for', () => {
  const seen = { alarms: new Map([['A-D1', 1_050]]), tickets: new Map() };
  expect(failed(judge(evidence({ seen }, { unheard: 0 })))).toEqual(['unheard']);
});

test('no database, no socket: what cannot be checked is not passed', () => {
  const verdict = judge(evidence({ facts: null, seen: null }, { screen_p99: '1 s' }));
  expect(verdict.stored).toBeNull();
  expect(failed(verdict)).toEqual([
    'lost',
    'duplicated',
    'missed',
    'false',
    'forged',
    'drill_messages',
    'screen_p99',
  ]);
});

test('heartbeats are published and not stored; what never left is neither', () => {
  const publications = [
    said('D1'),
    said('D2'),
    said('D3', { message: null, expects: 'nothing' }),
    said('D4'),
  ];
  const times = [1_000, 2_000, 2_500, Number.NaN];
  expect(judge(evidence({ publications, times }))).toMatchObject({ ok: true, published: 2, heartbeats: 1 });
});

test('what was due and never left is not kept quiet: never acknowledged', () => {
  const { ok, judged, unsent } = judge(evidence({ unsent: 3 }));
  expect(ok).toBe(false);
  expect(unsent).toBe(3);
  expect(judged.find(({ name }) => name === 'unacknowledged')).toMatchObject({ found: 3, ok: false });
});

test('a drill that ended under it: what was under way is not asked for, what was acknowledged still is', () => {
  const cut = { isCutOff: true, acknowledged: new Set([0]) };
  const alone = facts({ alarms: [raised('D1', 1_010)] });
  expect(judge(evidence({ ...cut, facts: alone }))).toMatchObject({ ok: true, missed: [] });
  expect(judge(evidence({ ...cut, facts: facts({ alarms: [] }) }))).toMatchObject({
    ok: false,
    missed: [{ device: 'D1' }],
  });
});
