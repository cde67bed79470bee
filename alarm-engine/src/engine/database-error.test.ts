import { expect, test } from 'vitest';
import { errorKind, isDataError } from './database-error.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ['22P05', 'input'],
  ['23505', 'input'],
  ['42P01', 'input'],
  ['XX000', 'input'],
  ['ERR_INVALID_ARG_TYPE', 'input'],
  ['40001', 'transient'],
  ['53100', 'transient'],
  ['57014', 'transient'],
  ['57P01', 'lost'],
  ['08006', 'lost'],
  ['25P03', 'lost'],
  ['ECONNREFUSED', 'lost'],
  ['ENETUNREACH', 'lost'],
  ['EMFILE', 'lost'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'lost'],
  ['25006', 'transient'],
  ['28P01', 'transient'],
  ['42501', 'transient'],
  ['58030', 'transient'],
  ['XX001', 'transient'],
  ['54000', 'input'],
])('code %s is %s', (code, kind) => {
  expect(errorKind(withCode(code))).toBe(kind);
});

test('a fault of ours is about an input; a connection that broke is lost', () => {
  expect(errorKind(new TypeError('x is undefined'))).toBe('input');
  expect(errorKind(new Error('Connection terminated unexpectedly'))).toBe('lost');
  expect(errorKind(new Error('Query read timeout'))).toBe('lost');
});

test('only class 22 blames the data', () => {
  expect([isDataError(withCode('22P05')), isDataError(withCode('23505')), isDataError(new Error())]).toEqual([
    true,
    false,
    false,
  ]);
});
