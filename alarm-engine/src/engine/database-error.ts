/**
 * What to do about an error of the database. `data`: an input does not fit (SQLSTATE classes 22 and 23), the
 * same again would fail again. `lost`: the connection is gone. `transient`: try the batch again.
 */
export type ErrorKind = 'data' | 'lost' | 'transient';

export function errorKind(error: unknown): ErrorKind {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (/^2[23]...$/.test(code)) return 'data';
  if (/^(40|53|55)...$/.test(code)) return 'transient';
  if (code === '' && !(error instanceof Error && /connection|terminat|timeout|socket/i.test(error.message)))
    return 'data';
  return 'lost';
}
