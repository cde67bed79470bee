import { describe, expect, test } from 'vitest';
import { readRulebook } from '../rules/read-rulebook.ts';
import { SmallEngine } from './small-engine.fixture.ts';

const title = 'title: { zh: 试, en: trial }';
const common = `hazard: supply, severity: medium, category: '0101'`;

/** Rules as given, and planned times. */
function bookOf(rules: string, maintenance = '[]'): string {
  return `
windows: {}
rules:
${rules}
responses:
  high: { ticket: at-once, group_wait: 0 s }
  medium: { ticket: when-confirmed, unacknowledged_for: 3 min, group_wait: 2 s }
  low: { ticket: never, group_wait: 2 s }
upkeep_kinds: [fault, tamper, battery, silent, stuck]
supervision: { smoke: never, heat: never, co: never, gas: never, water: never, current: never, pressure: never,
  manual: never, camera: never, concentrator: never, unknown: never }
flood: { enter_above: 10, exit_below: 5, within: 10 min }
maintenance: ${maintenance}
plans: []
categories: [{ code: '01', title: { zh: 火灾, en: fire }, kinds: [{ code: '0101', title: { zh: 火灾, en: fire } }] }]
`;
}

const level = (id: string, more = '') =>
  `  - { id: ${id}, ${title}, kind: water, states: [normal], when: event.value > 3.0, ${common}${more} }\n`;
const pump = (more = '') => `  - { id: pump, ${title}, kind: pressure, ${common}${more} }\n`;
const link = `  - { id: link, ${title}, kind: silent, states: [fault], ${common} }\n`;

function engineOf(text: string): SmallEngine {
  const read = readRulebook(text, 1);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return new SmallEngine(read.rulebook);
}

function revise(engine: SmallEngine, text: string): void {
  const answer = engine.order({ act: 'put-rulebook', subject: 'rulebook', text, basedOn: null });
  expect(answer).toMatchObject({ ok: true });
}

const reads = (engine: SmallEngine, value: number) => engine.say('P1', 'water', { state: 'normal', value });
const due = (engine: SmallEngine) => [...engine.state.due.keys()].map((id) => id.split(':')[0]);

describe('a revision while an on-delay runs', () => {
  test('reads too high → the rule gets another name → nothing more is said: it alarms under the new one', () => {
    const engine = engineOf(bookOf(level('level', ', for: 10 s')));
    reads(engine, 3.5);
    engine.wait(5_000);
    revise(engine, bookOf(level('tank', ', for: 10 s')));
    engine.wait(10_000);
    expect(engine.alarms).toMatchObject([{ rule: 'tank', value: 3.5 }]);
  });

  test('reads too high → the rule waits no longer → says it again → the old delay is up: one alarm', () => {
    const engine = engineOf(bookOf(level('level', ', for: 10 s')));
    reads(engine, 3.5);
    revise(engine, bookOf(level('level')));
    reads(engine, 3.6);
    engine.wait(10_000);
    expect(engine.alarms).toMatchObject([{ rule: 'level' }]);
    expect(due(engine)).not.toContain('on-delay');
  });

  test('in alarm, acknowledged → the rule gets another name → reads too high again: it stands until it reads well', () => {
    const engine = engineOf(bookOf(level('level')));
    reads(engine, 3.5);
    const { id, version } = engine.alarms[0]!;
    engine.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
    revise(engine, bookOf(level('tank', ', for: 10 s')));
    reads(engine, 3.5);
    expect(engine.alarms).toMatchObject([{ rule: 'level', condition: true }]);
    reads(engine, 1);
    expect(engine.alarms).toEqual([]);
  });

  test('reads too high → the rule is taken out: nothing is raised, and nothing is due', () => {
    const engine = engineOf(bookOf(level('level', ', for: 10 s')));
    reads(engine, 3.5);
    revise(engine, bookOf(pump()));
    engine.wait(10_000);
    expect([engine.alarms, due(engine)]).toEqual([[], []]);
  });

  test('reads too high → the bound is raised above it: nothing is raised', () => {
    const engine = engineOf(bookOf(level('level', ', for: 10 s')));
    reads(engine, 3.5);
    revise(engine, bookOf(level('level', ', for: 10 s').replace('3.0', '4.0')));
    engine.wait(10_000);
    expect(engine.alarms).toEqual([]);
  });
});

