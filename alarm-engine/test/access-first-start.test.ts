import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSecret } from '@fenghuo/gateway/admission/secrets.ts';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ensureFirstBridge,
  issueTesterCredential,
  revokeTesterCredentials,
} from '../src/access/credentials.ts';
import { ensureFirstAccounts } from '../src/access/first-accounts.ts';
import { verifyPassword } from '../src/access/passwords.ts';
import { StoredPrincipals } from '../src/access/principal-directory.ts';
import { readSecrets, secretsPath, writeSecrets } from '../src/access/secrets-file.ts';
import { Listener } from '../src/store/listener.ts';
import { createPool } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county, insertSmallCounty, songmen, zeguo } from './small-county.ts';

const log = pino({ level: 'silent' });
const serverKey = Buffer.alloc(32, 3);
let database: TestDatabase;
let pool: pg.Pool;
let dataFolder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.appUrl, name: 'test', log });
  await insertSmallCounty(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'fenghuo-data-'));
});
afterEach(async () => {
  await pool.query('delete from fenghuo.account; delete from fenghuo.credential; delete from fenghuo.drill');
  await rm(dataFolder, { recursive: true });
});

const makeAccounts = (demo: boolean) => ensureFirstAccounts({ pool, county, demo, dataFolder });

test('the first start makes the accounts of the posts; their passwords open them; a second start makes none', async () => {
  expect(await makeAccounts(true)).toBe(true);
  const { accounts } = await readSecrets(dataFolder);
  const posts = ['commander', 'dispatcher', 'wall', 'tester', 'administrator', 'auditor', 'crew'];
  expect(accounts.map(({ account }) => account)).toEqual(posts);
  expect((await stat(secretsPath(dataFolder))).mode & 0o777).toBe(0o600);
  const { rows } = await pool.query('select name, role, area, password_hash from fenghuo.account');
  for (const { account, role, password } of accounts) {
    const row = rows.find(({ name }) => name === account);
    expect(row).toMatchObject({ role, area: county });
    expect(await verifyPassword(row.password_hash, password)).toBe(true);
  }
  expect(await makeAccounts(true)).toBe(false);
  expect((await readSecrets(dataFolder)).accounts).toEqual(accounts);
});

test('a demo has hands for the fire that it offers: the room, the team that would be ordered, and the grid worker of that building', async () => {
  await pool.query(
    `insert into fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities) values
       ('U-grid', $1, 'grid', '331081100203-02', 'U-village', '牧屿 2 网格', 'Grid 2', 121.37, 28.49, '{}'),
       ('U-near', $1, 'team', '331081100', 'U-zeguo', '二队', 'Second', 121.37, 28.488, '{fire}'),
       ('U-police', $1, 'team', '331081100203', 'U-zeguo', '警务站', 'Police', 121.37, 28.49, '{police}')`,
    [county],
  );
  await pool.query(`update fenghuo.device set type = 'smoke' where id = 'H-1'`);
  await makeAccounts(true);
  const { rows } = await pool.query(
    `select name, role, unit, area from fenghuo.account where unit is not null order by name`,
  );
  expect(rows).toEqual([
    { name: 'grid', role: 'grid-worker', unit: 'U-grid', area: '331081100203-02' },
    { name: 'team', role: 'responder', unit: 'U-near', area: zeguo },
    { name: 'township', role: 'dispatcher', unit: 'U-zeguo', area: zeguo },
  ]);
  await pool.query(`delete from fenghuo.unit where id in ('U-grid', 'U-near', 'U-police')`);
});

test('a real county has no simulated crew', async () => {
  await makeAccounts(false);
  expect((await readSecrets(dataFolder)).accounts.map(({ account }) => account)).not.toContain('crew');
});

test('two processes start at once: one set of accounts', async () => {
  const made = await Promise.all([makeAccounts(true), makeAccounts(true)]);
  expect(made.sort()).toEqual([false, true]);
  const { rows } = await pool.query(`select password_hash from fenghuo.account where name = 'wall'`);
  const wall = (await readSecrets(dataFolder)).accounts.find(({ account }) => account === 'wall');
  expect(await verifyPassword(rows[0].password_hash, wall?.password ?? '')).toBe(true);
});

