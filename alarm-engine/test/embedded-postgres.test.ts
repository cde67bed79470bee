import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { connectClient } from '../src/store/pool.ts';
import { commandLineOf } from '../src/store/process-command-line.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Each test finds a stopped cluster with one row in `kept`, and leaves it stopped. */
const temporary = makeTemporaryFolder();
const folder = join(temporary.path, 'data');
const systemFolder = join(temporary.path, 'system');
const log = pino({ level: 'silent' });
const script = fileURLToPath(new URL('database-process.ts', import.meta.url));

let first: EmbeddedPostgres;
let running: EmbeddedPostgres | null = null;
const children = new Set<ChildProcess>();

async function start(): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ folder, systemFolder, log });
  return running;
}

async function stop(): Promise<void> {
  const stopping = running;
  running = null;
  await stopping?.stop();
}

/** A server in a process of its own: what it said first. */
async function startProcess(options: { user?: number; folder?: string } = {}) {
  const child = spawn(process.execPath, [script, options.folder ?? folder, systemFolder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  children.add(child);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return { child, said: JSON.parse(line) as EmbeddedPostgres & { reason?: string; sentence?: string } };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  process.kill(child.pid!, signal);
  await gone;
}

async function ask<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = await connectClient({ url, name: 'test' });
  return (await client.query<R>(statement).finally(() => client.end())).rows;
}

const keptRows = ({ ownerUrl }: EmbeddedPostgres) => ask(ownerUrl, 'select note from kept');
const pidFile = () => join(first.clusterFolder, 'data', 'postmaster.pid');
const postmasterPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
const databaseFile = join(folder, 'database.json');

async function untilDead(pid: number): Promise<void> {
  while ((await commandLineOf(pid)) !== null) await delay(10);
}

beforeAll(async () => {
  first = await start();
  await migrate({ ...first, log });
  await ask(
    first.ownerUrl,
    `create table kept (note text); insert into kept values ('from the first start')`,
  );
  await stop();
});

afterEach(async () => {
  await stop();
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) await kill(child, 'SIGKILL');
  children.clear();
});

afterAll(() => temporary.remove());

test('first start, stop, start: it finds its data and goes on with it', async () => {
  expect(first).toMatchObject({ firstStart: true, adopted: false });
  const again = await start();
  expect(again).toMatchObject({
    firstStart: false,
    adopted: false,
    ownerUrl: first.ownerUrl,
    appUrl: first.appUrl,
  });
  expect(await keptRows(again)).toEqual([{ note: 'from the first start' }]);
});

