import { expect, test } from 'vitest';
import { StartupError } from '../startup-error.ts';
import { addressOf, connectionFailure, withDatabase } from './connection-failure.ts';

const url = 'postgres://fen%40huo:s%3Acret@db.example:6543/county%201?sslmode=require';
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

test('an address is taken apart, escapes resolved', () => {
  expect(addressOf(url)).toEqual({
    place: 'db.example:6543/county 1',
    user: 'fen@huo',
    password: 's:cret',
    database: 'county 1',
  });
});

test('another database of the same server keeps everything else', () => {
  expect(withDatabase(url, 'a/b')).toBe(
    'postgres://fen%40huo:s%3Acret@db.example:6543/a%2Fb?sslmode=require',
  );
});

test.each(['', 'localhost:5432', 'mysql://a@b/c'])('%j is no address of a database', (address) => {
  expect(() => addressOf(address)).toThrow(StartupError);
});

test.each<[Error, string, string]>([
  [coded('ECONNREFUSED'), 'database-unreachable', 'connection refused'],
  [new AggregateError([coded('ECONNREFUSED')]), 'database-unreachable', 'connection refused'],
  [coded('ENOTFOUND'), 'database-unreachable', 'no such host'],
  [new Error('timeout expired'), 'database-unreachable', 'no answer in time'],
  [new Error('Connection terminated unexpectedly'), 'database-unreachable', 'it hung up'],
  [coded('57P03', 'the database system is starting up'), 'database-unreachable', 'starting up'],
  [coded('28P01', 'password authentication failed'), 'database-refused', 'refuses the user fen@huo'],
  [new Error('The server does not support SSL connections'), 'database-refused', 'SSL'],
])('%s becomes one sentence without the password', (error, reason, words) => {
  const failure = connectionFailure(error, url);
  expect(failure).toMatchObject({ reason, message: expect.stringContaining(words) });
  expect(failure.message).toContain('db.example:6543');
  expect(failure.message).not.toContain('cret');
});
