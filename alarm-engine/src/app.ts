import { access, mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { readOrMakeServerKey } from './access/secrets-file.ts';
import { prepareCounty } from './prepare-county.ts';
import { requirePorts } from './require-ports.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { Station } from './station.ts';
import { startEmbeddedPostgres } from './store/embedded-postgres.ts';
import { migrate } from './store/migrate.ts';
import { createPool } from './store/pool.ts';

export interface AppOptions {
  settings: Settings;
  log: Logger;
  /** Tells the person who started it what is going on, a sentence at a time. */
  tell: (sentence: string) => void;
}

/** How long a stop may take before what is left is abandoned. The database is safe whenever it ends. */
const stopWithinMs = 15_000;

/**
 * Brings a station up in order (database, schema, county, accounts, writer, gateway, web) and down in reverse.
 * Each part that was started leaves its end behind; a failed start ends what had begun.
 */
export class App {
  readonly #options: AppOptions;
  readonly #ends: { what: string; end: () => Promise<unknown> }[] = [];
  #stopped: Promise<void> | null = null;

  constructor(options: AppOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { settings, log, tell } = this.#options;
    const { FENGHUO_HOST: host, FENGHUO_HTTP_PORT, FENGHUO_MQTT_PORT } = settings;
    const FENGHUO_MQTT_TLS_PORT = settings.FENGHUO_MQTT_TLS_CERT ? settings.FENGHUO_MQTT_TLS_PORT : null;
    await requirePorts(host, {
      ...{ FENGHUO_HTTP_PORT, FENGHUO_MQTT_PORT, FENGHUO_MQTT_TLS_PORT },
      FENGHUO_GB26875_PORT: settings.FENGHUO_GB26875_PORT ?? null,
      ...Object.fromEntries(
        (settings.FENGHUO_GB26875_DRILL_PORTS ?? []).map((one) => [
          `FENGHUO_GB26875_DRILL_PORTS (${one})`,
          one,
        ]),
      ),
    });
    const dataFolder = await openDataFolder(settings.FENGHUO_DATA);
    const urls = await this.#openDatabase(dataFolder);
    await migrate({ ...urls, timescale: settings.FENGHUO_TIMESCALE, log });
    const pool = createPool({ url: urls.appUrl, name: 'fenghuo-web', log });
    this.#ends.push({ what: 'database connections', end: () => pool.end() });
    const serverKey = await readOrMakeServerKey(dataFolder);
    await prepareCounty({ settings, pool, ownerUrl: urls.ownerUrl, serverKey, dataFolder, log, tell });
    const station = new Station({
      settings,
      dataFolder,
      pool,
      serverKey,
      appUrl: urls.appUrl,
      ownerUrl: urls.ownerUrl,
      log,
      tell,
      onFenced: () => this.#fenced(),
    });
    this.#ends.push({ what: 'station', end: () => station.stop() });
    await station.start();
  }

  /** Drains and stops everything that was started, the last first, in bounded time. Never rejects. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    const { log } = this.#options;
    const tooLate = new Promise<'late'>((resolve) => setTimeout(resolve, stopWithinMs, 'late').unref());
    for (const { what, end } of this.#ends.reverse()) {
      const outcome = await Promise.race([end().catch((error: unknown) => error), tooLate]);
      if (outcome !== undefined && outcome !== null) log.warn({ outcome }, `${what} did not stop cleanly`);
    }
  }

  async #openDatabase(folder: string): Promise<{ ownerUrl: string; appUrl: string }> {
    const { settings, log, tell } = this.#options;
    const { FENGHUO_DATABASE_URL: appUrl, FENGHUO_OWNER_DATABASE_URL: ownerUrl } = settings;
    if (appUrl !== undefined && ownerUrl !== undefined) return { appUrl, ownerUrl };
    const embedded = await startEmbeddedPostgres({ folder, log, onProgress: (doing) => tell(doing) });
    this.#ends.push({ what: 'embedded database', end: () => embedded.stop() });
    if (embedded.adopted) tell('the database that the last run left behind is adopted');
    return embedded;
  }

  #fenced(): void {
    this.#options.log.fatal('another process has taken over this county; this one ends');
    void this.stop().then(() => process.exit(1));
  }
}

async function openDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await access(folder, 2);
    return folder;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new StartupError('folder', `The data folder ${folder} cannot be written (${code}).`);
  }
}
