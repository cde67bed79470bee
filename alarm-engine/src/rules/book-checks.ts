import { compareSeverity, type Severity, severities, type Words } from '@fenghuo/contracts/words.ts';
import { type KnownNames, type WindowDraft, windowSchema } from './book-schema.ts';
import type { Path } from './book-text.ts';
import { type Expressions, knownNames } from './expression.ts';
import { kindBits } from './kind-bits.ts';
import type { Window } from './window.ts';

/**
 * What a schema of one part cannot see: how the parts of a book go together. All of it looks at the data as it was
 * read, and passes over what has not the right shape: the schema tells of that.
 */
export interface Flaw {
  path: Path;
  message: Words;
}

export function checkBook(data: unknown, expressions: Expressions): Flaw[] {
  return [
    ...windowNames(data),
    ...repeated(data),
    ...listIn(data, 'rules').flatMap((rule, i) => ruleClauses(rule, ['rules', i], expressions)),
    ...listIn(data, 'maintenance').flatMap((window, i) => maintenanceTimes(window, ['maintenance', i])),
    ...floodBounds(data),
  ];
}

/** Windows that can be asked; of one that is wrong only the name, so that its error is told once. */
export function windowsIn(data: unknown): Window[] {
  return Object.entries(partOf(data, 'windows'))
    .filter(([name]) => isWindowName(name))
    .map(([name, raw]) => {
      const read = windowSchema.safeParse(raw);
      return windowOf(name, read.success ? read.data : emptyWindow);
    });
}

const emptyWindow: WindowDraft = {
  kinds: [],
  states: [],
  within: { of: 'device' },
  over: 0,
  standing: false,
};

function windowOf(name: string, draft: WindowDraft): Window {
  const { kinds, devices, states, within, over, standing } = draft;
  return {
    ...{ name, within, standing, overMs: over },
    kinds: new Set(kinds),
    bits: kindBits(kinds),
    devices: devices === undefined ? null : new Set(devices),
    states: new Set(states),
  };
}

export function namesIn(data: unknown): KnownNames {
  return {
    rules: new Set(textsIn(listIn(data, 'rules'), 'id')),
    plans: new Set(textsIn(listIn(data, 'plans'), 'id')),
    categories: new Set(
      listIn(data, 'categories').flatMap((level) => textsIn(listIn(level, 'kinds'), 'code')),
    ),
  };
}

const isWindowName = (name: string) =>
  /^[a-z][a-z0-9_]*$/.test(name) && !knownNames.some((known) => known === name) && !celWords.has(name);
const celWords = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while int uint double bool string bytes list map type dyn'.split(
    ' ',
  ),
);

function windowNames(data: unknown): Flaw[] {
  return Object.keys(partOf(data, 'windows'))
    .filter((name) => !isWindowName(name))
    .map((name) => ({
      path: ['windows', name],
      message: { zh: '不能作为表达式中的名称', en: 'is no name that an expression can use' },
    }));
}

function repeated(data: unknown): Flaw[] {
  return [
    ...repeatedIn(listIn(data, 'rules'), ['rules'], 'id'),
    ...repeatedIn(listIn(data, 'plans'), ['plans'], 'id'),
    ...repeatedIn(listIn(data, 'maintenance'), ['maintenance'], 'id'),
    ...repeatedIn(listIn(data, 'categories'), ['categories'], 'code'),
    ...listIn(data, 'categories').flatMap((level, i) => [
      ...repeatedIn(listIn(level, 'kinds'), ['categories', i, 'kinds'], 'code'),
      ...foreignKinds(level, ['categories', i, 'kinds']),
    ]),
  ];
}

function repeatedIn(parts: readonly unknown[], path: Path, key: string): Flaw[] {
  const seen = new Set<string>();
  return parts.flatMap((part, i) => {
    const [text] = textsIn([part], key);
    if (text === undefined || !seen.has(text)) {
      if (text !== undefined) seen.add(text);
      return [];
    }
    return [{ path: [...path, i, key], message: { zh: `${text} 已经有了`, en: `${text} is there already` } }];
  });
}

