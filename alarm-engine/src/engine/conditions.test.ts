import { describe, expect, test } from 'vitest';
import { readRulebook } from '../rules/read-rulebook.ts';
import { SmallEngine } from './small-engine.fixture.ts';

const title = 'title: { zh: 试, en: trial }';
const book = `
windows:
  detectors: { kinds: [smoke, heat], within: building, over: 5 min, standing: true }
  call_points: { kinds: [manual], within: building, over: 5 min, standing: true }
rules:
  - { id: smoke, ${title}, kind: smoke, hazard: fire, severity: medium, category: '0101', latch: true,
      raises: [{ to: high, when: detectors.others >= 1 }], confirmed_when: call_points.count >= 1 }
  - { id: call-point, ${title}, kind: manual, hazard: fire, severity: medium, category: '0101', latch: true }
  - { id: heat, ${title}, kind: heat, hazard: fire, severity: low, category: '0101',
      raises: [{ to: high, when: event.value > 80.0, because: { zh: 超过 80°, en: above 80° } }] }
  - { id: level, ${title}, kind: water, states: [alarm, normal], when: event.value > 3.0,
      clear_when: event.value < 2.8, for: 10 s, off_delay: 30 s, hazard: supply, severity: low, category: '0101' }
  - { id: link, ${title}, kind: silent, devices: [concentrator], states: [fault], hazard: supervision,
      severity: low, category: '0101' }
  - { id: pressure, ${title}, kind: pressure, hazard: supply, severity: low, category: '0101',
      inhibited_by: [{ rule: link, of: parent }] }
responses:
  high: { ticket: at-once, group_wait: 0 s }
  medium: { ticket: when-confirmed, unacknowledged_for: 3 min, group_wait: 2 s }
  low: { ticket: never, group_wait: 2 s }
upkeep_kinds: [fault, tamper, battery, silent, stuck]
supervision: { smoke: never, heat: never, co: never, gas: never, water: never, current: never, pressure: never,
  manual: never, camera: never, concentrator: never, unknown: never }
flood: { enter_above: 10, exit_below: 5, within: 10 min }
maintenance:
  - { id: hydrants, title: { zh: 检修, en: hydrants }, purpose: maintenance, why: 年检, buildings: [B2],
      from: '2027-01-15T00:00:00Z', to: '2027-01-15T12:00:00Z' }
  - { id: bells, title: { zh: 试铃, en: bells }, purpose: building-test, why: 试验, areas: ['331081100203-02'],
      rules: [smoke], weekly: { days: [sat], from: '16:00', to: '16:30' } }
plans: []
categories: [{ code: '01', title: { zh: 火灾, en: fire }, kinds: [{ code: '0101', title: { zh: 火灾, en: fire } }] }]
`;

function engine(): SmallEngine {
  const read = readRulebook(book, 1);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const made = new SmallEngine(read.rulebook);
  made.registry.setParent(made.registry.numberOf('P1'), 'K1');
  return made;
}

const due = (made: SmallEngine) => [...made.state.due.keys()].map((id) => id.split(':')[0]);

describe('delays', () => {
  const level = (made: SmallEngine, value: number) => made.say('P1', 'water', { state: 'normal', value });

  test('level 3.2 → 9 s → 2.5: no alarm, nothing is due', () => {
    const made = engine();
    level(made, 3.2);
    made.wait(9_999);
    expect(made.alarms).toEqual([]);
    level(made, 2.5);
    made.wait(60_000);
    expect([made.alarms, due(made)]).toEqual([[], []]);
  });

  test('level 3.2 → 3.4 → 10 s after the first: an alarm with the newest value', () => {
    const made = engine();
    level(made, 3.2);
    made.wait(4_000);
    level(made, 3.4);
    made.wait(6_000);
    expect(made.alarms).toMatchObject([{ rule: 'level', value: 3.4, severity: 'low', condition: true }]);
  });

  test('level 3.2 → alarm → 2.9 → 2.7 → 29 s → 3.1: it stands throughout; 2.7 → 30 s: returned', () => {
    const made = engine();
    level(made, 3.2);
    made.wait(10_000);
    level(made, 2.9);
    made.wait(60_000);
    expect(made.alarms).toMatchObject([{ condition: true }]);
    level(made, 2.7);
    made.wait(29_999);
    level(made, 3.1);
    made.wait(60_000);
    expect(made.alarms).toMatchObject([{ condition: true, version: 1 }]);
    level(made, 2.7);
    made.wait(30_000);
    expect(made.alarms).toMatchObject([{ condition: false, state: 'returned-unacknowledged' }]);
    expect(due(made)).toEqual([]);
  });

  test('level 3.2 → restore: forgotten before it was an alarm', () => {
    const made = engine();
    level(made, 3.2);
    made.say('P1', 'restore', { state: 'normal' });
    made.wait(60_000);
    expect(made.alarms).toEqual([]);
  });

  test('level 3.2 → what its spool gives back from before says 2.5: the delay runs on', () => {
    const made = engine();
    level(made, 3.2);
    made.say('P1', 'water', { state: 'normal', value: 2.5, late: true, at: made.now - 600_000 });
    made.wait(10_000);
    expect(made.alarms).toMatchObject([{ rule: 'level', condition: true }]);
  });

  test('heat → 10 min → heat again → its spool says that it was well between: it stands', () => {
    const made = engine();
    made.say('S1', 'heat', { value: 60 });
    made.wait(600_000);
    made.say('S1', 'heat', { value: 60 });
    made.wait(1_000);
    made.say('S1', 'heat', { state: 'normal', value: 20, late: true, at: made.now - 301_000 });
    expect(made.alarms).toMatchObject([{ condition: true }]);
    made.say('S1', 'restore', { state: 'normal', late: true, at: made.now - 301_000 });
    expect(made.alarms).toMatchObject([{ condition: true }]);
    made.say('S1', 'heat', { state: 'normal', value: 20 });
    expect(made.alarms).toMatchObject([{ condition: false }]);
  });
});

