import { expect, test } from 'vitest';
import { isPostmasterOf } from './postmaster.ts';

test.each([
  ['/opt/postgres-18/bin/postgres -D /data/postgres/data ', true],
  ['"C:\\Program Files\\pg\\bin\\postgres.exe" -D "/data/postgres/data"', true],
  ['/opt/postgres-18/bin/postgres -D /data/postgres/data2', false],
  ['postgres: fenghuo_owner fenghuo 127.0.0.1(4711) idle', false],
  ['less /data/postgres/data/postmaster.pid', false],
  ['node server.ts', false],
])('%j is the postmaster of the folder: %s', (commandLine, expected) => {
  expect(isPostmasterOf(commandLine, '/data/postgres/data')).toBe(expected);
});
