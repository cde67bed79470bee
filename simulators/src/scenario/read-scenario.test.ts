import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { composeText } from './compose-script.ts';
import { readScenario } from './read-scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import { legs, quantiles, scenarioSchema } from './scenario-schema.ts';
import { smallEstate } from './small-estate.fixture.ts';

const folder = resolve(import.meta.dirname, '../../scenarios');

const sound = `name: test
title: { zh: 测试, en: A test }
duration: 1 min
places:
  home: { use: residential }
timeline:
  - at: 5 s
    fire:
      in: home
      growth: fast
      out_after: 30 s
`;

function faultsOf(text: string) {
  try {
    readScenario(text, 'test.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) return error.faults;
    throw error;
  }
  return [];
}

const replaced = (from: string, to: string) => faultsOf(sound.replace(from, to));

test('a sound one is read, times in ms, what is left out by its default', () => {
  const { scenario } = readScenario(sound, 'test.yaml');
  expect(scenario).toMatchObject({
    duration: 60_000,
    seed: 'fenghuo',
    connections: 10,
    budgets: { lost: 0 },
  });
  expect(scenario.timeline[0]).toMatchObject({ at: 5_000, drill: false, fire: { door: { after: 20_000 } } });
});

describe('what is wrong is told with line and column, in both languages', () => {
  test('a key that nobody knows, at the key', () => {
    expect(replaced('growth: fast', 'grwth: fast')).toMatchObject([
      { line: 9, column: 7, path: 'timeline.0.fire.growth', message: { zh: '缺少这个键', en: 'is missing' } },
      { line: 10, column: 7, path: 'timeline.0.fire.grwth', message: { en: 'is not known here' } },
    ]);
  });

  test('a name that is none, at the name', () => {
    expect(replaced('home: {', 'Haus: {')).toMatchObject([
      { line: 5, column: 3, path: 'places.Haus', message: { zh: '只能用小写字母、数字和连字符' } },
    ]);
  });

  test('a word that is none of the list, with the list', () => {
    expect(replaced('fast', 'hot')).toMatchObject([
      {
        line: 10,
        column: 15,
        path: 'timeline.0.fire.growth',
        message: { en: 'is none of slow, medium, fast, ultra-fast' },
      },
    ]);
  });

  test('a time without a unit', () => {
    expect(replaced('at: 5 s', 'at: 5')).toMatchObject([
      {
        line: 7,
        column: 9,
        message: { en: expect.stringContaining('5 min'), zh: expect.stringContaining('时间') },
      },
    ]);
  });

  test('a place that nobody declared, with those that there are', () => {
    expect(replaced('in: home', 'in: hme')).toMatchObject([
      {
        line: 9,
        column: 11,
        path: 'timeline.0.fire.in',
        message: { en: 'names the place hme; places has home' },
      },
    ]);
  });

  test('a moment with two stories, one with none, one after the end', () => {
    expect(replaced('    fire:', '    readings: { rate: 5, for: 5 s }\n    fire:')).toMatchObject([
      { line: 7, path: 'timeline.0', message: { en: expect.stringContaining('exactly one of fire') } },
    ]);
    expect(faultsOf(sound.replace(/ {4}fire:[\s\S]*$/, ''))).toMatchObject([{ line: 7, path: 'timeline.0' }]);
    expect(replaced('at: 5 s', 'at: 2 min')).toMatchObject([
      { line: 7, path: 'timeline.0.at', message: { en: expect.stringContaining('later than the end') } },
    ]);
  });

  test('what is no YAML at all', () => {
    expect(faultsOf('name: [test\n')[0]).toMatchObject({
      path: '',
      message: { zh: expect.stringContaining('YAML') },
    });
  });

  test('a time before the beginning, one of days, a story that comes again without end', () => {
    expect(replaced('at: 5 s', 'at: -5 s')).toMatchObject([
      { line: 7, path: 'timeline.0.at', message: { en: expect.stringContaining('negative') } },
    ]);
    expect(replaced('1 min', '25 h')).toMatchObject([{ line: 3, message: { zh: '最长 24 h' } }]);
    const beats = '    heartbeats: { who: {}, every: 0 s, for: 5 s }\n';
    expect(faultsOf(sound.replace(/ {4}fire:[\s\S]*$/, beats))).toMatchObject([
      { line: 8, path: 'timeline.0.heartbeats.every', message: { en: expect.stringContaining('longer') } },
    ]);
  });

  test('what is of another shape, in words of our own', () => {
    const list = { zh: '应为列表', en: 'is no list' };
    expect(faultsOf(sound.replace(/timeline:[\s\S]*$/, 'timeline: soon\n'))).toMatchObject([
      { message: list },
    ]);
    expect(faultsOf(sound.replace(/timeline:[\s\S]*$/, 'timeline: []\n'))).toMatchObject([
      { line: 6, message: { en: 'has nothing that happens' } },
    ]);
    for (const text of ['', 'just words', '- a list'])
      expect(faultsOf(text)).toMatchObject([{ line: 1, message: { en: 'is not made of keys and values' } }]);
  });

  test('an expectation that nothing can meet', () => {
    expect(faultsOf(`${sound}expect: { alarms: { at_least: 5, at_most: 2 } }\n`)).toMatchObject([
      { line: 12, path: 'expect.alarms', message: { en: 'has an at_least above its at_most' } },
    ]);
  });

  test('all at once, in the order of their lines, and the shell reads them', () => {
    const text = sound
      .replace('1 min', '1 year')
      .replace('fast', 'hot')
      .replace('use: residential', 'use: castle');
    expect(faultsOf(text).map(({ line }) => line)).toEqual([3, 5, 10]);
    expect(() => readScenario(text, 'test.yaml')).toThrow(/^test\.yaml:3:11: duration is no time/);
  });
});

test('what the estate has not is told with its lines, all of it at once', () => {
  const text = `${sound.replace('use: residential', 'building: B-9')}  - speak: { who: { device: S-9 } }\n`;
  const estate = smallEstate();
  expect(() => composeText(readScenario(text, 'test.yaml'), estate)).toThrow(
    'test.yaml:5:21: places.home.building names the building B-9, which the estate has not',
  );
  const crowds = `${sound}  - speak: { who: { device: S-9 } }\n  - readings: { rate: 100000000, for: 1 min }\n`;
  expect(() => composeText(readScenario(crowds, 'test.yaml'), estate)).toThrow(
    /^test\.yaml:12:19: .*S-9[\s\S]*test\.yaml:13:15: timeline\.2\.readings comes to 6000000000 messages/,
  );
});

test('any text is read or refused, and never breaks', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.string().map((text) => `${sound}${text}`),
      ),
      (text) => {
        for (const { line, message } of faultsOf(text)) {
          expect(line).toBeGreaterThan(0);
          expect(message.zh.length * message.en.length).toBeGreaterThan(0);
        }
      },
    ),
  );
});

