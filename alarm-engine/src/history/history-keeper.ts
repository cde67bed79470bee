import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { dropTransitions } from '../store/sql/drop-transitions.ts';
import type { RollupName } from '../store/sql/lock-rollup.ts';
import { summariseEvents } from '../store/sql/summarise-events.ts';
import { findTimeSeries } from '../store/time-series/choose-time-series.ts';
import { rollUp } from './roll-up.ts';

export interface HistoryKeeperOptions {
  pool: Pool;
  county: string;
  /** Days for which events, and steps of alarms, are kept. */
  keepEventDays: number;
  keepTransitionDays: number;
  log: Logger;
}

const countEveryMs = 60_000;
/** Rounds of counting to one round of keeping days. */
const roundsPerHour = 60;
const rollups: readonly RollupName[] = ['events', 'alarms'];

/** Keeps history: each minute counts it by the hour and summarises new pages, and each hour makes, compresses and drops days. */
export class HistoryKeeper {
  readonly #options: HistoryKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> | null = null;
  #round = 0;
  #stopping = false;

  constructor(options: HistoryKeeperOptions) {
    this.#options = options;
  }

  /** The first round is under way when this returns. */
  start(): void {
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), countEveryMs);
  }

  /** What is under way is finished first. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  #tick(): void {
    this.#busy ??= this.#keep().finally(() => {
      this.#busy = null;
    });
  }

  async #keep(): Promise<void> {
    try {
      await this.#count();
      await summariseEvents(this.#options.pool);
      if (this.#round++ % roundsPerHour === 0) await this.#keepDays();
    } catch (error) {
      this.#options.log.error({ err: error }, 'history not kept');
    }
  }

  async #count(): Promise<void> {
    const { pool, county } = this.#options;
    const client = await pool.connect();
    try {
      for (const name of rollups) while (!this.#stopping && (await rollUp(client, county, name)));
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** What was not done, a day behind a long reader, is done an hour later. */
  async #keepDays(): Promise<void> {
    const { pool, keepEventDays, keepTransitionDays, log } = this.#options;
    const series = await findTimeSeries(pool);
    await series.makeAhead(pool);
    const dropped = await series.drop(pool, keepEventDays);
    const compressed = await series.compress(pool);
    const transitions = await dropTransitions(pool, keepTransitionDays);
    if (dropped + compressed + transitions > 0)
      log.info({ dropped, compressed, transitions }, 'old days of history dropped and compressed');
  }
}
