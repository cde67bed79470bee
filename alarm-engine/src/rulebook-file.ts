import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { longestRulebook, type RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import type { Logger } from 'pino';
import { readRulebook } from './rules/read-rulebook.ts';
import { digestOfRulebook } from './rules/rulebook-digest.ts';
import type { Queryable } from './store/queryable.ts';
import { findRulebookFile } from './store/sql/find-rulebook-file.ts';
import { insertCommand } from './store/sql/insert-command.ts';
import { saveRulebookFile } from './store/sql/save-rulebook-file.ts';

export interface RulebookFileOptions {
  db: Queryable;
  county: string;
  path: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** How often it is looked at, in ms. */
  everyMs?: number;
}

/**
 * The rulebook on disk: changed and sound, it is put to the writer as an act of the account `file`; faulty, it is told
 * in the log, in health and by REST, and the book in force stays. A file acts once, when it changes: what was put by
 * REST since is not put back at the next start. It is read, not watched: a mount or an editor that replaces the file
 * breaks watching. A new text is taken when two looks in a row found it the same: half of a book that is still being
 * written may be sound too.
 */
export class RulebookFile {
  readonly #options: RulebookFileOptions;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  /** Digest of the text that was taken last. */
  #seen: string | null = null;
  /** Digest of the text that the last look found. */
  #found: string | null = null;

  constructor(options: RulebookFileOptions) {
    this.#options = options;
  }

  /** Looks at once, and from then on again and again. */
  async start(): Promise<void> {
    const { db, county, everyMs = 2000 } = this.#options;
    this.#seen = (await findRulebookFile(db, county))?.digest ?? null;
    await this.look();
    this.#lookAgain(everyMs);
  }

  #lookAgain(everyMs: number): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look().then(() => {
        if (this.#timer !== null) this.#lookAgain(everyMs);
      });
    }, everyMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#looking;
  }

  /** Never rejects. */
  async look(): Promise<void> {
    const { path, log } = this.#options;
    try {
      const text = await readFile(path, 'utf8');
      const digest = digestOfRulebook(text);
      const settled = digest === this.#found;
      this.#found = digest;
      if (!settled || digest === this.#seen) return;
      await this.#take(text, digest);
      this.#seen = digest;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        log.error({ err: error, path }, 'the rulebook file could not be taken in; the book in force stays');
    }
  }

  async #take(text: string, digest: string): Promise<void> {
    const { db, county, path, clock, log } = this.#options;
    const errors = faultsOf(text);
    if (errors.length === 0) await this.#put(text);
    await saveRulebookFile(db, { county, path, digest, seenAt: clock(), errors });
    if (errors.length === 0) log.info({ path }, 'the rulebook file was put to the writer');
    else log.error({ path, errors }, 'the rulebook file is faulty; the book in force stays');
  }

  async #put(text: string): Promise<void> {
    const { db, county, path } = this.#options;
    await insertCommand(db, {
      county,
      actor: { account: 'file', name: path, role: 'administrator', area: county },
      body: {
        ...{ id: randomUUID(), seat: '', reason: path, act: 'put-rulebook', subject: 'rulebook', text },
        basedOn: null,
      },
    });
  }
}

function faultsOf(text: string): RulebookFault[] {
  const message = {
    zh: '文件过长，或含有无法保存的字符',
    en: 'the file is too long, or holds characters that cannot be stored',
  };
  if (text.length > longestRulebook || text.includes('\0'))
    return [{ line: 1, column: 1, path: '', message }];
  const read = readRulebook(text, 0);
  return read.ok ? [] : read.errors;
}
