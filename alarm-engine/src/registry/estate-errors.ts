import { StartupError } from '../startup-error.ts';

const shown = 20;

/** What is wrong with the files of an estate: the first lines by name and number, the rest as a count. */
export class EstateErrors {
  readonly #lines: string[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** `line` counts from 1; null when the whole file is meant. */
  add(file: string, line: number | null, problem: string): void {
    this.#count++;
    if (this.#lines.length < shown)
      this.#lines.push(`  ${file}${line === null ? '' : `:${line}`}: ${problem}`);
  }

  /** The report, for people. */
  refusal(folder: string): StartupError {
    const more = this.#count - this.#lines.length;
    const lines = more === 0 ? this.#lines : [...this.#lines, `  and ${more} more`];
    const what = this.#count === 1 ? 'an error' : `${this.#count} errors`;
    return new StartupError(
      'estate-invalid',
      `The estate in ${folder} has ${what}; nothing was imported:\n${lines.join('\n')}`,
    );
  }
}