test('what makes a commit durable is on, and nobody outside this machine can connect', async () => {
  const { ownerUrl } = await start();
  const rows = await ask<{ name: string; setting: string }>(
    ownerUrl,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
      'listen_addresses', 'unix_socket_directories', 'server_encoding', 'TimeZone', 'data_checksums')`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    server_encoding: 'UTF8',
    TimeZone: 'UTC',
  });
});

test('the passwords are readable by their owner only', () => {
  expect(statSync(databaseFile).mode & 0o777).toBe(0o600);
  expect(statSync(join(first.clusterFolder, 'data')).mode & 0o077).toBe(0);
});

test('server killed with -9, start: the living database is adopted, and stopped at the end', async () => {
  const { child } = await startProcess();
  const pid = postmasterPid();
  await kill(child, 'SIGKILL');
  const again = await start();
  expect(again).toMatchObject({ adopted: true, firstStart: false });
  expect(postmasterPid()).toBe(pid);
  expect(await keptRows(again)).toHaveLength(1);
  await stop();
  expect(await commandLineOf(pid)).toBeNull();
});

test('Ctrl-C reaches our whole process group, not the database', async () => {
  const { child } = await startProcess();
  const pid = postmasterPid();
  const gone = once(child, 'exit');
  process.kill(-child.pid!, 'SIGINT');
  await gone;
  expect(await commandLineOf(pid)).toContain('postgres');
  expect((await start()).adopted).toBe(true);
});

test('server and database killed with -9, start: it recovers what was committed', async () => {
  const { child, said } = await startProcess();
  await ask(said.ownerUrl, `insert into kept values ('committed')`);
  const pid = postmasterPid();
  process.kill(pid, 'SIGKILL');
  await kill(child, 'SIGKILL');
  await untilDead(pid);
  const again = await start();
  expect(again.adopted).toBe(false);
  expect(await keptRows(again)).toHaveLength(2);
  await ask(again.ownerUrl, `delete from kept where note = 'committed'`);
});

/** Another program of the user that Postgres runs as: the one that could fool it. */
async function startOther(): Promise<number> {
  const { uid, gid } = statSync(first.clusterFolder);
  const other = spawn('sleep', ['1000'], { uid, gid, cwd: '/', stdio: 'ignore' });
  children.add(other);
  await once(other, 'spawn');
  return other.pid!;
}

test.each([
  ['of a process that is gone', async () => spawnSync('true').pid],
  ['of another program that was given its number', startOther],
])('a pid file %s is replaced', async (_, pid) => {
  const lines = [await pid(), join(first.clusterFolder, 'data'), 1, 1, '', '127.0.0.1', '', 'ready'];
  writeFileSync(pidFile(), `${lines.join('\n')}\n`);
  expect((await start()).adopted).toBe(false);
});

test('its port is taken by another program: it takes another one and remembers it', async () => {
  const taken = Number(new URL(first.ownerUrl).port);
  const squatter = createServer().listen(taken, '127.0.0.1');
  await once(squatter, 'listening');
  const moved = new URL((await start()).ownerUrl).port;
  await stop();
  squatter.close();
  expect(Number(moved)).not.toBe(taken);
  expect(new URL((await start()).ownerUrl).port).toBe(moved);
});

test('a second server on the same folder is refused while the first lives', async () => {
  await startProcess();
  await expect(start()).rejects.toMatchObject({
    reason: 'already-running',
    message: expect.stringContaining('stop it first'),
  });
});

test('refused: the data folder lies under a file', async () => {
  writeFileSync(join(temporary.path, 'file'), '');
  await expect(
    startEmbeddedPostgres({ folder: join(temporary.path, 'file', 'data'), systemFolder, log }),
  ).rejects.toMatchObject({
    reason: 'folder',
    message: expect.stringContaining('a part of the path is a file'),
  });
});

/** Tries a start while a file has another content, then puts the file back. */
async function startWhile(file: string, change: (content: Buffer) => Buffer | string): Promise<unknown> {
  const whole = readFileSync(file);
  writeFileSync(file, change(whole));
  return start()
    .catch((error: unknown) => error)
    .finally(() => writeFileSync(file, whole));
}

test('refused: the data belong to another major version', async () => {
  const file = join(first.clusterFolder, 'data', 'PG_VERSION');
  expect(await startWhile(file, () => '17\n')).toMatchObject({
    reason: 'database-version',
    message: expect.stringContaining('made by Postgres 17'),
  });
});

test('refused: database.json is damaged', async () => {
  expect(await startWhile(databaseFile, (whole) => whole.subarray(0, 40))).toMatchObject({
    reason: 'database-refused',
    message: expect.stringContaining('is damaged'),
  });
});

test('refused: an orphan that does not know the password of database.json', async () => {
  const { child } = await startProcess();
  await kill(child, 'SIGKILL');
  const wrong = (whole: Buffer) =>
    whole.toString().replace(/"ownerPassword": "\w+"/, '"ownerPassword": "wrong"');
  expect(await startWhile(databaseFile, wrong)).toMatchObject({
    reason: 'database-refused',
    message: expect.stringContaining('does not accept the password'),
  });
  expect((await start()).adopted).toBe(true);
});

test('refused: the database does not start; its last word is in the sentence', async () => {
  const hba = join(first.clusterFolder, 'data', 'pg_hba.conf');
  expect(await startWhile(hba, () => 'nonsense\n')).toMatchObject({
    reason: 'database-start',
    message: expect.stringMatching(/could not load .*pg_hba.conf/),
  });
});

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)(
  'as root: Postgres runs as a service user, on a copy that every user can read',
  async () => {
    await start();
    const pid = postmasterPid();
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    expect((await commandLineOf(pid))?.startsWith(systemFolder)).toBe(true);
  },
);

test.runIf(isRoot)('as root, under a closed home: first start and second start', async () => {
  const closed = join(temporary.path, 'home');
  mkdirSync(join(closed, 'clone'), { recursive: true, mode: 0o700 });
  for (const firstStart of [true, false]) {
    const up = await startEmbeddedPostgres({ folder: join(closed, 'clone', 'data'), systemFolder, log });
    await up.stop();
    expect(up.firstStart).toBe(firstStart);
  }
});

test.runIf(isRoot)(
  'as root, server killed, data folder thrown away: begins anew, ends and keeps the old cluster',
  async () => {
    const other = join(temporary.path, 'other');
    const { child, said } = await startProcess({ folder: other });
    const pid = Number(
      readFileSync(join(said.clusterFolder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    await kill(child, 'SIGKILL');
    rmSync(other, { recursive: true });
    const after = await startEmbeddedPostgres({ folder: other, systemFolder, log });
    await after.stop();
    expect(after.firstStart).toBe(true);
    expect(after.clusterFolder).not.toBe(said.clusterFolder);
    expect(await commandLineOf(pid)).toBeNull();
    expect(existsSync(join(said.clusterFolder, 'data', 'PG_VERSION'))).toBe(true);
  },
);

test.runIf(isRoot)('as root: refused in a folder whose database an ordinary user made', async () => {
  const theirs = join(temporary.path, 'theirs');
  mkdirSync(join(theirs, 'postgres'), { recursive: true });
  await expect(startEmbeddedPostgres({ folder: theirs, systemFolder, log })).rejects.toMatchObject({
    reason: 'folder',
    message: expect.stringContaining('start Fenghuo as that user'),
  });
});

/** Root goes the ordinary user's way as `nobody`, where that user can reach this checkout. */
const nobody = 65534;
const canEnter = () =>
  spawnSync(process.execPath, ['--check', script], { uid: nobody, gid: nobody, cwd: '/' }).status === 0;
const closed = isRoot && !canEnter();

describe.skipIf(closed)(
  `as an ordinary user${closed ? ', SKIPPED: none can enter this checkout' : ''}`,
  () => {
    const asUser = isRoot ? { user: nobody } : {};

    test('first start, kill -9, adoption, stop', async () => {
      const own = join(temporary.path, 'own');
      mkdirSync(own);
      if (isRoot) chownSync(own, nobody, nobody);
      const as = { folder: join(own, 'data'), ...asUser };
      const one = await startProcess(as);
      expect(one.said).toMatchObject({
        firstStart: true,
        adopted: false,
        clusterFolder: join(own, 'data', 'postgres'),
      });
      await kill(one.child, 'SIGKILL');
      const two = await startProcess(as);
      expect(two.said).toMatchObject({ firstStart: false, adopted: true });
      const gone = once(two.child, 'exit');
      two.child.stdin!.write('stop\n');
      expect(await gone).toEqual([0, null]);
      expect(existsSync(join(own, 'data', 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    });

    test('refused: a folder that cannot be written', async () => {
      const locked = join(temporary.path, 'locked');
      mkdirSync(locked, { mode: 0o555 });
      const { said } = await startProcess({ ...asUser, folder: locked });
      expect(said).toMatchObject({
        reason: 'folder',
        sentence: expect.stringContaining('permission denied'),
      });
    });

    test('refused: the passwords are lost', async () => {
      const lost = join(temporary.path, 'lost');
      mkdirSync(join(lost, 'postgres', 'data'), { recursive: true });
      writeFileSync(join(lost, 'postgres', 'data', 'PG_VERSION'), '18\n');
      for (const path of [lost, join(lost, 'postgres')]) if (isRoot) chownSync(path, nobody, nobody);
      const { said } = await startProcess({ ...asUser, folder: lost });
      expect(said).toMatchObject({
        reason: 'database-refused',
        sentence: expect.stringContaining('database.json is missing'),
      });
    });
  },
);
