import { expect, test } from 'vitest';
import { fileFailure, programFailure } from './startup-failures.ts';

test.each([
  [
    'initdb: error: could not write to file "pg_wal/xlogtemp.1": No space left on device\ninitdb: removing data',
    'disk-full',
    'The disk is full: there is no room for making the database.',
  ],
  [
    'postgres: error while loading shared libraries: libstdc++.so.6: cannot open shared object file: No such file',
    'no-binaries',
    'The packaged Postgres does not run on this system: the library libstdc++.so.6 is missing.',
  ],
  [
    'spawn /x/bin/initdb ENOENT',
    'no-binaries',
    'The packaged Postgres does not run on this system (spawn /x/bin/initdb ENOENT).',
  ],
  [
    'spawn EPERM',
    'service-user',
    'Postgres does not run as root, and this root may not change to another user: start Fenghuo as an ordinary user.',
  ],
  [
    '2026-01-02 03:04:05.678 UTC [12] LOG:  starting\n2026-01-02 03:04:05.679 UTC [12] FATAL:  lock file "x" already exists\n2026-01-02 03:04:05.679 UTC [12] HINT:  Is another postmaster running?',
    'database-start',
    'Postgres failed at making the database: lock file "x" already exists',
  ],
  ['', 'database-start', 'Postgres failed at making the database: it said nothing'],
])('the output %j becomes one sentence', (output, reason, sentence) => {
  expect(programFailure({ doing: 'making the database', output })).toMatchObject({
    reason,
    message: sentence,
  });
});

test.each([
  ['EACCES', 'folder', 'permission denied'],
  ['EROFS', 'folder', 'read-only'],
  ['ENOSPC', 'disk-full', 'The disk is full'],
])('a file operation that ends in %s is refused as %s', (code, reason, words) => {
  const error = Object.assign(new Error(code), { code, path: '/data/database.json' });
  expect(fileFailure(error, '/data')).toMatchObject({ reason, message: expect.stringContaining(words) });
});

test('a bug is no failure of a file', () => {
  expect(fileFailure(new TypeError('x is undefined'), '/data')).toBeNull();
});
