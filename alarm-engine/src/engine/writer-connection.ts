import type { Client } from 'pg';
import type { Logger } from 'pino';

export interface WriterConnectionOptions {
  /** Opens a connection of the writer's own, in pipeline mode. */
  connect: () => Promise<Client>;
  log: Logger;
}

/** Milliseconds until something outside a batch is tried once more. */
const pauseMs = 200;

/** The writer's own connection: rolled back after a failure, made anew when it broke. */
export class WriterConnection {
  readonly #options: WriterConnectionOptions;
  #client: Client | null = null;

  constructor(options: WriterConnectionOptions) {
    this.#options = options;
  }

  async open(): Promise<Client> {
    this.#client = await this.#options.connect();
    return this.#client;
  }

  async close(): Promise<void> {
    await this.#client?.end().catch(() => {});
  }

  get client(): Client {
    return this.#client!;
  }

  async rollback(): Promise<void> {
    await this.#client?.query('rollback').catch(() => {});
  }

  /** Waits, then makes sure of a connection that answers. A batch that waits is held in memory meanwhile. */
  async recover(delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    try {
      await this.client.query('rollback');
    } catch {
      await this.reconnect().catch(() => {});
    }
  }

  /** A fresh connection in place of this one, whose end is not waited for: it may be half open. */
  async reconnect(): Promise<Client> {
    const fresh = await this.#options.connect();
    void this.#client?.end().catch(() => {});
    this.#client = fresh;
    return fresh;
  }

  /** One try of something outside a batch; on failure recovers and gives `otherwise`. */
  async attempt<T>(work: (client: Client) => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work(this.client);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'database did not answer');
      await this.recover(pauseMs);
      return otherwise;
    }
  }
}
