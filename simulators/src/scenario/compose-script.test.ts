import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeScript } from './compose-script.ts';
import { readScenario } from './read-scenario.ts';
import { foretoldAlarms, type Script } from './script.ts';
import { smallEstate } from './small-estate.fixture.ts';

const estate = smallEstate();

function composed(timeline: string, more = '', wishes: Parameters<typeof composeScript>[2] = {}): Script {
  const text = `name: t\ntitle: { zh: 测, en: t }\nduration: 5 min\n${more}\ntimeline:\n${timeline}`;
  return composeScript(readScenario(text, 't').scenario, estate, wishes);
}

const house = 'places: { home: { use: residential } }';
const fire =
  '  - { at: 10 s, fire: { in: home, growth: fast, call_point: { after: 1 min }, neighbours: {}, cameras: { sees: 1, within: 60 m }, out_after: 4 min } }\n';

test('a fire: its own house first, a person at the call point, a camera once flames show, then the neighbours', () => {
  const { publications, places, curves } = composed(fire, house);
  const alarms = publications.filter(({ expects }) => expects === 'alarm');
  expect(alarms[0]!.device.startsWith(`${places.home}-`)).toBe(true);
  const kinds = new Set(alarms.map(({ message }) => message!.kind));
  expect(kinds).toContain('smoke');
  expect(kinds).toContain('manual');
  expect([...kinds].some((kind) => kind.startsWith('camera.'))).toBe(true);
  expect(alarms.find(({ message }) => message!.kind === 'manual')!.at).toBe(70_000);
  const others = alarms.filter(
    ({ device }) => !device.startsWith(`${places.home}-`) && !device.endsWith('-V'),
  );
  expect(Math.min(...others.map(({ at }) => at))).toBeGreaterThan(alarms[0]!.at + 60_000);
  expect(curves.length).toBeGreaterThan(0);
});

test('whatever the seed: in order of time, before the end, no device twice within 2 ms, and the same again', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (seed) => {
      const timeline = `${fire}  - { readings: { rate: 50, for: 2 min } }\n  - { speak: { who: { types: [water] }, state: alarm } }\n`;
      const { publications } = composed(timeline, house, { seed });
      const last = new Map<string, number>();
      let before = 0;
      for (const { at, device } of publications) {
        expect(at).toBeGreaterThanOrEqual(before);
        expect(at - (last.get(device) ?? -2)).toBeGreaterThanOrEqual(2);
        before = at;
        last.set(device, at);
      }
      expect(before).toBeLessThan(300_000 + 10);
      expect(composed(timeline, house, { seed }).publications).toEqual(publications);
    }),
    { numRuns: 8 },
  );
});

test('another seed, another house or another moment', () => {
  const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];
  const stories = seeds.map((seed) => JSON.stringify(composed(fire, house, { seed }).publications));
  expect(new Set(stories).size).toBeGreaterThan(1);
});

test('a detector that smells smoke does not say beneath it that all is quiet', () => {
  const timeline = `  - { readings: { who: { types: [smoke] }, rate: 100, for: 5 min } }\n${fire}`;
  const { publications } = composed(timeline, house);
  const lit = new Map<string, number>();
  for (const { device, at, expects, moment } of publications) {
    if (expects === 'alarm' && !lit.has(device)) lit.set(device, at);
    expect(moment === 0 && lit.has(device)).toBe(false);
  }
  expect(lit.size).toBeGreaterThan(0);
});

test('chatter → one alarm foretold, however often it is said', () => {
  const script = composed('  - { chatter: { who: { types: [smoke], count: 1 }, every: 2 s, times: 30 } }\n');
  expect(script.publications).toHaveLength(60);
  expect(foretoldAlarms(script)).toBe(1);
});

test('heard → gone with a last gasp → back', () => {
  const { publications } = composed(
    '  - { at: 1 s, offline: { who: { types: [water], count: 3 }, last_gasp: 1, back_after: 1 min } }\n',
  );
  const kinds = publications.map(({ message }) => message?.kind ?? 'heartbeat');
  expect(kinds).toEqual([
    ...Array(3).fill('heartbeat'),
    ...Array(3).fill('fault'),
    ...Array(3).fill('restore'),
  ]);
  expect(publications.every(({ expects }) => expects === 'nothing')).toBe(true);
});

test('a concentrator is gone → what hangs on it is unheard, an alarm too → back → heard again', () => {
  const timeline = `  - { readings: { who: { types: [smoke] }, rate: 200, for: 5 min } }
  - { at: 1 min, offline: { who: { types: [concentrator] }, back_after: 1 min } }
  - { at: 90 s, speak: { who: { types: [heat] }, state: alarm } }
`;
  const { publications } = composed(timeline);
  const hangs = ({ device }: { device: string }) => /-1-\d$/.test(device);
  const inTheGap = publications.filter(({ at }) => at > 60_000 && at < 120_000);
  expect(inTheGap.some(hangs)).toBe(false);
  expect(inTheGap.filter(({ expects }) => expects === 'alarm')).toHaveLength(24);
  expect(publications.some((one) => one.at > 120_000 && hangs(one))).toBe(true);
});

test('a rate of the command line takes the place of the scenario’s readings, and a duration ends it', () => {
  const { publications } = composed('  - { readings: { rate: 5, for: 5 min } }\n', '', {
    rate: 20,
    durationMs: 10_000,
  });
  expect(publications).toHaveLength(200);
});

test('what is replayed was said a second before, and what is forged is another’s', () => {
  const timeline =
    '  - { readings: { rate: 50, for: 1 min } }\n  - { at: 10 s, hostile: { as: { types: [co], count: 1 }, does: [replayed, forged] } }\n';
  const { hostile, publications } = composed(timeline);
  expect(hostile).toHaveLength(20);
  for (const { act, replays, at, device, target } of hostile)
    if (act === 'replayed') expect(publications[replays!]!.at).toBeLessThan(at - 1000);
    else expect(target).not.toBe(device);
});

test('two places in two townships, one near another; what the estate has not is said', () => {
  const two =
    'places: { a: { use: warehouse }, b: { use: school, near: a, within: 60 m }, c: { township_other_than: a } }';
  const { places } = composed('  - { readings: { rate: 1, for: 1 s } }\n', two);
  const numberOf = (id: string) => Number(id.slice(1));
  expect(Math.abs(numberOf(places.a!) - numberOf(places.b!))).toBe(1);
  expect(numberOf(places.a!) < 6).not.toBe(numberOf(places.c!) < 6);
  expect(() => composed(fire, 'places: { home: { use: high-rise, floors_from: 40 } }')).toThrow(
    /14 floors at most/,
  );
  expect(() => composed('  - { speak: { who: { types: [gas] } } }\n')).toThrow(
    /timeline\.0\.speak\.who fits no device/,
  );
});

test('a call point is pressed in a house that has one, whatever the seed; where none has, that is told', () => {
  const without = (keeps: string) => {
    const all = smallEstate();
    for (const building of all.buildings)
      if (building.id !== keeps) building.devices = building.devices.filter(({ type }) => type !== 'manual');
    return all;
  };
  const { scenario } = readScenario(
    `name: t\ntitle: { zh: 测, en: t }\nduration: 5 min\n${house}\ntimeline:\n${fire}`,
    't',
  );
  for (const seed of ['a', 'b', 'c', 'd'])
    expect(composeScript(scenario, without('B4'), { seed }).places).toEqual({ home: 'B4' });
  expect(() => composeScript(scenario, without(''))).toThrow(
    '3 of this use, 11 floors at most, 0 with a call point',
  );
});
