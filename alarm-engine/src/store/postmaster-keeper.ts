import type { Logger } from 'pino';
import { type Cluster, findPostmaster, startPostmaster } from './postmaster.ts';

export interface PostmasterKeeperOptions {
  cluster: Cluster;
  /** Everybody holds addresses with this port, so it starts again on this one or not at all. */
  port: number;
  log: Logger;
}

const lookEveryMs = 500;

/**
 * Starts the embedded database again when it ends while we live: killed by hand, by the out-of-memory killer,
 * by its own fault. Whoever works with it connects again by itself, so a killed database is a pause of a second.
 */
export class PostmasterKeeper {
  readonly #options: PostmasterKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> | null = null;

  constructor(options: PostmasterKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#busy ??= this.#look().finally(() => {
        this.#busy = null;
      });
    }, lookEveryMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  async #look(): Promise<void> {
    const { cluster, port, log } = this.#options;
    if ((await findPostmaster(cluster)) !== null) return;
    log.error({ port }, 'the database has ended by itself; starting it again');
    try {
      const outcome = await startPostmaster(cluster, port);
      if (outcome.started) log.warn({ port }, 'the database is up again');
      else log.error({ port, because: outcome.because }, 'the database does not start yet');
    } catch (error) {
      log.error({ err: error }, 'the database does not start');
    }
  }
}
