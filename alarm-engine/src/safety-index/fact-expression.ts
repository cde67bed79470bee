import type { Words } from '@fenghuo/contracts/words.ts';
import { Environment } from '@marcbachmann/cel-js';
import { failed, typeWords, withMixedNumbers } from '../rules/expression.ts';
import { type AreaFacts, factNames } from './area-facts.ts';

export type CompiledFact<T> =
  | { ok: true; evaluate: (facts: AreaFacts) => T }
  /** `at` counts characters from the start of the text. */
  | { ok: false; at: number; message: Words };

/** CEL over the facts of an area, all of them numbers. */
const environment = withMixedNumbers(new Environment());
for (const name of factNames) environment.registerVariable(name, 'double');

/** A number of an area. */
export function compileFigure(text: string): CompiledFact<number> {
  return compile(text, ['double', 'int'], Number);
}

/** Whether an area has what a figure is told from. */
export function compileNeed(text: string): CompiledFact<boolean> {
  return compile(text, ['bool'], (value) => value === true);
}

function compile<T>(text: string, types: readonly string[], read: (value: unknown) => T): CompiledFact<T> {
  try {
    const parsed = environment.parse(text);
    const checked = parsed.check();
    if (!checked.valid) return failed(checked.error);
    if (!types.includes(checked.type ?? ''))
      return { ok: false, at: 0, message: typeWords(String(checked.type), types[0]!) };
    return { ok: true, evaluate: (facts) => read(parsed(facts)) };
  } catch (error) {
    return failed(error);
  }
}