test('those that the house comes with are sound, and are named as their files', async () => {
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThanOrEqual(11);
  for (const file of files) {
    const { scenario } = readScenario(await readFile(resolve(folder, file), 'utf8'), file);
    expect(`${scenario.name}.yaml`).toBe(file);
  }
});

/** Every key that a scenario may have, at whatever depth. */
function keysOf(schema: unknown, keys = new Set<string>()): Set<string> {
  if (Array.isArray(schema)) for (const part of schema) keysOf(part, keys);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return keys;
  for (const [name, part] of Object.entries(schema)) {
    if (name === 'properties') for (const key of Object.keys(part as object)) keys.add(key);
    keysOf(part, keys);
  }
  return keys;
}

test('docs/scenarios.md says what every key means, and names every scenario', async () => {
  const page = await readFile(resolve(folder, '../../docs/scenarios.md'), 'utf8');
  const times = new Set(legs.flatMap((leg) => quantiles.map((quantile) => `${leg}_${quantile}`)));
  const keys = [...keysOf(z.toJSONSchema(scenarioSchema, { io: 'input' }))].filter((key) => !times.has(key));
  expect(keys.length).toBeGreaterThan(80);
  const named = (key: string) => new RegExp(`\\b${key}\\b`).test(page);
  expect(keys.filter((key) => !named(key))).toEqual([]);
  const names = (await readdir(folder)).map((file) => file.replace('.yaml', ''));
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
