import type { Client } from 'pg';
import type { Logger } from 'pino';
import { renewLease, returnLease, takeLease } from '../store/sql/take-lease.ts';

export interface LeaseKeeperOptions {
  connect: () => Promise<Client>;
  county: string;
  /** Names this process in the lease row, such as `host:pid`. */
  holder: string;
  log: Logger;
  onLost: () => void;
}

const renewEveryMs = 1000;

/**
 * Holds the writer's lease of a county: taken by the database's clock, renewed each second, given back at a
 * clean stop. After a crash the next process waits for it to run out, 4 s at most.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #renewing: Promise<void> = Promise.resolve();
  epoch = 0;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Waits until the lease is ours. */
  async start(): Promise<number> {
    const { county, holder, log } = this.#options;
    this.#client = await this.#options.connect();
    for (let waited = false; ; waited = true) {
      const epoch = await takeLease(this.#client, county, holder);
      if (epoch !== null) {
        this.epoch = epoch;
        break;
      }
      if (!waited) log.info({ county }, 'another writer holds the county; waiting for its lease to run out');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    this.#timer = setInterval(() => {
      this.#renewing = this.#renew();
    }, renewEveryMs);
    return this.epoch;
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#renewing;
    if (this.#client === null) return;
    await returnLease(this.#client, this.#options.county, this.epoch).catch(() => {});
    await this.#client.end().catch(() => {});
  }

  async #renew(): Promise<void> {
    try {
      if (!(await renewLease(this.#client!, this.#options.county, this.epoch))) this.#options.onLost();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'lease not renewed');
      await this.#client?.end().catch(() => {});
      this.#client = await this.#options.connect().catch(() => this.#client);
    }
  }
}
