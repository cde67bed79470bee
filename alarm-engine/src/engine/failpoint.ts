/**
 * Places where a test kills the process to see what is left. `FENGHUO_FAILPOINT=before-commit:3` ends it with
 * SIGKILL at the third passing. Unset, a failpoint costs a comparison.
 */
export const failpointNames = [
  'before-insert',
  'before-commit',
  'commit-to-puback',
  'puback-to-push',
  'inside-delivery',
] as const;
export type FailpointName = (typeof failpointNames)[number];

export class Failpoints {
  readonly #name: string;
  #left: number;

  constructor(setting: string | undefined) {
    const [name = '', count = '1'] = (setting ?? '').split(':');
    this.#name = name;
    this.#left = Number(count);
  }

  pass(name: FailpointName): void {
    if (name !== this.#name) return;
    this.#left -= 1;
    if (this.#left === 0) process.kill(process.pid, 'SIGKILL');
  }
}
