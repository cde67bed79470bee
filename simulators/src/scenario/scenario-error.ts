import type { Words } from '@fenghuo/contracts/words.ts';

/** What is wrong with a scenario, and where; line and column count from 1, 0 where there is no text. */
export interface ScenarioFault {
  line: number;
  column: number;
  /** Such as `timeline.0.fire.growth`; empty for the whole. */
  path: string;
  message: Words;
}

/** A scenario that cannot be played. The message is for a shell: every fault on lines of its own, in both languages. */
export class ScenarioError extends Error {
  readonly faults: readonly ScenarioFault[];

  constructor(origin: string, faults: readonly ScenarioFault[]) {
    super(faults.map((fault) => sentenceOf(origin, fault)).join('\n'));
    this.name = 'ScenarioError';
    this.faults = faults;
  }
}

/** One fault of a part that has no text before it: whoever has the text knows the line. */
export function faultAt(path: string, message: Words): ScenarioError {
  return new ScenarioError('scenario', [{ line: 0, column: 0, path, message }]);
}

/** Does parts one after the other, and tells the faults of all of them at once. */
export function eachPart<T, R>(parts: readonly T[], make: (part: T, i: number) => R): R[] {
  const faults: ScenarioFault[] = [];
  const made = parts.flatMap((part, i) => {
    try {
      return [make(part, i)];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  if (faults.length > 0) throw new ScenarioError('scenario', faults);
  return made;
}

function sentenceOf(origin: string, { line, column, path, message }: ScenarioFault): string {
  const where = line === 0 ? origin : `${origin}:${line}:${column}`;
  const at = path === '' ? '' : ` ${path}`;
  return `${where}:${at} ${message.en}\n${where}:${at} ${message.zh}`;
}
