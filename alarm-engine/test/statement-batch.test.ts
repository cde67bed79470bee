import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { runStatements, type Statement } from '../src/store/statement-batch.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connectClient({ url: database.ownerUrl, name: 'batches', pipeline: true });
  await client.query('create table pair (a integer primary key, b text)');
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const insert = (a: number, b: string | null): Statement => ({
  name: 'insert-pair',
  text: 'insert into pair values ($1, $2) returning a, b',
  values: [a, b],
});
const list: Statement = { name: 'list-pairs', text: 'select a, b from pair order by a' };
const one = (name: string): Statement => ({ name, text: name });

test('each statement gets its own rows, in order; bytes and null arrive as they are', async () => {
  const bytes: Statement = {
    name: 'bytes',
    text: 'select $1::bytea, $2::text',
    values: [Buffer.from([0, 255]), null],
  };
  expect(await runStatements(client, [insert(1, 'x'), insert(2, null), list, bytes])).toEqual([
    [['1', 'x']],
    [['2', null]],
    [
      ['1', 'x'],
      ['2', null],
    ],
    [['\\x00ff', null]],
  ]);
});

test('one fails: those before and behind it are undone, the connection and what it prepared are of use', async () => {
  const wrong: Statement = { name: 'wrong', text: 'select 1 / $1::int', values: [0] };
  const later: Statement = { name: 'later', text: 'select 7' };
  await expect(
    runStatements(client, [one('begin'), insert(10, 'a'), wrong, later, one('commit')]),
  ).rejects.toThrow('division by zero');
  await client.query('rollback');
  expect(await runStatements(client, [later, list, insert(11, 'b')])).toHaveLength(3);
  expect((await client.query('select a from pair where a >= 10')).rows).toEqual([{ a: 11 }]);
});

test('a statement that cannot be prepared fails alone and can be said right', async () => {
  await expect(runStatements(client, [insert(20, ''), { name: 'broken', text: 'selekt' }])).rejects.toThrow(
    'syntax',
  );
  expect(await runStatements(client, [insert(20, ''), { name: 'broken', text: 'select 1' }])).toEqual([
    [['20', '']],
    [['1']],
  ]);
});

test('a COPY of a megabyte that breaks off in its first row: what was sent behind it is dropped', async () => {
  const data = Buffer.from(`${'1\tagain\n'.repeat(130_000)}`);
  const copy: Statement = { name: 'copy-pairs', text: 'copy pair from stdin', copy: data };
  await expect(
    runStatements(client, [one('begin'), copy, insert(30, 'c'), one('commit')]),
  ).rejects.toMatchObject({
    code: '23505',
  });
  await client.query('rollback');
  const good: Statement = { ...copy, copy: Buffer.from('31\tfine\n') };
  expect(await runStatements(client, [good, list])).toHaveLength(2);
  expect((await client.query('select b from pair where a >= 30')).rows).toEqual([{ b: 'fine' }]);
});

test('batches, and plain queries between them, on one connection without waiting: answered in order', async () => {
  const answers = await Promise.all([
    runStatements(client, [{ name: 'first', text: 'select 1' }]),
    client.query('select 2 as n').then(({ rows }) => rows),
    runStatements(client, [{ name: 'third', text: 'select 3' }]),
  ]);
  expect(answers).toEqual([[[['1']]], [{ n: 2 }], [[['3']]]]);
});

test('the connection ends in the middle: the batch is refused', async () => {
  const other = await connectClient({ url: database.ownerUrl, name: 'cut off', pipeline: true });
  const cut = runStatements(other, [
    { name: 'end', text: 'select pg_terminate_backend(pg_backend_pid())' },
    { name: 'never', text: 'select 1' },
  ]);
  await expect(cut).rejects.toThrow(/terminat/);
  await other.end().catch(() => {});
});
