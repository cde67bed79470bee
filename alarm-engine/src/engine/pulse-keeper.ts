import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { savePulse, type WriterPulse } from '../store/sql/save-pulse.ts';

export interface WriterPulseOptions {
  pool: Pool;
  county: string;
  log: Logger;
  /** What to say of the writer now. */
  read: () => WriterPulse;
}

const pulseEveryMs = 1000;

/** Says each second that the writer lives. */
export class PulseKeeper {
  readonly #options: WriterPulseOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> = Promise.resolve();
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

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  async #beat(): Promise<void> {
    const { pool, county, log, read } = this.#options;
    try {
      await savePulse(pool, county, read());
    } catch (error) {
      log.warn({ err: error }, 'pulse not written');
    }
  }
}
