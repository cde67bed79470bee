import { expect, test } from 'vitest';
import { device, Street } from '../../test/small-street.ts';
import { Expressions } from './expression.ts';
import { kindBits } from './kind-bits.ts';
import type { Window } from './window.ts';

const within = (name: string, of: Window['within'], more: Partial<Window> = {}): Window => ({
  ...{ name, within: of, devices: null, overMs: 60_000, standing: false },
  ...{
    kinds: new Set(['smoke', 'co'] as const),
    bits: kindBits(['smoke', 'co']),
    states: new Set(['alarm'] as const),
  },
  ...more,
});
const expressions = new Expressions([
  within('here', { of: 'device' }),
  within('house', { of: 'building' }),
  within('street', { of: 'grid' }),
  within('yard', { of: 'near', metres: 60 }),
  within('smoke_only', { of: 'building' }, { devices: new Set(['smoke']) }),
]);

function compiled(text: string) {
  const result = expressions.compile(text, 'a.path');
  if (!result.ok) throw new Error(result.message.en);
  return result.predicate;
}

const reading = {
  kind: 'gas',
  state: 'normal',
  value: 25,
  attrs: { level: 3, on: true, tags: ['a'] },
} as const;

test.each([
  'event.value == 25',
  '25 == event.value',
  'event.value != 24',
  'event.value >= 25 && event.value < 25.5',
  'event.value * 2 + 1 == 51 && 1 + event.value > 25 && event.value / 2 - 1 > 11',
  'event.attrs.level == 3 && event.attrs.level > 2.5 && event.attrs.on',
  'event.attrs.tags.exists(tag, tag == "a")',
  'has(event.value) && !has(event.unit) && !has(event.attrs.none)',
  'event.kind in ["gas", "co"] && event.state == "normal" && !event.late',
  'device.id == "D1" && device.type == "smoke" && device.floor == 5 && !has(device.room)',
  'building.use == "high-rise" && building.floors > 8 && building.id == device.building',
  'area.county == "331081" && area.township == "331081100" && area.village == "331081100203"',
  'area.grid == "331081100203-02" && area.code.startsWith(area.village)',
])('%s', (text) => {
  expect(compiled(text).test(new Street().say(device(1, { floor: 5 }), reading))).toBe(true);
});

test('what is not there is false, is counted, and throws nothing', () => {
  const view = new Street().say(device(1, { building: null, area: '331081' }), { kind: 'gas' });
  for (const text of ['event.value > 1', 'building.floors > 1', 'area.village == ""', 'event.attrs.x == 1']) {
    const predicate = compiled(text);
    expect([predicate.test(view), predicate.test(view), predicate.failures()]).toEqual([false, false, 2]);
  }
  expect(compiled('!(event.value > 1)').test(view)).toBe(false);
});

test('windows count devices, kinds and floors, and say how far the nearest other is', () => {
  const street = new Street();
  street.say(device(1, { floor: 1 }));
  street.say(device(1, { floor: 1 }), { kind: 'co' });
  street.say(device(2, { floor: 2, lat: 28.4805 }));
  street.say(device(3, { floor: 2, type: 'co', building: null, lat: 28.481 }), { kind: 'co' });
  street.say(device(4, { floor: 9 }), { state: 'fault' });
  const view = street.say(device(1, { floor: 1 }));
  const sees = (text: string) => compiled(text).test(view);
  expect(sees('house.count == 2 && house.others == 1 && house.kinds == 2 && house.floors == 2')).toBe(true);
  expect(sees('here.count == 1 && here.kinds == 2 && here.others == 0')).toBe(true);
  expect(sees('street.count == 3 && smoke_only.count == 2')).toBe(true);
  expect(sees('yard.count == 2 && yard.metres > 50 && yard.metres < 60')).toBe(true);
  street.wait(61);
  const later = street.say(device(7));
  expect(compiled('house.count == 1 && house.others == 0 && house.metres > 1000000').test(later)).toBe(true);
});

test('a circle takes in what is not located in the own building, and nothing that is elsewhere', () => {
  const street = new Street();
  const nowhere = { lon: null, lat: null };
  street.say(device(1, nowhere));
  street.say(device(2, { ...nowhere, building: null }));
  expect(compiled('yard.count == 2').test(street.say(device(3)))).toBe(true);
  expect(compiled('yard.count == 3').test(street.say(device(4, nowhere)))).toBe(true);
  expect(compiled('yard.count == 1').test(street.say(device(5, { ...nowhere, building: null })))).toBe(true);
});

test('evidence is what others said, in the order of naming; none of a window with the event alone', () => {
  const street = new Street();
  street.say(device(2));
  const view = street.say(device(1));
  const { evidence, windows } = compiled('here.kinds > 1 || yard.count > 1 || house.count > 1');
  expect(windows.map(({ name }) => name)).toEqual(['here', 'yard', 'house']);
  expect(evidence(view).map(({ window }) => window.name)).toEqual(['yard', 'house']);
});

test.each([
  ['a pattern', 'device.id.matches("(a+)+$")', 'matches is not known'],
  ['lists in lists', 'event.attrs.a.all(x, event.attrs.b.exists(y, y == x))', 'more than one list'],
])('%s could hold the writer up', (_name, text, message) => {
  expect(expressions.compile(text, '')).toMatchObject({
    ok: false,
    message: { en: expect.stringContaining(message) },
  });
});
