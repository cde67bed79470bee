import { type Client, escapeIdentifier } from 'pg';
import type { Logger } from 'pino';
import { connectClient } from './pool.ts';

export interface ListenerOptions {
  databaseUrl: string;
  /** Shown in `pg_stat_activity`. */
  name: string;
  log: Logger;
}

const firstRetryMs = 100;
const lastRetryMs = 2000;

/**
 * One connection of its own that hears what the database notifies. A notification is a hint and may be
 * missed: whoever listens also looks for itself now and then, and at every `onResume`.
 */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Map<string, ((payload: string) => void)[]>();
  readonly #resumed: (() => void)[] = [];
  #client: Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #stopped = true;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Hears a channel. Before {@link start}. */
  on(channel: string, handler: (payload: string) => void): void {
    this.#handlers.set(channel, [...(this.#handlers.get(channel) ?? []), handler]);
  }

  /** Called after a lost connection was made again: anything may have been said meanwhile. */
  onResume(handler: () => void): void {
    this.#resumed.push(handler);
  }

  /** Connects once; rejects when the database cannot be reached. Later losses are mended by itself. */
  async start(): Promise<void> {
    this.#stopped = false;
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<void> {
    const { databaseUrl, name } = this.#options;
    const client = await connectClient({ url: databaseUrl, name });
    client.on('notification', ({ channel, payload }) => {
      for (const handler of this.#handlers.get(channel) ?? []) handler(payload ?? '');
    });
    client.on('end', () => this.#lost(client));
    try {
      for (const channel of this.#handlers.keys()) await client.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    this.#client = client;
    if (this.#stopped) await this.stop();
  }

  #lost(client: Client): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = null;
    this.#options.log.warn('the connection that listens to the database was lost');
    this.#tryAgain(firstRetryMs);
  }

  #tryAgain(delayMs: number): void {
    this.#retry = setTimeout(() => {
      this.#connect().then(
        () => {
          for (const handler of this.#resumed) handler();
        },
        () => {
          if (!this.#stopped) this.#tryAgain(Math.min(delayMs * 2, lastRetryMs));
        },
      );
    }, delayMs);
  }
}