describe('a revision while an alarm is kept back', () => {
  const inhibited = `, inhibited_by: [{ rule: link, of: device }]`;

  test('inhibited → the book no longer inhibits it → the other ends: it shows from the revision on', () => {
    const engine = engineOf(bookOf(link + pump(inhibited)));
    engine.say('P1', 'silent', { state: 'fault' });
    engine.say('P1', 'pressure');
    const stateNow = () => engine.alarms.find(({ rule }) => rule === 'pump')?.state;
    expect(stateNow()).toBe('suppressed-by-design');
    revise(engine, bookOf(link + pump()));
    expect(stateNow()).toBe('unacknowledged');
  });

  test('inhibited → its own rule gets another name: it shows', () => {
    const engine = engineOf(bookOf(link + pump(inhibited)));
    engine.say('P1', 'silent', { state: 'fault' });
    engine.say('P1', 'pressure');
    revise(engine, bookOf(link + pump(inhibited).replace('id: pump', 'id: main')));
    expect(engine.alarms.find(({ rule }) => rule === 'pump')?.state).toBe('unacknowledged');
  });

  test('in a planned time → the planned time is taken out of the book: it shows at once', () => {
    const planned = `[{ id: p, ${title}, purpose: maintenance, why: 年检, devices: [P1],
      from: '2027-01-15T00:00:00Z', to: '2027-02-15T00:00:00Z' }]`;
    const engine = engineOf(bookOf(pump(), planned));
    engine.say('P1', 'pressure');
    expect(engine.alarms).toMatchObject([{ state: 'out-of-service' }]);
    revise(engine, bookOf(pump()));
    expect(engine.alarms).toMatchObject([{ state: 'unacknowledged' }]);
    expect(due(engine)).not.toContain('planned-end');
  });
});

describe('what keeps an alarm back ends within a planned time', () => {
  const until = (purpose: string) => `[{ id: p, ${title}, purpose: ${purpose}, why: 年检, devices: [P1],
      from: '2027-01-15T09:00:00Z', to: '2027-01-15T11:00:00Z' }]`;
  const hour = 3_600_000;

  test('out of service → the planned time begins → the hold ends → the planned time is up: it shows', () => {
    const engine = engineOf(bookOf(pump(), until('maintenance')));
    engine.now = Date.parse('2027-01-15T08:00:00Z');
    const out = { act: 'remove-from-service', subject: 'P1', of: 'device', reason: '检修' } as const;
    engine.order({ ...out, until: engine.now + 2 * hour });
    engine.say('P1', 'pressure');
    engine.wait(2 * hour);
    expect(engine.alarms).toMatchObject([{ state: 'out-of-service' }]);
    engine.restart();
    engine.wait(hour);
    expect(engine.alarms).toMatchObject([{ state: 'unacknowledged' }]);
  });

  test('inhibited → the planned test begins → the other ends → the test is up: it shows', () => {
    const inhibited = `, inhibited_by: [{ rule: link, of: device }]`;
    const engine = engineOf(bookOf(link + pump(inhibited), until('building-test')));
    engine.now = Date.parse('2027-01-15T08:00:00Z');
    engine.say('P1', 'silent', { state: 'fault' });
    engine.say('P1', 'pressure');
    engine.wait(2 * hour);
    engine.say('P1', 'silent', { state: 'normal' });
    const stateNow = () => engine.alarms.find(({ rule }) => rule === 'pump')?.state;
    expect(stateNow()).toBe('suppressed-by-design');
    engine.wait(hour);
    expect(stateNow()).toBe('unacknowledged');
  });

  test('a planned test of the building → its call point: an alarm, as in a test that somebody began', () => {
    const call = `  - { id: call, ${title}, kind: manual, ${common} }\n`;
    const engine = engineOf(
      bookOf(call + pump(), until('building-test').replace('devices: [P1]', 'buildings: [B1]')),
    );
    engine.now = Date.parse('2027-01-15T10:00:00Z');
    engine.say('M1', 'manual');
    engine.say('P1', 'pressure');
    expect(engine.alarms.map(({ state }) => state)).toEqual(['unacknowledged', 'suppressed-by-design']);
  });
});

