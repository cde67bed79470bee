import { type DeviceType, deviceTypes, eventKinds, reportedStates } from '@fenghuo/contracts/words.ts';
import { describe, expect, test } from 'vitest';
import { device, Street } from '../test/small-street.ts';
import { assess, clears, holds } from './rules/assess.ts';
import { shippedRulebook } from './shipped-rulebook.ts';

const book = shippedRulebook();
const day = 24 * 60 * 60_000;

/** Kind, rule, severity, latched, seen in a moment, may stick. */
const alarms = [
  ['smoke', 'smoke', 'medium', true, false, day],
  ['heat', 'heat', 'medium', true, false, day],
  ['manual', 'manual-call-point', 'high', true, false, day],
  ['camera.fire', 'camera-fire', 'medium', true, false, null],
  ['camera.smoke', 'camera-smoke', 'medium', true, false, null],
  ['gas', 'gas', 'medium', true, false, day],
  ['co', 'co', 'medium', true, false, day],
  ['report', 'person-report', 'medium', true, false, null],
  ['report.other', 'person-report-other', 'low', true, false, null],
  ['water', 'water', 'low', false, false, day],
  ['pressure', 'pressure', 'low', false, false, day],
  ['current', 'current', 'low', false, false, day],
  ['camera.intrusion', 'camera-intrusion', 'low', false, true, null],
  ['camera.crowd', 'camera-crowd', 'low', false, true, null],
] as const;

test.each(alarms)('%s in alarm is the rule %s, %s', (kind, id, severity, latch, momentary, stuckAfterMs) => {
  for (const type of deviceTypes) {
    const view = new Street().say(device(1, { type }), { kind });
    const holding = book.rulesFor(kind, type).filter((rule) => holds(rule, view));
    expect(holding).toMatchObject([{ id, latch, momentary, stuckAfterMs, onDelayMs: 0 }]);
    expect(assess(holding[0]!, view).severity).toBe(severity);
  }
});

test.each([
  ['water', 'm', 2.1, 1.9, 'low'],
  ['pressure', 'MPa', 0.05, 0.09, 'low'],
  ['current', 'mA', 420, 180, 'low'],
  ['gas', '%LEL', 30, 3, 'medium'],
] as const)(
  'a reading of %s in %s is judged by value, of another unit it is not',
  (kind, unit, bad, good, severity) => {
    const rule = book.ruleOf(`${kind}-reading`)!;
    const read = (value: number, of: string) =>
      new Street().say(device(1, { type: kind }), { kind, state: 'normal', value, unit: of });
    expect(book.judgesReadings(kind, kind)).toBe(true);
    expect(holds(rule, read(bad, unit))).toBe(true);
    expect(holds(rule, read(good, unit))).toBe(false);
    expect(holds(rule, read(bad, 'furlong'))).toBe(false);
    expect(assess(rule, read(bad, unit)).severity).toBe(severity);
    expect(rule.onDelayMs).toBeGreaterThan(0);
    expect(rule.offDelayMs).toBeGreaterThan(0);
  },
);

test('only a concentrator is an alarm by its silence; every other kind of upkeep is none', () => {
  const rulesOf = (type: DeviceType) =>
    [...book.upkeepKinds].flatMap((kind) => book.rulesFor(kind, type)).map(({ id }) => id);
  expect([...book.upkeepKinds]).toEqual(['fault', 'tamper', 'battery', 'silent', 'stuck']);
  for (const type of deviceTypes)
    expect(rulesOf(type)).toEqual(type === 'concentrator' ? ['concentrator-silent'] : []);
});

test('high opens at once, medium when confirmed or after three minutes, low never', () => {
  expect(book.responses).toEqual({
    high: { ticket: 'at-once', unacknowledgedForMs: null, groupWaitMs: 0 },
    medium: { ticket: 'when-confirmed', unacknowledgedForMs: 180_000, groupWaitMs: 2000 },
    low: { ticket: 'never', unacknowledgedForMs: null, groupWaitMs: 2000 },
  });
  expect(book.flood).toEqual({ enterAbove: 10, exitBelow: 5, withinMs: 600_000 });
  const [daily, beating] = [50 * 3_600_000, 30 * 60_000];
  expect(book.supervision).toMatchObject({ smoke: daily, manual: daily, camera: beating, unknown: 0 });
});

test('a confirmed fire is ordered to a team by itself, nothing else is', () => {
  const automatic = book.rules.filter(({ dispatch }) => dispatch === 'automatic').map(({ id }) => id);
  const fires = ['smoke', 'heat', 'manual-call-point', 'camera-fire', 'camera-smoke', 'person-report'];
  expect(automatic).toEqual(fires);
});

test('216 risk categories in two levels; every rule points to one, and to a plan', () => {
  const kinds = book.categories.flatMap((level) => level.kinds.map(({ code }) => code));
  expect(new Set(kinds).size).toBe(216);
  for (const rule of book.rules) {
    expect(kinds).toContain(rule.category);
    expect(book.plans.map(({ id }) => id)).toContain(rule.plan);
  }
});

describe('a bare event, of any kind, state and type', () => {
  test('never makes an expression fail', () => {
    for (const kind of eventKinds)
      for (const type of deviceTypes)
        for (const state of reportedStates)
          for (const building of ['B1', null]) {
            const view = new Street().say(device(1, { type, building }), { kind, state });
            for (const rule of book.rules) {
              holds(rule, view);
              clears(rule, view);
              if (rule.kind === kind) assess(rule, view);
            }
          }
    expect(book.failures()).toEqual([]);
  });
});
