import { randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { withDatabase } from '../src/store/connection-failure.ts';
import { migrate } from '../src/store/migrate.ts';
import { migrationFolder } from '../src/store/migration-files.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;
let folder: string;
/** Made by a test on the server, and dropped after it. */
const madeDatabases: string[] = [];
const madeRoles: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectClient({ url: database.ownerUrl, name: 'test owner' });
  app = await connectClient({ url: database.appUrl, name: 'test app' });
});
afterAll(async () => {
  await owner.end();
  await app.end();
  await database.drop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-sql-'));
  cpSync(migrationFolder, folder, { recursive: true });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  for (const name of madeDatabases.splice(0))
    await owner.query(`drop database if exists ${name} with (force)`);
  for (const name of madeRoles.splice(0)) await owner.query(`drop role if exists ${name}`);
});

const again = (change: Partial<Parameters<typeof migrate>[0]> = {}) =>
  migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, log, folder, ...change });

/** An address like another, with another user or another port. */
function changed(url: string, change: { username?: string; password?: string; port?: string }): string {
  return Object.assign(new URL(url), change).href;
}

const lastFile = () => readdirSync(folder).sort().at(-1)!;

test('migrated twice: the second time there is nothing to do', async () => {
  expect(await again()).toEqual([]);
});

test('a server without the database: it is made, with its login, and all files are applied', async () => {
  const name = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  madeDatabases.push(name);
  madeRoles.push(`${name}_app`);
  const ownerUrl = withDatabase(inject('testServer').ownerUrl, name);
  const appUrl = changed(ownerUrl, { username: `${name}_app`, password: 'its "own" \\ p@ss' });
  expect(await again({ ownerUrl, appUrl })).toEqual(readdirSync(folder).sort());
  expect(await again({ ownerUrl, appUrl })).toEqual([]);
});

test('two servers migrate at once: each file is applied once', async () => {
  const name = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  madeDatabases.push(name);
  const [ownerUrl, appUrl] = [withDatabase(database.ownerUrl, name), withDatabase(database.appUrl, name)];
  const applied = await Promise.all([again({ ownerUrl, appUrl }), again({ ownerUrl, appUrl })]);
  expect(applied.flat().sort()).toEqual(readdirSync(folder).sort());
});

test('refused: an applied file was changed', async () => {
  appendFileSync(join(folder, '0002-events.sql'), '-- a harmless remark\n');
  await expect(again()).rejects.toMatchObject({
    reason: 'migration',
    message: expect.stringMatching(/^The migration 0002-events\.sql was changed .*\.$/),
  });
});

test('refused: the database was made by a newer version', async () => {
  rmSync(join(folder, lastFile()));
  await expect(again()).rejects.toMatchObject({
    reason: 'database-newer',
    message: expect.stringMatching(/^The database at .* was made by a newer Fenghuo .*\.$/),
  });
});

test('a file that fails is named and leaves nothing behind', async () => {
  const next = `${String(readdirSync(folder).length + 1).padStart(4, '0')}-broken.sql`;
  writeFileSync(join(folder, next), 'create table fenghuo.half (a integer);\nselect 1 / 0;');
  await expect(again()).rejects.toMatchObject({
    reason: 'migration',
    message: expect.stringContaining(`${next} failed: division by zero`),
  });
  expect((await owner.query(`select to_regclass('fenghuo.half') as half`)).rows).toEqual([{ half: null }]);
});

test('refused: a wrong password, without showing it', async () => {
  const ownerUrl = changed(database.ownerUrl, { password: 'guessed' });
  const refusal = await again({ ownerUrl }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    reason: 'database-refused',
    message: expect.stringContaining('password authentication failed'),
  });
  expect(String(refusal)).not.toContain('guessed');
});

test('refused: nobody listens there', async () => {
  await expect(again({ ownerUrl: changed(database.ownerUrl, { port: '1' }) })).rejects.toMatchObject({
    reason: 'database-unreachable',
    message: expect.stringMatching(/^The database at .*:1\/\w+ cannot be reached: connection refused\.$/),
  });
});

test('refused: the address is none', async () => {
  await expect(again({ ownerUrl: 'localhost:5432' })).rejects.toMatchObject({ reason: 'setting' });
});

test('refused: an owner who may not make roles, with the statements for who may', async () => {
  const weak = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  madeRoles.push(weak);
  await owner.query(`create role ${weak} login password 'weak'`);
  await owner.query(`grant all on table public.fenghuo_migration to ${weak}`);
  const ownerUrl = changed(database.ownerUrl, { username: weak, password: 'weak' });
  const appUrl = changed(database.appUrl, { username: 'nobody_yet' });
  await expect(again({ ownerUrl, appUrl })).rejects.toMatchObject({
    reason: 'database-rights',
    message: expect.stringContaining('grant fenghuo_app to "nobody_yet";'),
  });
  await owner.query(`drop owned by ${weak}`);
});

test('refused: a server that runs as the owner could bend the record', async () => {
  await expect(again({ appUrl: database.ownerUrl })).rejects.toMatchObject({
    reason: 'database-rights',
    message: expect.stringContaining('can change the audit record'),
  });
});

test.each([
  `update fenghuo.audit set actor = 'another'`,
  'delete from fenghuo.audit',
  'truncate fenghuo.audit',
  `update fenghuo.audit_link set digest = ''`,
  'delete from fenghuo.audit_link',
  'delete from fenghuo.event',
  `update fenghuo.event set state = 'normal'`,
  'drop table fenghuo.audit',
  'alter table fenghuo.audit disable trigger all',
])('the server may not: %s', async (statement) => {
  await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('the server may add to the record and read it', async () => {
  await app.query(
    `insert into fenghuo.audit (county, no, batch, at, actor, role, seat, act, subject, area, reason, detail)
     values ('331081', 1, 1, now(), 'engine', '', '', 'raise', 'A1', '331081', '', '{}')`,
  );
  expect((await app.query('select from fenghuo.audit')).rowCount).toBe(1);
});

test('the mark of demo data cannot be unset, not even by the owner', async () => {
  await owner.query(`insert into fenghuo.county values ('331081', '温岭市', 'Wenling', 'WL', 1, true)`);
  for (const client of [app, owner])
    await expect(client.query(`update fenghuo.county set demo = false`)).rejects.toMatchObject({
      code: '23514',
    });
  await expect(app.query('delete from fenghuo.county')).rejects.toMatchObject({ code: '42501' });
});
