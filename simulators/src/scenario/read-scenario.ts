import { toldBothWays, wordsOf } from '@fenghuo/contracts/both-ways.ts';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ScenarioError, type ScenarioFault } from './scenario-error.ts';
import { type Crowd, type Scenario, scenarioSchema } from './scenario-schema.ts';

/** A scenario, and the text that it was read from, which goes into the report. */
export interface ScenarioText {
  scenario: Scenario;
  text: string;
  /** File, or name of one that the house comes with. */
  origin: string;
}

type Path = readonly PropertyKey[];

/** Reads a scenario. Pure. Throws a {@link ScenarioError} with all of its faults, in the order of their lines. */
export function readScenario(text: string, origin: string): ScenarioText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const syntax = document.errors.map(({ pos, message }) => ({
    ...placeOf(pos[0]),
    path: '',
    message: { zh: `YAML 语法错误：${message}`, en: `is no YAML: ${message}` },
  }));
  if (syntax.length > 0) throw new ScenarioError(origin, syntax);
  const read = scenarioSchema.safeParse(dataOf(document, origin), { ...toldBothWays, reportInput: true });
  const at = (path: Path, key: string | null) => placeOf(startOf(document.contents, path, key));
  const faults = read.success
    ? crossFaults(read.data).map(({ path, ...fault }) => ({
        ...fault,
        ...at(path, null),
        path: path.join('.'),
      }))
    : read.error.issues.flatMap((issue) => faultsOf(issue, at));
  if (!read.success || faults.length > 0)
    throw new ScenarioError(
      origin,
      faults.toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  return { scenario: read.data, text, origin };
}

/** Does what needs the estate; its faults are told with the lines of the text, in their order. */
export function placed<T>({ text, origin }: ScenarioText, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const lines = new LineCounter();
    const { contents } = parseDocument(text, { lineCounter: lines });
    const faults = error.faults.map((fault) => {
      const { line, col: column } = lines.linePos(startOf(contents, stepsOf(fault.path), null));
      return { ...fault, line, column };
    });
    throw new ScenarioError(
      origin,
      faults.toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  }
}

function stepsOf(path: string): Path {
  return path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Aliases without an anchor, or too many of them, show only when the data is made. */
function dataOf(document: Document, origin: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = { zh: `YAML 引用有误：${why}`, en: `is no YAML: ${why}` };
    throw new ScenarioError(origin, [{ line: 1, column: 1, path: '', message }]);
  }
}

type Placed = (path: Path, key: string | null) => { line: number; column: number };

function faultsOf(issue: z.core.$ZodIssue, at: Placed): ScenarioFault[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      ...at(issue.path, key),
      path: [path, key].filter((part) => part !== '').join('.'),
      message: { zh: '此处没有这个键', en: 'is not known here' },
    }));
  if (issue.code === 'invalid_key') {
    const message = wordsOf(issue.issues[0]?.message ?? issue.message);
    return [{ ...at(issue.path.slice(0, -1), String(issue.path.at(-1))), path, message }];
  }
  return [{ ...at(issue.path, null), path, message: messageOf(issue) }];
}

const missing = { zh: '缺少这个键', en: 'is missing' };

/** Of a wrong shape, where the schema has no words of its own for the value. */
const shapes: Record<string, { zh: string; en: string }> = {
  object: { zh: '应为若干“键: 值”', en: 'is not made of keys and values' },
  array: { zh: '应为列表', en: 'is no list' },
  string: { zh: '应为文字', en: 'is no text' },
  number: { zh: '应为数', en: 'is no number' },
  boolean: { zh: '应为 true 或 false', en: 'is neither true nor false' },
};

function messageOf(issue: z.core.$ZodIssue): { zh: string; en: string } {
  if (issue.code !== 'custom' && issue.input === undefined) return missing;
  const shape = issue.code === 'invalid_type' ? shapes[issue.expected] : undefined;
  const words = wordsOf(issue.message);
  return words.en.startsWith('Invalid input') && shape !== undefined ? shape : words;
}

/** Where the part at a path begins, or the nearest part that there is; `key`: the key itself in it. */
function startOf(root: Node | null, path: Path, key: string | null): number {
  let node = root;
  for (const step of path) {
    const child =
      node !== null && 'get' in node
        ? (node as { get(k: unknown, keep: true): unknown }).get(step, true)
        : null;
    if (!isNode(child)) break;
    node = child;
  }
  if (key !== null && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (isPair(pair) && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  return node?.range?.[0] ?? 0;
}

interface CrossFault {
  path: Path;
  message: { zh: string; en: string };
}

/** What no single key can tell: places that nobody declared, times beyond the end, a place near itself. */
function crossFaults(scenario: Scenario): CrossFault[] {
  const { places, timeline, duration } = scenario;
  const names = Object.keys(places);
  const unknown = (path: Path, name: string | undefined): CrossFault[] =>
    name === undefined || names.includes(name) ? [] : [{ path, message: unknownPlace(name, names) }];
  const inCrowd = (path: Path, crowd: Crowd | undefined): CrossFault[] =>
    (['place', 'village_of', 'township_of'] as const).flatMap((key) => unknown([...path, key], crowd?.[key]));
  return [
    ...Object.entries(places).flatMap(([own, { near, township_other_than: other, within }], i) => [
      ...unknown(['places', own, 'near'], near),
      ...unknown(['places', own, 'township_other_than'], other),
      ...[near, other].flatMap((name) =>
        name !== undefined && names.indexOf(name) >= i
          ? [
              {
                path: ['places', own],
                message: { zh: `${name} 应写在 ${own} 之前`, en: `must stand behind ${name}` },
              },
            ]
          : [],
      ),
      ...((near === undefined) === (within === undefined)
        ? []
        : [
            {
              path: ['places', own],
              message: {
                zh: 'near 与 within 必须一起写',
                en: 'has one of near and within without the other',
              },
            },
          ]),
    ]),
    ...timeline.flatMap((moment, i) => [
      ...unknown(['timeline', i, 'fire', 'in'], moment.fire?.in),
      ...(['speak', 'readings', 'heartbeats', 'chatter', 'offline'] as const).flatMap((story) =>
        inCrowd(['timeline', i, story, 'who'], moment[story]?.who),
      ),
      ...inCrowd(['timeline', i, 'hostile', 'as'], moment.hostile?.as),
      ...(moment.at < duration ? [] : [{ path: ['timeline', i, 'at'], message: tooLate }]),
    ]),
  ];
}

const tooLate = { zh: '晚于剧本结束（duration）', en: 'is later than the end, which duration says' };

function unknownPlace(name: string, names: readonly string[]) {
  const all = names.join(', ') || '–';
  return { zh: `places 中没有 ${name}（有：${all}）`, en: `names the place ${name}; places has ${all}` };
}
