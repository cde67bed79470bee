import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { StartupError } from './startup-error.ts';

export interface TlsFilesOptions {
  /** Paths of PEM files. */
  cert: string;
  key: string;
  log: Logger;
  /** How often they are looked at, in ms. */
  everyMs?: number;
}

export interface TlsPair {
  cert: Buffer;
  key: Buffer;
}

/**
 * Certificate and key on disk, read again each minute: a certificate lives 90 days or less, and no station
 * should have to be stopped for the next one. A pair that cannot be read or used is logged, and the one in use
 * stays; so does a half of a pair, while the other half is being written.
 */
export class TlsFiles {
  readonly #options: TlsFilesOptions;
  #known: TlsPair | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: TlsFilesOptions) {
    this.#options = options;
  }

  /** Reads them for the start. Throws a {@link StartupError}. */
  async read(): Promise<TlsPair> {
    try {
      this.#known = await this.#readBoth();
      return this.#known;
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      throw new StartupError('setting', `A TLS file cannot be read: ${why}.`);
    }
  }

  /** Calls `use` with each pair that differs from the last one. */
  watch(use: (pair: TlsPair) => void): void {
    this.#timer = setInterval(() => void this.#look(use), this.#options.everyMs ?? 60_000);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #look(use: (pair: TlsPair) => void): Promise<void> {
    const { log } = this.#options;
    try {
      const pair = await this.#readBoth();
      if (this.#known?.cert.equals(pair.cert) && this.#known.key.equals(pair.key)) return;
      this.#known = pair;
      use(pair);
      log.info('a new TLS certificate is in use');
    } catch (error) {
      log.error({ err: error }, 'the TLS files cannot be used; the certificate in use stays');
    }
  }

  async #readBoth(): Promise<TlsPair> {
    const [cert, key] = await Promise.all([readFile(this.#options.cert), readFile(this.#options.key)]);
    return { cert, key };
  }
}