describe('rules that inhibit each other come to an end', () => {
  const by = (rule: string) => `, inhibited_by: [{ rule: ${rule}, of: building }]`;

  test('a rule that inhibits itself in its building: the first alarm shows, the second waits for it', () => {
    const engine = engineOf(bookOf(pump(by('pump'))));
    engine.say('S1', 'pressure');
    engine.say('S2', 'pressure');
    expect(engine.alarms.map(({ state }) => state)).toEqual(['unacknowledged', 'suppressed-by-design']);
    engine.say('S1', 'pressure', { state: 'normal' });
    expect(engine.alarmOf('S2').state).toBe('unacknowledged');
  });

  test('three rules in a ring: one shows at least', () => {
    const ring = (['smoke', 'heat', 'gas'] as const).map((kind, i) => {
      const after = ['heat', 'gas', 'smoke'][i]!;
      return `  - { id: ${kind}, ${title}, kind: ${kind}, ${common}${by(after)} }\n`;
    });
    const engine = engineOf(bookOf(ring.join('')));
    for (const kind of ['smoke', 'heat', 'gas'] as const) engine.say('S1', kind);
    expect(engine.alarms.map(({ state }) => state)).toContain('unacknowledged');
  });
});

test('inhibited by its concentrator → it hangs on another one → says it again after the first is back: it shows', () => {
  const inhibited = `, inhibited_by: [{ rule: link, of: parent }]`;
  const engine = engineOf(bookOf(link + pump(inhibited)));
  const no = engine.registry.numberOf('P1');
  engine.registry.setParent(no, 'K1');
  engine.say('K1', 'silent', { state: 'fault' });
  engine.say('P1', 'pressure');
  engine.registry.setParent(no, 'S9');
  engine.say('K1', 'silent', { state: 'normal' });
  engine.say('P1', 'pressure');
  expect(engine.alarmOf('P1').state).toBe('unacknowledged');
});

test('two rules of one kind: what one says of the other in the same event is not undone', () => {
  const raises = `raises: [{ to: high, when: others.kinds >= 1 }]`;
  const text = bookOf(
    `  - { id: said, ${title}, kind: gas, ${common}, ${raises} }\n` +
      `  - { id: read, ${title}, kind: gas, states: [normal], when: event.value > 50.0, hazard: supply,
      severity: high, category: '0101' }\n`,
  ).replace('windows: {}', `windows: { others: { kinds: [heat], within: building, over: 5 min } }`);
  const engine = engineOf(text);
  engine.say('S1', 'gas');
  engine.say('S2', 'heat');
  engine.say('S1', 'gas', { state: 'normal', value: 60 });
  expect(engine.alarms).toMatchObject([
    { rule: 'said', severity: 'high', condition: false },
    { rule: 'read', severity: 'high', condition: true },
  ]);
});

test('torn off → the book counts that no longer as upkeep → it is mounted again: the work order is closed', () => {
  const engine = engineOf(bookOf(pump()));
  engine.say('P1', 'tamper');
  revise(engine, bookOf(pump()).replace('fault, tamper,', 'fault,'));
  engine.say('P1', 'tamper', { state: 'normal' });
  expect([...engine.state.upkeep.keys()]).toEqual([]);
});

test('in alarm, acknowledged → its rule looks at another kind → the device reports that: it asks again, and ends by it', () => {
  const engine = engineOf(bookOf(pump()));
  engine.say('P1', 'pressure');
  const { id, version } = engine.alarms[0]!;
  engine.order({ act: 'acknowledge-alarm', subject: id, expectedVersion: version });
  revise(engine, bookOf(pump().replace('kind: pressure', 'kind: water')));
  engine.say('P1', 'water');
  engine.say('P1', 'water');
  expect(engine.alarms).toMatchObject([{ id, kind: 'water', state: 'unacknowledged', version: version + 2 }]);
  engine.say('P1', 'pressure', { state: 'normal' });
  expect(engine.alarms).toMatchObject([{ condition: true }]);
  engine.say('P1', 'water', { state: 'normal' });
  expect(engine.alarms).toMatchObject([{ state: 'returned-unacknowledged' }]);
});

test('a reading alarms without a delay → restore: it returns', () => {
  const engine = engineOf(bookOf(level('level')));
  reads(engine, 3.5);
  engine.say('P1', 'restore', { state: 'normal' });
  expect(engine.alarms).toMatchObject([{ condition: false }]);
});
