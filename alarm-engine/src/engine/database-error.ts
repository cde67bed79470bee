/**
 * What to do about an error while a batch is stored. `lost`: the connection or the server is gone, connect
 * again. `transient`: the same again may pass, if only when somebody has put the database right (full, read-only,
 * damaged, a right taken away). `input`: one of the inputs cannot be stored or decided on, be it its data (SQLSTATE
 * class 22), a constraint, or a fault of ours; the same again would fail again.
 */
export type ErrorKind = 'input' | 'lost' | 'transient';

export function errorKind(error: unknown): ErrorKind {
  const code = errorCodeOf(error);
  if (/^(08...|57P0.|25P0[34]|E(?!RR_)[A-Z]+|ERR_(SSL|TLS)_.*)$/.test(code)) return 'lost';
  if (/^((25|28|3D|40|53|55|57|58|F0)...|42501|XX00[12])$/.test(code)) return 'transient';
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
