import type { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { saveLastSeen } from '../store/sql/save-last-seen.ts';
import { savePulse, type WriterPulse } from '../store/sql/save-pulse.ts';

export interface WriterPulseOptions {
  pool: Pool;
  county: string;
  log: Logger;
  /** What to say of the writer now. */
  read: () => WriterPulse;
  lastSeen: LastSeen;
}

const pulseEveryMs = 1000;
/** Last-seen times are for restarts and records: a minute lost in a crash says nothing false about silence. */
const seenEveryMs = 60_000;

/** Says each second that the writer lives, and writes down now and then when each device was heard. */
export class PulseKeeper {
  readonly #options: WriterPulseOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> = Promise.resolve();
  #seenDueAt = 0;
  #idle = true;

  constructor(options: WriterPulseOptions) {
    this.#options = options;
  }

  /** Resolves after the first beat: who is told that the station is ready finds it alive. */
  async start(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => {
      if (!this.#idle) return;
      this.#idle = false;
      this.#busy = this.#beat().finally(() => {
        this.#idle = true;
      });
    }, pulseEveryMs);
  }

  /** The last word before the end: what was heard since. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
    this.#seenDueAt = 0;
    await this.#beat();
  }

  async #beat(): Promise<void> {
    const { pool, county, log, read } = this.#options;
    try {
      await savePulse(pool, county, read());
      if (performance.now() >= this.#seenDueAt) await this.#flushSeen();
    } catch (error) {
      log.warn({ err: error }, 'pulse not written');
    }
  }

  async #flushSeen(): Promise<void> {
    const { pool, lastSeen } = this.#options;
    const touched = lastSeen.drainTouched();
    try {
      await saveLastSeen(pool, touched);
      this.#seenDueAt = performance.now() + seenEveryMs;
    } catch (error) {
      lastSeen.touchAgain(touched);
      throw error;
    }
  }
}
