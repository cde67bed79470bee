import pg from 'pg';
import type { Logger } from 'pino';
import { connectionFailure } from './connection-failure.ts';

/**
 * How values of the database become values of JavaScript: `bigint` columns as a number where that is exact
 * (numbers of logs), as a BigInt beyond (`event.ident` is a 64-bit hash, and so may be either); everything
 * else as `pg` does it, `timestamptz` as a Date.
 */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, exactInteger);

export function exactInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A host that vanished without a word is noticed by probes, the first after this silence. Milliseconds. */
const keepalive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
/** Milliseconds. */
const connectionTimeoutMillis = 5000;

export interface PoolOptions {
  url: string;
  /** Shown as `application_name` in pg_stat_activity. */
  name: string;
  log: Logger;
  /** The web needs few: its statements are short. */
  size?: number;
}

/**
 * Connections for the web, made when they are needed. End it with `pool.end()`. One that is lost while somebody has
 * it fails their statement, and needs no other word.
 */
export function createPool({ url, name, log, size = 8 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...{ connectionString: url, application_name: name, max: size, types },
    ...{ connectionTimeoutMillis, idleTimeoutMillis: 30_000, ...keepalive },
  });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log.warn({ err: error, pool: name }, 'an idle database connection was lost'));
  return pool;
}

export interface ConnectionOptions {
  url: string;
  /** Shown as `application_name` in pg_stat_activity. */
  name: string;
  /** Told once when the connection is lost; statements under way and later ones are refused anyway. */
  onLost?: (error: Error) => void;
  /** Settings of Postgres for this session, such as `lock_timeout`. */
  settings?: Readonly<Record<string, string>>;
  /** A statement without an answer for this long fails, and the connection with it: a half-open one is noticed. */
  answerWithinMs?: number;
  /** Statements are sent at once, behind those that are under way, and answered in order. */
  pipeline?: boolean;
}

/**
 * One connection of its own, for who holds a transaction, a lease or a LISTEN. A failure to connect is a
 * StartupError that names the place and the user.
 */
export async function connectClient({
  onLost = () => {},
  ...options
}: ConnectionOptions): Promise<pg.Client> {
  const { url } = options;
  const client = openClient(options);
  try {
    await client.connect();
  } catch (error) {
    throw connectionFailure(error, url);
  }
  client.once('error', onLost);
  return client;
}

/** As {@link connectClient}, not yet connected, for who must tell failures apart. */
export function openClient(options: Omit<ConnectionOptions, 'onLost'>): pg.Client {
  const { url, name, settings = {}, answerWithinMs, pipeline = false } = options;
  const client = new pg.Client({
    ...{ connectionString: url, application_name: name, types, pipeline },
    ...{ connectionTimeoutMillis, ...keepalive },
    options: Object.entries(settings)
      .map(([setting, value]) => `-c ${setting}=${value}`)
      .join(' '),
    ...(answerWithinMs === undefined ? {} : { query_timeout: answerWithinMs }),
  });
  client.on('error', () => {});
  return client;
}
