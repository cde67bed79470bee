/**
 * What to do about an error while a batch is stored. `lost`: the connection or the server is gone, connect
 * again. `transient`: the same again may pass. `input`: one of the inputs cannot be stored or decided on, be it
 * its data (SQLSTATE class 22), a constraint, or a fault of ours; the same again would fail again.
 */
export type ErrorKind = 'input' | 'lost' | 'transient';

export function errorKind(error: unknown): ErrorKind {
  const code = errorCodeOf(error);
  if (/^(08...|57P0.|25P03|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/.test(code)) return 'lost';
  if (/^(40|53|55|57)...$/.test(code)) return 'transient';
  if (code !== '') return 'input';
  const words = error instanceof Error ? error.message : '';
  return /connection (terminated|ended|error)|not queryable|timeout|cannot be reached|socket/i.test(words)
    ? 'lost'
    : 'input';
}

/** True when the data itself do not fit the database, whatever the world around them is. */
export function isDataError(error: unknown): boolean {
  return errorCodeOf(error).startsWith('22');
}

function errorCodeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
