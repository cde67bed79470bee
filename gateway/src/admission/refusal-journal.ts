import type { Logger } from 'pino';

/** What is told when it begins, and when it has been quiet for a minute. */
const words = {
  refused: 'no longer refused',
  'slowed down': 'no longer slowed down',
} as const;

interface Standing {
  readonly told: keyof typeof words;
  readonly subject: string;
  readonly what: string;
  count: number;
  lastAt: number;
}

/** A subject counts as quiet again after so long without a refusal. */
const quietMs = 60_000;

/** Most subjects followed at a time; of more, only the number is logged. */
const mostSubjects = 10_000;

/**
 * Logs refusals and the slowing down of who is too fast once per change of state: a line when it begins, a line with the count when
 * it has been quiet for a minute. A flood of refusals is two lines, whatever its size.
 */
export class RefusalJournal {
  readonly #log: Logger;
  readonly #standing = new Map<string, Standing>();
  #untold = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** `subject`: who, such as a principal's name or an address. `what`: the reason. `detail`: of the first one only. */
  refused(subject: string, what: string, now: number, detail: Record<string, unknown> = {}): void {
    this.#note('refused', subject, what, now, detail);
  }

  /** `subject` sends faster than the policy of this name allows. */
  slowed(subject: string, policy: string, now: number): void {
    this.#note('slowed down', subject, policy, now, {});
  }

  /** To be called every few seconds. */
  sweep(now: number): void {
    for (const [key, { told, subject, what, count, lastAt }] of this.#standing) {
      if (now - lastAt < quietMs) continue;
      this.#standing.delete(key);
      this.#log.info({ subject, reason: what, count }, words[told]);
    }
    if (this.#untold > 0) this.#log.warn({ count: this.#untold }, 'refused, of subjects not followed singly');
    this.#untold = 0;
  }

  #note(
    told: keyof typeof words,
    subject: string,
    what: string,
    now: number,
    detail: Record<string, unknown>,
  ): void {
    const key = `${what} ${subject}`;
    const standing = this.#standing.get(key);
    if (standing !== undefined) {
      standing.count++;
      standing.lastAt = now;
    } else if (this.#standing.size >= mostSubjects) this.#untold++;
    else {
      this.#standing.set(key, { told, subject, what, count: 1, lastAt: now });
      this.#log.warn({ subject, reason: what, ...detail }, told);
    }
  }
}
