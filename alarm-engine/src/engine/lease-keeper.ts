import type { Client } from 'pg';
import type { Logger } from 'pino';
import { findLease, leaseSeconds, renewLease, returnLease, takeLease } from '../store/sql/take-lease.ts';
import { errorKind } from './database-error.ts';
import { isDead } from './lease-holder.ts';

export interface LeaseKeeperOptions {
  connect: () => Promise<Client>;
  county: string;
  /** Names this process in the lease row, see `lease-holder.ts`. */
  holder: string;
  log: Logger;
  onLost: () => void;
}

const renewEveryMs = 1000;

/**
 * Holds the writer's lease of a county: taken by the database's clock, renewed each second, given back at a
 * clean stop. After a crash the next process waits for it to run out, 4 s at most; on the same machine, where it
 * can see that the holder is dead, not at all.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  #client: Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #renewing: Promise<void> | null = null;
  /** When the last renewal that succeeded was sent, by the process's clock; it ran from then at the earliest. */
  #renewedAt = Number.NEGATIVE_INFINITY;
  epoch = 0;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** True while nobody else can have taken the county: the lease was renewed less than its length ago. */
  get isHeld(): boolean {
    return performance.now() - this.#renewedAt < leaseSeconds * 1000;
  }

  /** Waits until the lease is ours. */
  async start(): Promise<number> {
    const { county, log } = this.#options;
    this.#client = await this.#options.connect();
    for (let waited = false; ; waited = true) {
      this.#renewedAt = performance.now();
      const epoch = await this.#take(this.#client);
      if (epoch !== null) {
        this.epoch = epoch;
        break;
      }
      if (!waited) log.info({ county }, 'another writer holds the county; waiting for its lease to run out');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = null;
      });
    }, renewEveryMs);
    return this.epoch;
  }

  /** A holder that froze in a transaction keeps the row locked for some seconds: not an error, only not yet. */
  async #take(client: Client): Promise<number | null> {
    const { county, holder } = this.#options;
    return takeLease(client, county, holder, await this.#abandoned(client)).catch((error: unknown) => {
      if (errorKind(error) === 'transient') return null;
      throw error;
    });
  }

  /** Epoch of a lease whose holder is dead: its process is gone from this machine, and its connection with it. */
  async #abandoned(client: Client): Promise<number | null> {
    const standing = await findLease(client, this.#options.county);
    return standing?.disconnected && (await isDead(standing.holder)) ? standing.epoch : null;
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#renewing;
    if (this.#client === null) return;
    await returnLease(this.#client, this.#options.county, this.epoch).catch(() => {});
    await this.#client.end().catch(() => {});
  }

  async #renew(): Promise<void> {
    const sentAt = performance.now();
    try {
      if (await renewLease(this.#client!, this.#options.county, this.epoch)) this.#renewedAt = sentAt;
      else this.#options.onLost();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'lease not renewed');
      const fresh = await this.#options.connect().catch(() => null);
      if (fresh === null) return;
      void this.#client?.end().catch(() => {});
      this.#client = fresh;
    }
  }
}
