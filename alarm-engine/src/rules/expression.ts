import type { Words } from '@fenghuo/contracts/words.ts';
import { type ASTNode, Environment, ParseError, TypeError as TypeCheckError } from '@marcbachmann/cel-js';
import type { EventView } from './event-view.ts';
import { AreaFacts, BuildingFacts, DeviceFacts, EventFacts, Facts, factFields } from './facts.ts';
import type { Predicate } from './rule.ts';
import { Finding, type Window } from './window.ts';

/** Names that every expression knows; a window has none of them. */
export const knownNames = ['event', 'device', 'building', 'area'] as const;

export type Compiled = { ok: true; predicate: Predicate } | { ok: false; at: number; message: Words };

/** Walks over a list. One inside of another could take a payload's length to the power of its depth. */
const walks = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * The expressions of one book: CEL over the four known names and the book's windows. An evaluation costs 0.1 to 0.2 µs
 * and what its windows cost; one that fails costs 7 µs.
 */
export class Expressions {
  readonly #environment: Environment;
  readonly #windows: ReadonlyMap<string, Window>;
  readonly #Facts: new (
    view: EventView,
  ) => Facts;

  constructor(windows: readonly Window[]) {
    this.#windows = new Map(windows.map((window) => [window.name, window]));
    this.#environment = environmentFor(windows);
    this.#Facts = factsWith(windows);
  }

  /** `at` of an error counts characters from the start of the text. */
  compile(text: string, path: string): Compiled {
    try {
      const parsed = this.#environment.parse(text);
      const checked = parsed.check();
      if (!checked.valid) return failed(checked.error);
      if (checked.type !== 'bool')
        return { ok: false, at: 0, message: typeWords(String(checked.type), 'bool') };
      const refused = refusal(parsed.ast);
      if (refused !== null) return refused;
      return { ok: true, predicate: this.#predicate({ text, path }, parsed, parsed.ast) };
    } catch (error) {
      return failed(error);
    }
  }

  #predicate(
    named: { text: string; path: string },
    evaluate: (facts: Facts) => unknown,
    ast: ASTNode,
  ): Predicate {
    const windows = [...new Set(namesIn(ast))].flatMap((name) => this.#windows.get(name) ?? []);
    let failures = 0;
    return {
      ...named,
      windows,
      test: (view) => {
        try {
          return evaluate(this.#factsOf(view)) === true;
        } catch {
          failures += 1;
          return false;
        }
      },
      evidence: (view) =>
        windows.map((window) => this.#factsOf(view).findingOf(window)).filter(bearsOnOthers),
      failures: () => failures,
    };
  }

  #factsOf(view: EventView): Facts {
    if (!(view.facts instanceof this.#Facts)) view.facts = new this.#Facts(view);
    return view.facts;
  }
}

/** The event alone is no evidence for itself. */
function bearsOnOthers(finding: Finding): boolean {
  return finding.window.within.of === 'device' ? finding.kinds > 1 : finding.others > 0;
}

function environmentFor(windows: readonly Window[]): Environment {
  const environment = new Environment()
    .registerType('Event', { ctor: EventFacts, fields: factFields.Event })
    .registerType('Device', { ctor: DeviceFacts, fields: factFields.Device })
    .registerType('Building', { ctor: BuildingFacts, fields: factFields.Building })
    .registerType('Area', { ctor: AreaFacts, fields: factFields.Area })
    .registerType('Window', { ctor: Finding, fields: factFields.Window })
    .registerVariable('event', 'Event')
    .registerVariable('device', 'Device')
    .registerVariable('building', 'Building')
    .registerVariable('area', 'Area');
  for (const window of windows) environment.registerVariable(window.name, 'Window');
  return withMixedNumbers(environment);
}

/** CEL compares whole numbers and doubles already, but neither adds nor equates them; people write `event.value == 3`. */
export function withMixedNumbers(environment: Environment): Environment {
  const mixed: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [sign, of] of Object.entries(mixed)) {
    environment.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => of(a, Number(b)));
    environment.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => of(Number(a), b));
  }
  environment.registerOperator('double == int: bool', (a: number, b: bigint) => a === Number(b));
  return environment;
}

/** Windows are looked up when an expression comes to them, and not before. */
function factsWith(windows: readonly Window[]): new (view: EventView) => Facts {
  class BookFacts extends Facts {}
  for (const window of windows)
    Object.defineProperty(BookFacts.prototype, window.name, {
      get(this: Facts) {
        return this.findingOf(window);
      },
    });
  return BookFacts;
}

/** Where a text is no expression, and why; anything else that was thrown is a bug. */
export function failed(error: unknown): { ok: false; at: number; message: Words } {
  if (!(error instanceof ParseError || error instanceof TypeCheckError)) throw error;
  return { ok: false, at: error.range?.start ?? 0, message: celWords(error.summary) };
}

/** CEL tells its faults in English; those that people make most are told in Chinese, too. */
function celWords(summary: string): Words {
  const named = /^(Unknown variable|No such key): (.+)$/.exec(summary);
  if (named === null) return { zh: `表达式有误：${summary}`, en: summary };
  return { zh: `没有这个${named[1] === 'No such key' ? '字段' : '名称'}：${named[2]}`, en: summary };
}

/** Of an expression that tells something else than what is asked for. */
export function typeWords(type: string, wanted: string): Words {
  return { zh: `结果是 ${type}，应为 ${wanted}`, en: `is ${type}, not ${wanted}` };
}

/** What is good CEL and could hold the writer up all the same. */
function refusal(ast: ASTNode): Compiled | null {
  const calls = callsIn(ast);
  if (calls.includes('matches'))
    return {
      ok: false,
      at: ast.start,
      message: {
        zh: '此处不能用 matches：匹配可能没有尽头',
        en: 'matches is not known here: a pattern may take for ever',
      },
    };
  if (calls.filter((name) => walks.has(name)).length > 1)
    return {
      ok: false,
      at: ast.start,
      message: { zh: '遍历了不止一个列表', en: 'walks over more than one list' },
    };
  return null;
}

function namesIn(ast: ASTNode): string[] {
  return ast.op === 'id' ? [ast.args] : childrenOf(ast).flatMap(namesIn);
}

function callsIn(ast: ASTNode): string[] {
  const own = ast.op === 'rcall' || ast.op === 'call' ? [ast.args[0]] : [];
  return [...own, ...childrenOf(ast).flatMap(callsIn)];
}

function childrenOf(ast: ASTNode): ASTNode[] {
  const { args } = ast;
  return (Array.isArray(args) ? args.flat(2) : [args]).filter(isNode);
}

function isNode(of: unknown): of is ASTNode {
  return typeof of === 'object' && of !== null && 'op' in of && 'args' in of;
}
