import type { DialectName } from '@fenghuo/gateway/codecs/dialect.ts';
import type { ForeignIdentities } from '@fenghuo/gateway/codecs/foreign-identities.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { loadForeignIdentities } from '../store/sql/load-foreign-identities.ts';

export interface StoredIdentitiesOptions {
  db: Queryable;
  county: string;
  /** Hears of changes. Started by the caller, after {@link StoredIdentities.start}. */
  listener: Listener;
  log: Logger;
}

/** The foreign names of registered devices in memory, read anew when one of them changes. */
export class StoredIdentities implements ForeignIdentities {
  readonly #options: StoredIdentitiesOptions;
  #devices: ReadonlyMap<string, string> = new Map();
  #loads = 0;

  constructor(options: StoredIdentitiesOptions) {
    this.#options = options;
  }

  /** Rejects when the table cannot be read: nothing must come in under a name that means another device. */
  async start(): Promise<void> {
    const { listener } = this.#options;
    listener.on('fenghuo_foreign_identity', () => void this.#reload());
    listener.onResume(() => void this.#reload());
    await this.#load();
  }

  deviceOf(dialect: DialectName, entity: string): string | null {
    return this.#devices.get(`${dialect} ${entity}`) ?? null;
  }

  async #load(): Promise<void> {
    const { db, county } = this.#options;
    const load = ++this.#loads;
    const rows = await loadForeignIdentities(db, county);
    if (load !== this.#loads) return;
    this.#devices = new Map(
      rows.map(({ dialect, foreignId, device }) => [`${dialect} ${foreignId}`, device]),
    );
  }

  async #reload(): Promise<void> {
    await this.#load().catch((error: unknown) =>
      this.#options.log.warn({ err: error }, 'changed names of foreign devices could not be read'),
    );
  }
}
