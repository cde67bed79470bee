import { describe, expect, test } from 'vitest';
import { shippedRulebookText } from '../shipped-rulebook.ts';
import { readRulebook } from './read-rulebook.ts';

const small = `
windows:
  fires: { kinds: [smoke], within: building, over: 5 min }
rules:
  - id: smoke
    title: { zh: 火警, en: Fire alarm }
    kind: smoke
    hazard: fire
    severity: medium
    when: |
      event.state == "alarm" &&
      device.floor > 0
    raises:
      - to: high
        when: fires.others >= 1
    for: 40 s
    category: '0101'
    active: { days: [sat], from: '22:00', to: '06:00' }
  - id: heat
    title: { zh: 火警, en: Fire alarm }
    kind: heat
    hazard: fire
    severity: high
    lowers:
      - { to: low, when: building.use == "farm", because: { zh: 养殖场, en: a farm } }
    category: '0101'
    inhibited_by: [{ rule: smoke, of: device }]
responses:
  high: { ticket: at-once, group_wait: 0 s }
  medium: { ticket: when-confirmed, unacknowledged_for: 3 min, group_wait: 2 s }
  low: { ticket: never, group_wait: 2 s }
upkeep_kinds: [fault]
supervision: { smoke: 50 h, heat: 50 h, co: 50 h, gas: 50 h, water: 50 h, current: 50 h, pressure: 50 h,
  manual: 50 h, camera: 30 min, concentrator: 30 min, unknown: never }
maintenance:
  - id: weekly-test
    title: { zh: 测试, en: Test }
    purpose: building-test
    why: the insurer asks for it
    buildings: [B1]
    weekly: { days: [mon], from: '09:00', to: '10:00' }
flood: { enter_above: 10, exit_below: 5, within: 10 min }
plans: []
categories:
  - { code: '01', title: { zh: 消防, en: Fire }, kinds: [{ code: '0101', title: { zh: 火灾, en: Fire } }] }
`;

/** Where an error is expected: line and column of a text in the book, with something changed in it. */
function spoilt(from: string, to: string) {
  const text = small.replace(from, to);
  if (text === small) throw new Error(`the small book has no ${from}`);
  const read = readRulebook(text, 1);
  return { text, errors: read.ok ? [] : read.errors };
}

