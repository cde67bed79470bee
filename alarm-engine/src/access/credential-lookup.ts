import type { Queryable } from '../store/queryable.ts';
import { type CredentialRow, findCredentials } from '../store/sql/find-credentials.ts';

export interface CredentialLookupOptions {
  db: Queryable;
  county: string;
}

/** Names asked for in one statement. */
const batchSize = 500;
/** Credentials kept at once, about 0.4 KB each. */
const kept = 20_000;
/** A credential is read anew after this long. Revocations are heard of at once. */
const keptMs = 30_000;

interface Waiting {
  resolve: (row: CredentialRow | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Looks credentials up for a county that reconnects all at once: whoever asks while a statement is under way
 * goes with the next one, 500 at a time, and a device that comes again at once is answered from memory.
 */
export class CredentialLookup {
  readonly #options: CredentialLookupOptions;
  readonly #known = new Map<string, { row: CredentialRow; at: number }>();
  readonly #waiting = new Map<string, Waiting[]>();
  #busy = false;
  #generation = 0;

  constructor(options: CredentialLookupOptions) {
    this.#options = options;
  }

  /** The credential of this name, or null. Rejects when the database does not answer. */
  find(username: string): Promise<CredentialRow | null> {
    const known = this.#known.get(username);
    if (known !== undefined && performance.now() - known.at < keptMs) return Promise.resolve(known.row);
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(username);
      if (waiting === undefined) this.#waiting.set(username, [{ resolve, reject }]);
      else waiting.push({ resolve, reject });
      if (!this.#busy) void this.#work();
    });
  }

  /** The credential changed. What is being read meanwhile is read again. */
  forget(username: string): void {
    this.#known.delete(username);
    this.#generation += 1;
  }

  forgetAll(): void {
    this.#known.clear();
    this.#generation += 1;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, batchSize);
      for (const [username] of batch) this.#waiting.delete(username);
      await this.#ask(new Map(batch));
    }
    this.#busy = false;
  }

  async #ask(batch: Map<string, Waiting[]>): Promise<void> {
    try {
      const rows = await this.#read([...batch.keys()]);
      const found = new Map(rows.map((row) => [row.username, row]));
      for (const row of rows) this.#keep(row);
      for (const [username, all] of batch)
        for (const { resolve } of all) resolve(found.get(username) ?? null);
    } catch (error) {
      for (const all of batch.values()) for (const { reject } of all) reject(error);
    }
  }

  async #read(usernames: string[]): Promise<CredentialRow[]> {
    const { db, county } = this.#options;
    for (;;) {
      const generation = this.#generation;
      const rows = await findCredentials(db, { county, usernames });
      if (generation === this.#generation) return rows;
    }
  }

  #keep(row: CredentialRow): void {
    this.#known.delete(row.username);
    this.#known.set(row.username, { row, at: performance.now() });
    if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value!);
  }
}
