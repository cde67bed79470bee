import { StartupError } from '../startup-error.ts';

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut off',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be resolved',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'the network is unreachable',
  '57P03': 'it is starting up or shutting down',
  '53300': 'it has no connection left',
};

/** SQLSTATE of a database error or code of a system error. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Puts a failed connection into one sentence that names place and user, never the password. */
export function connectionFailure(error: unknown, url: string): StartupError {
  const { place, user } = addressOf(url);
  const message = error instanceof Error ? error.message : String(error);
  const because =
    unreachable[errorCode(error) ?? ''] ?? (/timeout/i.test(message) ? 'no answer in time' : null);
  if (because !== null || /Connection terminated/.test(message))
    return new StartupError(
      'database-unreachable',
      `The database at ${place} cannot be reached: ${because ?? 'it hung up'}.`,
    );
  return new StartupError(
    'database-refused',
    `The database at ${place} refuses the user ${user}: ${message}.`,
    {
      cause: error,
    },
  );
}

export interface DatabaseAddress {
  /** Such as `db.example:5432/fenghuo`. */
  place: string;
  user: string;
  password: string;
  database: string;
}

/** Parts of a `postgres://user:password@host:port/database` address. */
export function addressOf(url: string): DatabaseAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new StartupError(
      'setting',
      'The address of the database is none: expected postgres://user:password@host:port/database.',
    );
  const database = decodeURIComponent(parsed.pathname.slice(1)) || 'postgres';
  return {
    place: `${parsed.hostname || 'localhost'}:${parsed.port || 5432}/${database}`,
    user: decodeURIComponent(parsed.username) || 'postgres',
    password: decodeURIComponent(parsed.password),
    database,
  };
}

/** The same server, user and password, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}
