import { Worker } from 'node:worker_threads';
import type { BacktestOutcome, BacktestWish } from './run-backtest.ts';

/**
 * Runs backtests in a thread of their own, so that the server stays live: one at a time, since it takes a core and one
 * of the database's.
 */
export class BacktestDesk {
  #running: Worker | null = null;

  /** Null when one runs already. Rejects when it is ended, or with what nobody expected. */
  async run(wish: BacktestWish): Promise<BacktestOutcome | null> {
    if (this.#running !== null) return null;
    const worker = new Worker(new URL('./backtest-thread.ts', import.meta.url), { workerData: wish });
    this.#running = worker;
    try {
      return await outcomeOf(worker);
    } finally {
      this.#running = null;
    }
  }

  /** Ends the one that runs. */
  async stop(): Promise<void> {
    await this.#running?.terminate();
  }
}

function outcomeOf(worker: Worker): Promise<BacktestOutcome> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the backtest was ended')));
  });
}