test('the file cannot be written: no accounts that nobody could open', async () => {
  const nowhere = join(secretsPath(dataFolder), 'in-a-file');
  await writeSecrets(dataFolder, { accounts: [], mqtt: [] });
  await expect(ensureFirstAccounts({ pool, county, demo: true, dataFolder: nowhere })).rejects.toMatchObject({
    reason: 'folder',
  });
  expect((await pool.query('select from fenghuo.account')).rowCount).toBe(0);
});

function credentials() {
  return { db: pool, county, serverKey };
}

async function startPrincipals(areas: Record<string, string> = {}) {
  const listener = new Listener({ databaseUrl: database.appUrl, name: 'fenghuo gateway', log });
  const areaOf = (deviceId: string) => areas[deviceId] ?? null;
  const principals = new StoredPrincipals({
    db: pool,
    listener,
    county,
    serverKey,
    areaOf,
    log,
    onEnded: () => {},
  });
  principals.start();
  await listener.start();
  const connect = (username: string, secret: string, clientId = 'any') =>
    principals.authenticate({ username, password: Buffer.from(secret), clientId });
  return { connect, stop: () => listener.stop() };
}

async function insertCredential(username: string, kind: 'device' | 'bridge', reach: object): Promise<void> {
  const { device, area, clientId } = { device: null, area: null, clientId: null, ...reach };
  await pool.query(
    `insert into fenghuo.credential (username, county, kind, secret_hash, device, area, client_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [username, county, kind, hashSecret(serverKey, 'right'), device, area, clientId],
  );
}

test('the demo bridge keeps its secret while file and database agree, and mends itself when not', async () => {
  const first = await ensureFirstBridge({ ...credentials(), demo: true }, dataFolder);
  expect(await ensureFirstBridge({ ...credentials(), demo: true }, dataFolder)).toEqual(first);
  expect((await readSecrets(dataFolder)).mqtt).toMatchObject([first]);
  await rm(secretsPath(dataFolder));
  const second = await ensureFirstBridge({ ...credentials(), demo: true }, dataFolder);
  expect(second.secret).not.toBe(first.secret);
  const otherKey = { ...credentials(), serverKey: Buffer.alloc(32, 4) };
  expect((await ensureFirstBridge({ ...otherKey, demo: true }, dataFolder)).secret).not.toBe(second.secret);
  expect((await readSecrets(dataFolder)).mqtt).toHaveLength(1);
});

test('the demo bridge speaks for every device of the county, and for those that nobody registered', async () => {
  const { username, secret } = await ensureFirstBridge({ ...credentials(), demo: true }, dataFolder);
  const gateway = await startPrincipals({ 'S-1': `${zeguo}203-02`, elsewhere: '331082100' });
  const principal = await gateway.connect(username, secret);
  if ('refused' in principal) throw new Error(principal.refused);
  expect(principal).toMatchObject({ kind: 'bridge', name: 'bridge:demo-bridge', run: null, county });
  expect(['S-1', 'never-seen', 'elsewhere'].map((id) => principal.mayPublish(id))).toEqual([
    true,
    true,
    true,
  ]);
  await gateway.stop();
});

test('a bridge of a township does not speak for another’s devices; a device speaks for itself', async () => {
  await insertCredential('north', 'bridge', { area: zeguo });
  await insertCredential('S-1', 'device', { device: 'S-1', clientId: 'S-1' });
  const gateway = await startPrincipals({ own: `${zeguo}203-02`, other: songmen });
  const bridge = await gateway.connect('north', 'right');
  const device = await gateway.connect('S-1', 'right', 'S-1');
  if ('refused' in bridge || 'refused' in device) throw new Error('refused');
  expect(['own', 'other', 'never-seen'].map((id) => bridge.mayPublish(id))).toEqual([true, false, true]);
  expect(['S-1', 'S-2'].map((id) => device.mayPublish(id))).toEqual([true, false]);
  expect(await gateway.connect('S-1', 'right', 'thief')).toEqual({ refused: 'client-id-mismatch' });
  expect(await gateway.connect('S-1', 'wrong', 'S-1')).toEqual({ refused: 'wrong-secret' });
  expect(await gateway.connect('nobody', 'right')).toEqual({ refused: 'unknown-principal' });
  await gateway.stop();
});

async function setDrill(run: string, endedAt: number | null): Promise<void> {
  await pool.query(
    `insert into fenghuo.drill (id, county, doc) values ($1, $2, $3) on conflict (id) do update set doc = excluded.doc`,
    [run, county, { id: run, startedAt: noon, endedAt }],
  );
}

test('a tester speaks in its drill; taken away, it is silenced on the connection that it has', async () => {
  await setDrill('drill-1', null);
  const { username, secret } = await issueTesterCredential(credentials(), 'drill-1');
  const gateway = await startPrincipals();
  const principal = await gateway.connect(username, secret);
  if ('refused' in principal) throw new Error(principal.refused);
  expect(principal).toMatchObject({ kind: 'tester', run: 'drill-1' });
  expect(principal.mayPublish('S-1')).toBe(true);
  await revokeTesterCredentials(credentials(), 'drill-1', noon);
  await expect.poll(() => principal.mayPublish('S-1')).toBe(false);
  expect(await gateway.connect(username, secret)).toEqual({ refused: 'revoked' });
  await gateway.stop();
});

test('a tester dies with its drill, though nobody took the credential away', async () => {
  await setDrill('drill-1', null);
  const { username, secret } = await issueTesterCredential(credentials(), 'drill-1');
  await setDrill('drill-1', noon);
  const gateway = await startPrincipals();
  expect(await gateway.connect(username, secret)).toEqual({ refused: 'revoked' });
  await gateway.stop();
});

test('a revocation missed while the gateway’s connection was lost is made up for', async () => {
  await setDrill('drill-1', null);
  const { username, secret } = await issueTesterCredential(credentials(), 'drill-1');
  const gateway = await startPrincipals();
  const principal = await gateway.connect(username, secret);
  if ('refused' in principal) throw new Error(principal.refused);
  await pool.query('update fenghuo.credential set revoked_at = now()');
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'fenghuo gateway' and datname = current_database()`,
  );
  await expect.poll(() => principal.mayPublish('S-1'), { timeout: 5000 }).toBe(false);
  await gateway.stop();
});