describe('what a severity sets in motion', () => {
  test('medium → 2 s → 3 min without anybody: a ticket, and the reason says so', () => {
    const made = engine();
    made.say('S5', 'smoke');
    made.wait(2_000);
    expect(made.tickets).toEqual([]);
    made.wait(180_000);
    expect(made.tickets).toMatchObject([{ severity: 'medium', step: 'received' }]);
    expect(made.incidents[0]!.reasons.at(-1)).toEqual({
      zh: '3 分钟无人确认',
      en: 'nobody acknowledged it for 3 min',
    });
  });

  test('medium → acknowledged → 3 min: no ticket; opened by hand: one, and not a second', () => {
    const made = engine();
    made.say('S5', 'smoke');
    const { id, version } = made.alarms[0]!;
    made.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    made.wait(600_000);
    expect(made.tickets).toEqual([]);
    const open = () => {
      const { id: subject, version: expectedVersion } = made.incidents[0]!;
      return made.order({ act: 'open-ticket', subject, expectedVersion });
    };
    expect(open()).toMatchObject({ ok: true });
    expect(open()).toMatchObject({ ok: false, reason: 'not-allowed-now' });
    expect(made.tickets).toHaveLength(1);
  });

  test('manual call point → smoke: confirmed, so a ticket after the group wait and not before', () => {
    const made = engine();
    made.say('M1', 'manual');
    made.say('S5', 'smoke');
    expect(made.alarms).toMatchObject([{ confirmed: false }, { confirmed: true, severity: 'medium' }]);
    made.wait(1_999);
    expect(made.tickets).toEqual([]);
    made.wait(1);
    expect(made.tickets).toMatchObject([{ severity: 'medium' }]);
    expect(due(made)).toEqual(['ticket-overdue']);
  });

  test('smoke → smoke within the group wait: high, and no wait', () => {
    const made = engine();
    made.say('S5', 'smoke');
    made.say('S6', 'smoke');
    expect(made.tickets).toMatchObject([{ severity: 'high' }]);
    expect(due(made)).toEqual(['ticket-overdue', 'ticket-unacknowledged']);
  });

  test('low → all normal: nothing is due any more', () => {
    const made = engine();
    made.say('S1', 'heat', { value: 60 });
    const { id, version } = made.alarms[0]!;
    made.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    made.say('S1', 'heat', { state: 'normal', value: 20 });
    expect([made.incidents, due(made)]).toEqual([[], []]);
  });
});

test('heat 60° → acknowledged → 85°: the same alarm, high, unacknowledged again, with a ticket', () => {
  const made = engine();
  made.say('S1', 'heat', { value: 60 });
  const { id, version } = made.alarms[0]!;
  made.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
  made.say('S1', 'heat', { value: 70 });
  expect(made.alarms).toMatchObject([{ id, severity: 'low', state: 'acknowledged' }]);
  made.say('S1', 'heat', { value: 85 });
  expect(made.alarms).toMatchObject([{ id, severity: 'high', state: 'unacknowledged' }]);
  expect(made.tickets).toMatchObject([{ severity: 'high' }]);
});

