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

function sentenceOf(origin: string, { line, column, path, message }: ScenarioFault): string {
  const where = line === 0 ? origin : `${origin}:${line}:${column}`;
  const at = path === '' ? '' : ` ${path}`;
  return `${where}:${at} ${message.en}\n${where}:${at} ${message.zh}`;
}
