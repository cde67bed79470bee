import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { ScanBoard } from './scan-board.ts';

/** What the scan's thread works with. */
export interface ScanWish {
  databaseUrl: string;
  county: string;
  /** See {@link playlistAddress}. */
  template: string | undefined;
  /** Time for one round over the county. */
  roundMs: number;
}

const restartAfterMs = 10_000;

/**
 * The county scan in a thread of its own, with an agent, a connection and an event loop of its own, so that the writer
 * and the web notice nothing of 233 looks a second. It is started again when it ends.
 */
export class ScanDesk {
  readonly #wish: ScanWish;
  readonly #log: Logger;
  #worker: Worker | null = null;
  #restart: NodeJS.Timeout | null = null;
  #board: ScanBoard | null = null;

  constructor(wish: ScanWish, log: Logger) {
    this.#wish = wish;
    this.#log = log;
  }

  get roundMs(): number {
    return this.#wish.roundMs;
  }

  /** What was found so far; null until the thread has read the cameras. */
  get board(): ScanBoard | null {
    return this.#board;
  }

  start(): void {
    const worker = new Worker(new URL('./scan-thread.ts', import.meta.url), { workerData: this.#wish });
    this.#worker = worker;
    worker.on('message', (memory: SharedArrayBuffer) => {
      this.#board = ScanBoard.over(memory);
    });
    worker.on('error', (error) => this.#log.error({ err: error }, 'the scan of cameras has ended'));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#restart = setTimeout(() => this.start(), restartAfterMs);
    });
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#restart !== null) clearTimeout(this.#restart);
    await worker?.terminate();
  }
}