/** Opens the ticket of the one incident and takes it past the scene. */
function toFeedback(made: SmallEngine): void {
  const { id: subject, version } = made.incidents[0]!;
  made.order({ act: 'open-ticket', subject, expectedVersion: version });
  for (const to of ['dispatched', 'accepted', 'en-route', 'on-scene', 'under-control', 'feedback'] as const) {
    const ticket = made.tickets[0]!;
    made.order({
      act: 'move-ticket',
      subject: ticket.id,
      expectedVersion: ticket.version,
      to,
      reason: '已处置',
    });
  }
}

test('heat 60°, its ticket under review → 85°: high, and the ticket goes back to the scene', () => {
  const made = engine();
  made.say('S1', 'heat', { value: 60 });
  toFeedback(made);
  expect(made.tickets).toMatchObject([{ step: 'feedback', severity: 'low' }]);
  made.say('S1', 'heat', { value: 85 });
  expect(made.tickets).toMatchObject([{ step: 'on-scene', severity: 'high' }]);
});

test('reported by a person → acknowledged, its ticket under review → reported again: it asks again, at the scene', () => {
  const made = new SmallEngine();
  made.say('S4', 'report');
  const { id, version } = made.alarms[0]!;
  made.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
  toFeedback(made);
  made.say('S4', 'report');
  expect(made.alarms).toMatchObject([{ id, state: 'unacknowledged' }]);
  expect(made.tickets).toMatchObject([{ step: 'on-scene' }]);
});

test('the clock was put back by an hour → a call point: its ticket opens at once', () => {
  const made = new SmallEngine();
  made.say('S5', 'smoke');
  made.now -= 3_600_000;
  made.say('M1', 'manual');
  expect(made.tickets).toMatchObject([{ severity: 'high' }]);
});

test('gas at 26 % of its limit → 60 % within the delay → nothing more is said: high', () => {
  const made = new SmallEngine();
  const reads = (value: number) => made.say('S1', 'gas', { state: 'normal', value, unit: '%LEL' });
  reads(26);
  made.wait(3_000);
  reads(60);
  made.wait(7_000);
  expect(made.alarms).toMatchObject([{ rule: 'gas-reading', severity: 'high', value: 60 }]);
});

test('smoke, told → out of service → another smokes → back in service: two stand, so it is high', () => {
  const made = engine();
  made.say('S5', 'smoke');
  made.wait(360_000);
  const out = { act: 'remove-from-service', subject: 'S5', of: 'device', reason: '检修' } as const;
  made.order({ ...out, until: made.now + 1_200_000 });
  made.wait(600_000);
  made.say('S6', 'smoke');
  expect(made.alarmOf('S6')).toMatchObject({ severity: 'medium' });
  made.wait(600_000);
  expect(made.alarmOf('S5')).toMatchObject({ state: 'unacknowledged', severity: 'high' });
  expect(made.incidents).toMatchObject([{ severity: 'high' }]);
});

describe('suppression by design', () => {
  const linkDown = {
    state: 'fault',
    attrs: { cause: 'children', children: 12 },
    source: 'supervision',
  } as const;

  test('pressure → its concentrator falls silent → is heard: suppressed meanwhile', () => {
    const made = engine();
    made.say('P1', 'pressure');
    made.say('K1', 'silent', linkDown);
    const stateNow = () => made.alarms.find(({ device }) => device === 'P1')?.state;
    expect(stateNow()).toBe('suppressed-by-design');
    made.say('K1', 'silent', { ...linkDown, state: 'normal' });
    expect(stateNow()).toBe('unacknowledged');
  });

  test('the concentrator is silent → pressure: suppressed from the start, shown when the link is back', () => {
    const made = engine();
    made.say('K1', 'silent', linkDown);
    made.say('P1', 'pressure');
    const stateNow = () => made.alarms.find(({ device }) => device === 'P1')?.state;
    expect(stateNow()).toBe('suppressed-by-design');
    made.say('K1', 'silent', { ...linkDown, state: 'normal' });
    expect(stateNow()).toBe('unacknowledged');
  });
});