/** Codes of the second level begin with that of the first: so no code is in two levels. */
function foreignKinds(level: unknown, path: Path): Flaw[] {
  const [code] = textsIn([level], 'code');
  if (code === undefined) return [];
  return listIn(level, 'kinds').flatMap((kind, i) =>
    textsIn([kind], 'code')
      .filter((own) => !own.startsWith(code))
      .map((own) => ({
        path: [...path, i, 'code'],
        message: { zh: `${own} 应以 ${code} 开头`, en: `${own} does not begin with ${code}` },
      })),
  );
}

function ruleClauses(rule: unknown, path: Path, expressions: Expressions): Flaw[] {
  const [own] = textsIn([rule], 'severity');
  const clauses = (key: 'raises' | 'lowers') =>
    listIn(rule, key).flatMap((clause, i) => [
      ...(own === undefined ? [] : wrongWay(clause, [...path, key, i, 'to'], own, key)),
      ...speechless(clause, [...path, key, i], expressions),
    ]);
  return [...clauses('raises'), ...clauses('lowers')];
}

function wrongWay(clause: unknown, path: Path, own: string, key: 'raises' | 'lowers'): Flaw[] {
  const [to] = textsIn([clause], 'to');
  if (to === undefined || !isSeverity(to) || !isSeverity(own)) return [];
  const graver = compareSeverity(to, own);
  if (key === 'raises')
    return graver < 0 ? [] : [{ path, message: { zh: `应高于 ${own}`, en: `does not raise ${own}` } }];
  return graver > 0 ? [] : [{ path, message: { zh: `应低于 ${own}`, en: `does not lower ${own}` } }];
}

/** A clause that names no window has no evidence to speak of: people would see a severity without a reason. */
function speechless(clause: unknown, path: Path, expressions: Expressions): Flaw[] {
  const [when] = textsIn([clause], 'when');
  if (when === undefined || 'because' in recordOf(clause)) return [];
  const compiled = expressions.compile(when, '');
  if (!compiled.ok || compiled.predicate.windows.length > 0) return [];
  return [
    { path, message: { zh: '没有用到窗口，须写明 because', en: 'names no window, so it must say because' } },
  ];
}

function maintenanceTimes(window: unknown, path: Path): Flaw[] {
  const given = recordOf(window);
  const scope = ['areas', 'buildings', 'devices'].flatMap((key) => listIn(window, key));
  const isWeekly = 'weekly' in given;
  const isOnce = 'from' in given && 'to' in given;
  const [from, to] = [Date.parse(String(given.from)), Date.parse(String(given.to))];
  return [
    ...(scope.length > 0
      ? []
      : [
          {
            path,
            message: { zh: '缺少 areas、buildings 或 devices', en: 'has no areas, buildings or devices' },
          },
        ]),
    ...(isWeekly !== isOnce && (isOnce || !('from' in given || 'to' in given))
      ? []
      : [
          {
            path,
            message: {
              zh: '须写 weekly，或者 from 与 to，只取其一',
              en: 'needs either weekly, or from and to',
            },
          },
        ]),
    ...(isOnce && to <= from
      ? [{ path: [...path, 'to'], message: { zh: '应晚于 from', en: 'is not after from' } }]
      : []),
  ];
}

function floodBounds(data: unknown): Flaw[] {
  const { enter_above: enter, exit_below: exit } = partOf(data, 'flood');
  return typeof enter === 'number' && typeof exit === 'number' && exit > enter
    ? [
        {
          path: ['flood', 'exit_below'],
          message: {
            zh: '高于 enter_above：告警风暴一开始就会结束',
            en: 'is above enter_above: a flood would end as it begins',
          },
        },
      ]
    : [];
}

const isSeverity = (text: string): text is Severity => severities.some((severity) => severity === text);

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

const partOf = (value: unknown, key: string) => recordOf(recordOf(value)[key]);

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = recordOf(value)[key];
  return Array.isArray(list) ? list : [];
}

function textsIn(parts: readonly unknown[], key: string): string[] {
  return parts.map((part) => recordOf(part)[key]).filter((text) => typeof text === 'string');
}