test('a county that reconnects at once is a few statements', async () => {
  const devices = Array.from({ length: 2000 }, (_, i) => `D-${i}`);
  await pool.query(
    `insert into fenghuo.credential (username, county, kind, secret_hash, device)
     select name, $1, 'device', $2, name from unnest($3::text[]) as name`,
    [county, hashSecret(serverKey, 'right'), devices],
  );
  let statements = 0;
  const counting = {
    query: (...args: Parameters<typeof pool.query>) => {
      statements += 1;
      return pool.query(...args);
    },
  } as unknown as typeof pool;
  const listener = new Listener({ databaseUrl: database.appUrl, name: 'unused', log });
  const areaOf = () => null;
  const principals = new StoredPrincipals({
    db: counting,
    listener,
    county,
    serverKey,
    areaOf,
    log,
    onEnded: () => {},
  });
  const connect = (username: string) =>
    principals.authenticate({
      username,
      password: Buffer.from('right'),
      clientId: 'x',
    });
  const outcomes = await Promise.all([...devices, 'nobody', ...devices].map(connect));
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'unknown-principal' }]);
  expect(statements).toBeLessThan(10);
});

test('the database is away: trying again helps', async () => {
  const gateway = await startPrincipals();
  await gateway.stop();
  const gone = createPool({ url: 'postgres://nobody@127.0.0.1:1/none', name: 'test', log });
  const listener = new Listener({ databaseUrl: '', name: 'unused', log });
  const principals = new StoredPrincipals({
    db: gone,
    listener,
    county,
    serverKey,
    areaOf: () => null,
    log,
    onEnded: () => {},
  });
  const credential = { username: 'a', password: Buffer.from('b'), clientId: 'c' };
  expect(await principals.authenticate(credential)).toEqual({ refused: 'unavailable' });
  await gone.end();
});