describe('planned times', () => {
  const at = (made: SmallEngine, time: string) => {
    made.now = Date.parse(time);
  };

  test('smoke while its building is maintained → the time is up: kept back, then an incident of its own', () => {
    const made = engine();
    at(made, '2027-01-15T11:59:00Z');
    made.say('W1', 'smoke');
    expect(made.alarms).toMatchObject([{ state: 'out-of-service', incident: null }]);
    expect(made.incidents).toEqual([]);
    made.wait(59_999);
    expect(made.incidents).toEqual([]);
    made.wait(1);
    expect(made.alarms).toMatchObject([{ state: 'unacknowledged' }]);
    expect(made.incidents).toHaveLength(1);
  });

  test('smoke in the weekly test of the bells → reset before it ends: over without a word; heat is no part of it', () => {
    const made = engine();
    at(made, '2027-01-16T16:10:00+08:00');
    made.say('S5', 'smoke');
    expect(made.alarms).toMatchObject([{ state: 'suppressed-by-design', test: true, incident: null }]);
    made.say('S5', 'smoke', { state: 'normal' });
    const { id, version } = made.alarms[0]!;
    expect(made.order({ act: 'reset-alarm', subject: id, expectedVersion: version })).toMatchObject({
      ok: true,
    });
    made.say('S1', 'heat', { value: 60 });
    expect(made.incidents).toHaveLength(1);
    made.wait(20 * 60_000);
    expect(made.alarms.map(({ device }) => device)).toEqual(['S1']);
    expect(due(made)).not.toContain('planned-end');
  });

  test('smoke a minute before the test: live, and stays so', () => {
    const made = engine();
    at(made, '2027-01-16T15:59:00+08:00');
    made.say('S5', 'smoke');
    made.wait(120_000);
    expect(made.alarms).toMatchObject([{ state: 'unacknowledged', test: false }]);
  });
});

describe('what is milder hides nothing that is graver', () => {
  const text = `
  - { id: leak, ${title}, kind: smoke, hazard: fire, severity: medium, category: '0101', shelvable_for: 2 h }
  - { id: share, ${title}, kind: gas, states: [normal], when: event.value >= 25.0, hazard: fire, severity: low,
      category: '0101', raises: [{ to: high, when: event.value >= 50.0, because: { zh: 过半, en: half } }],
      inhibited_by: [{ rule: leak, of: device }] }
responses:`;
  function leaking(): { made: SmallEngine; reads: (value: number) => void } {
    const read = readRulebook(book.replace('\nresponses:', text), 1);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    const made = new SmallEngine(read.rulebook);
    made.say('S1', 'smoke');
    return { made, reads: (value) => made.say('S1', 'gas', { state: 'normal', value }) };
  }
  const shown = (made: SmallEngine) => made.alarms.find(({ rule }) => rule === 'share');
  const actOn = (made: SmallEngine, act: 'acknowledge-alarm' | 'shelve-alarm') => {
    const { id, version } = made.alarms.find(({ rule }) => rule === 'leak')!;
    made.order({ act, subject: id, expectedVersion: version, minutes: 60, reason: '因' });
  };

  test('leak, medium, acknowledged → reads 60 %: high, with a ticket', () => {
    const { made, reads } = leaking();
    actOn(made, 'acknowledge-alarm');
    reads(60);
    expect(shown(made)).toMatchObject({ state: 'unacknowledged', severity: 'high' });
    expect(made.tickets).toMatchObject([{ severity: 'high' }]);
  });

  test('leak → reads 30 %, suppressed → 60 %: it shows', () => {
    const { made, reads } = leaking();
    reads(30);
    expect(shown(made)).toMatchObject({ state: 'suppressed-by-design', severity: 'low' });
    reads(60);
    expect(shown(made)).toMatchObject({ state: 'unacknowledged', severity: 'high' });
    expect(made.incidents).toMatchObject([{ severity: 'high' }]);
  });

  test('reads 30 %, told → leak: suppressed → 60 %: high, and its incident', () => {
    const { made, reads } = leaking();
    made.say('S1', 'smoke', { state: 'normal' });
    reads(30);
    made.say('S1', 'smoke');
    expect(shown(made)).toMatchObject({ state: 'suppressed-by-design' });
    reads(60);
    expect(shown(made)).toMatchObject({ state: 'unacknowledged', severity: 'high' });
    expect(made.incidents).toMatchObject([{ severity: 'high' }]);
  });

  test('leak → shelved: what it suppresses shows until it comes off the shelf', () => {
    const { made, reads } = leaking();
    reads(30);
    actOn(made, 'shelve-alarm');
    expect(shown(made)).toMatchObject({ state: 'unacknowledged' });
    made.wait(3_600_000);
    expect(shown(made)).toMatchObject({ state: 'suppressed-by-design' });
  });

  test('out of service → 30 %, then 60 % → back in service: high from the start', () => {
    const { made, reads } = leaking();
    made.say('S1', 'smoke', { state: 'normal' });
    const out = { act: 'remove-from-service', subject: 'S1', of: 'device', reason: '检修' } as const;
    made.order({ ...out, until: made.now + 3_600_000 });
    reads(30);
    reads(60);
    made.wait(3_600_000);
    expect(shown(made)).toMatchObject({ state: 'unacknowledged', severity: 'high' });
  });
});