const placeOf = (text: string, of: string) => {
  const before = text.slice(0, text.indexOf(of)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
};

test('the small book and the shipped one are read; units become milliseconds and minutes of the day', () => {
  expect(readRulebook(shippedRulebookText(), 0).ok).toBe(true);
  const read = readRulebook(small, 7);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  expect(read.rulebook).toMatchObject({ version: 7, text: small });
  expect(read.rulebook.ruleOf('smoke')).toMatchObject({
    onDelayMs: 40_000,
    grouping: { by: 'building', nearM: 120, quietMs: 900_000 },
    activeHours: { days: [6], from: 1320, to: 360 },
    inhibitedBy: [],
  });
  expect(read.rulebook.rulesFor('heat', 'unknown').map(({ id }) => id)).toEqual(['heat']);
  expect(read.rulebook.judgesReadings('smoke', 'smoke')).toBe(false);
  expect(read.rulebook.maintenance).toMatchObject([{ scope: { buildings: ['B1'], areas: [] } }]);
});

describe('is refused where it is wrong:', () => {
  test.each([
    ['an unknown key', 'for: 40 s', 'fro: 40 s', 'fro', 'rules.smoke.fro', 'not known'],
    ['a time without its unit', 'for: 40 s', 'for: 40', '40\n', 'rules.smoke.for', 'no time'],
    ['a rule without its hazard', 'hazard: fire', '', 'id: smoke', 'rules.smoke.hazard', 'is missing'],
    ['a time of another unit', 'for: 40 s', 'for: 40 sec', '40 sec', 'rules.smoke.for', 'no time'],
    ['an unknown kind', 'kind: heat', 'kind: hot', 'hot', 'rules.heat.kind', 'expected one of'],
    [
      'a text in one language',
      'zh: 养殖场, en',
      'en',
      '{ en: a farm',
      'rules.heat.lowers.0.because.zh',
      'is missing',
    ],
    [
      'a rule of one name with another',
      'id: heat',
      'id: smoke',
      'smoke\n    title: { zh: 火警, en: Fire alarm }\n    kind: heat',
      'rules.smoke.id',
      'already',
    ],
    ['an unknown rule', 'rule: smoke', 'rule: smok', 'smok,', 'rules.heat.inhibited_by.0.rule', 'no rule'],
    ['an unknown plan', 'for: 40 s', 'plan: run', 'run\n', 'rules.smoke.plan', 'no plan'],
    [
      'an unknown category',
      "category: '0101'",
      "category: '0102'",
      "'0102'",
      'rules.smoke.category',
      'no category',
    ],
    ['a raise that lowers', 'to: high', 'to: low', 'low\n', 'rules.smoke.raises.0.to', 'does not raise'],
    [
      'a lowering that raises',
      'severity: high',
      'severity: low',
      'low, when',
      'rules.heat.lowers.0.to',
      'does not lower',
    ],
    [
      'a raise without a reason',
      'when: fires.others >= 1',
      'when: event.late',
      'to: high',
      'rules.smoke.raises.0',
      'because',
    ],
    ['a window of more than an hour', 'over: 5 min', 'over: 61 min', '61 min', 'windows.fires.over', '1 h'],
    ['a window of a mile', 'within: building', 'within: 1600 m', '1600 m', 'windows.fires.within', '500 m'],
    ['a window with a name of CEL', 'fires: {', 'event: {', '{ kinds', 'windows.event', 'no name'],
    [
      'an unknown window',
      'fires.others',
      'fire.others',
      'fire.others',
      'rules.smoke.raises.0.when',
      'Unknown variable: fire',
    ],
    [
      'an unknown name in a window',
      'fires.others',
      'fires.other',
      'other >=',
      'rules.smoke.raises.0.when',
      'No such key: other',
    ],
    [
      'an expression of no truth',
      'fires.others >= 1',
      'fires.others',
      'fires.others',
      'rules.smoke.raises.0.when',
      'is double',
    ],
    [
      'an error in the second line of an expression',
      'device.floor > 0',
      'device.flor > 0',
      'flor > 0',
      'rules.smoke.when',
      'No such key: flor',
    ],
    [
      'a comparison of what does not compare',
      'device.floor > 0',
      'device.floor > "a"',
      'device.floor',
      'rules.smoke.when',
      'overload',
    ],
    [
      'a supervision time that is missing',
      ', unknown: never',
      '',
      '{ smoke: 50',
      'supervision.unknown',
      'neither',
    ],
    [
      'a maintenance window without a scope',
      '    buildings: [B1]\n',
      '',
      'id: weekly',
      'maintenance.weekly-test',
      'no areas',
    ],
    [
      'a maintenance window without a time',
      "    weekly: { days: [mon], from: '09:00', to: '10:00' }\n",
      '',
      'id: weekly',
      'maintenance.weekly-test',
      'either',
    ],
    [
      'a flood that ends as it begins',
      'exit_below: 5',
      'exit_below: 50',
      '50, within',
      'flood.exit_below',
      'above',
    ],
    [
      'a category under another',
      "code: '0101'",
      "code: '0201'",
      "'0201'",
      'categories.01.kinds.0201.code',
      'begin with',
    ],
  ])('%s', (_name, from, to, place, path, message) => {
    const { text, errors } = spoilt(from, to);
    const error = errors.find((of) => of.path === path);
    expect(error, JSON.stringify(errors)).toMatchObject({
      message: {
        zh: expect.stringMatching(/\p{sc=Han}/u),
        en: expect.stringContaining(message),
      },
    });
    expect({ line: error!.line, column: error!.column }).toEqual(placeOf(text, place));
  });

  test('what is no YAML, with its line', () => {
    const { errors } = spoilt('kind: heat', 'kind: [heat');
    expect(errors[0]).toMatchObject({ line: expect.any(Number), path: '' });
    expect(errors[0]!.line).toBeGreaterThan(20);
  });

  test('an empty text and a text of aliases of aliases', () => {
    expect(readRulebook('', 1)).toMatchObject({ ok: false, errors: [{ line: 1, column: 1 }] });
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair]))
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`);
    expect(readRulebook(bomb.join('\n'), 1)).toMatchObject({ ok: false });
  });
});

test('a window of a grid that asks for what stands: refused at its line', () => {
  const read = readRulebook(small.replace('within: building', 'within: grid, standing: true'), 1);
  expect(read.ok ? [] : read.errors.map(({ path }) => path)).toEqual(['windows.fires.standing']);
});

test('all errors are told at once, in the order of their lines', () => {
  const text = small
    .replace('kind: heat', 'kind: hot')
    .replace('fires.others >= 1', 'fires.others >')
    .replace('over: 5 min', 'over: 2 h')
    .replace('building.use == "farm"', 'building.use == 3');
  const read = readRulebook(text, 1);
  expect(read.ok ? [] : read.errors.map(({ path }) => path)).toEqual([
    'windows.fires.over',
    'rules.smoke.raises.0.when',
    'rules.heat.kind',
    'rules.heat.lowers.0.when',
  ]);
});
