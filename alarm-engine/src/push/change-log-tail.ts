import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { type LoggedChangeRow, listChanges } from '../store/sql/list-changes.ts';
import { readChangeHead } from '../store/sql/read-change-head.ts';
import { longestTail, RecentChanges } from './recent-changes.ts';

export interface ChangeLogTailOptions {
  db: Queryable;
  county: string;
  listener: Listener;
  log: Logger;
  /** There are new changes: these. */
  onChanges: (rows: readonly LoggedChangeRow[]) => void;
  /** The log moved past what the tail held, or was made anew: everybody needs a snapshot. */
  onReset: () => void;
}

/** For a notification that was missed. */
const lookEveryMs = 1000;
/** From one look after a notification to the next: a busy writer commits 200 times a second. */
const restMs = 40;
const pageSize = 2000;

/**
 * Follows the county's change log by number, in order. The writer numbers without gaps; should one be seen,
 * the tail waits before it until it is filled, and never skips it. Only when the log itself begins later
 * than the tail ends (retention) or ends earlier (a restored database) does it begin anew.
 */
export class ChangeLogTail {
  readonly #options: ChangeLogTailOptions;
  #recent = new RecentChanges(0);
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #lookedAt = 0;
  #polling: Promise<void> | null = null;
  #again = false;
  #waitingAtGap = false;

  constructor(options: ChangeLogTailOptions) {
    this.#options = options;
  }

  get recent(): RecentChanges {
    return this.#recent;
  }

  /** Loads the end of the log, then follows it. Before the listener starts. */
  async start(): Promise<void> {
    const { listener, county } = this.#options;
    await this.#begin();
    listener.on('fenghuo_change', (payload) => {
      if (payload.startsWith(`${county}:`)) this.#lookSoon();
    });
    listener.onResume(() => void this.#resume());
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#soon !== null) clearTimeout(this.#soon);
    await this.#polling;
  }

  /** At once after a rest, else when the rest is over: the first change of a quiet county does not wait. */
  #lookSoon(): void {
    if (this.#soon !== null) return;
    const rest = this.#lookedAt + restMs - performance.now();
    if (rest <= 0) void this.look();
    else
      this.#soon = setTimeout(() => {
        this.#soon = null;
        void this.look();
      }, rest);
  }

  /** Reads what is new; when it resolves, everything committed before the call is held. Never rejects. */
  look(): Promise<void> {
    this.#again = true;
    this.#polling ??= this.#poll();
    return this.#polling;
  }

  async #poll(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        this.#lookedAt = performance.now();
        await this.#readOn();
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the change log could not be read');
    } finally {
      this.#polling = null;
    }
  }

  async #readOn(): Promise<void> {
    const { db, county } = this.#options;
    for (;;) {
      const rows = await listChanges(db, { county, after: this.#recent.head, limit: pageSize });
      const next = withoutGap(rows, this.#recent.head);
      this.#recent.append(next);
      if (next.length > 0) this.#options.onChanges(next);
      if (next.length < rows.length) return this.#meetGap(rows[next.length]!);
      this.#waitingAtGap = false;
      if (rows.length < pageSize) return;
    }
  }

  /** The database was away: it may have come back from a backup, with an end before ours. */
  async #resume(): Promise<void> {
    const { db, county, log, onReset } = this.#options;
    const head = await readChangeHead(db, county).catch(() => this.#recent.head);
    if (head < this.#recent.head) {
      log.warn({ head: this.#recent.head, ends: head }, 'the change log ends earlier than before');
      await this.#begin();
      onReset();
    }
    await this.look();
  }

  /** Before a number that is missing: has the log forgotten it, or is it still to come? */
  async #meetGap(beyond: LoggedChangeRow): Promise<void> {
    const { db, county, log, onReset } = this.#options;
    const [oldest] = await listChanges(db, { county, after: 0, limit: 1 });
    if (oldest !== undefined && oldest.no > this.#recent.head + 1) {
      log.warn({ head: this.#recent.head, oldest: oldest.no }, 'the change log forgot what was not read yet');
      await this.#begin();
      return onReset();
    }
    if (this.#waitingAtGap) return;
    this.#waitingAtGap = true;
    log.error({ head: this.#recent.head, beyond: beyond.no }, 'the change log has a gap; waiting before it');
  }

  async #begin(): Promise<void> {
    const { db, county } = this.#options;
    const head = await readChangeHead(db, county);
    const rows = await listChanges(db, {
      county,
      after: Math.max(0, head - longestTail),
      limit: longestTail,
    });
    const unbroken = rows.slice(rows.findLastIndex((row, i) => i > 0 && row.no !== rows[i - 1]!.no + 1) + 1);
    const recent = new RecentChanges((unbroken[0]?.no ?? head + 1) - 1);
    recent.append(unbroken);
    this.#recent = recent;
  }
}

/** The rows up to the first number that does not follow. */
function withoutGap(rows: readonly LoggedChangeRow[], after: number): readonly LoggedChangeRow[] {
  const gap = rows.findIndex((row, i) => row.no !== after + 1 + i);
  return gap === -1 ? rows : rows.slice(0, gap);
}
