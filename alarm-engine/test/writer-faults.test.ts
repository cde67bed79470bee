import { randomUUID } from 'node:crypto';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { Client } from 'pg';
import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commit } from '../src/engine/commit.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county, insertSmallCounty } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';

/** What a writer meets beside its batches: connections that break at the worst moment, a database gone read-only. */
let database: TestDatabase;
let outside: Client;
let now = noon;
const stops: (() => Promise<unknown>)[] = [];
const acknowledged = new Set<number>();

beforeEach(async () => {
  now = noon;
  acknowledged.clear();
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await outside.end();
  await database.drop();
});

type Query = Client['query'];
/** Stands between the writer and a connection of its own: answers, or hands on to `real`. */
type Wire = (statement: unknown, real: () => Promise<unknown>) => Promise<unknown> | null;

const broken = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/** A connection whose plain statements pass by `wire`; once it `isCut`, nothing is answered any more. */
function wired(client: Client, wire: Wire, isCut: () => boolean): Client {
  const query = client.query.bind(client) as (...all: unknown[]) => Promise<unknown>;
  client.query = ((
    statement: { submit?: unknown; handleError?: (error: Error) => void },
    ...more: unknown[]
  ) => {
    if (isCut()) {
      if (statement.submit === undefined) return Promise.reject(broken());
      setImmediate(() => statement.handleError!(broken()));
      return statement;
    }
    return wire(statement, () => query(statement, ...more)) ?? query(statement, ...more);
  }) as unknown as Query;
  return client;
}

interface Options {
  connect?: (open: () => Promise<Client>) => Promise<Client>;
  log?: Logger;
}

async function startWriter({ connect = (open) => open(), log = pino({ level: 'silent' }) }: Options = {}) {
  const open = () => connectClient({ url: database.appUrl, name: 'faulty writer', pipeline: true });
  const { writer, intake, registry } = await startStandingWriter(database.appUrl, {
    ...{ connect: () => connect(open), clock: () => now, log },
  });
  stops.push(() => writer.stop());
  const say = (i: number, of: Partial<DeviceEvent> = {}) => {
    const event: DeviceEvent = {
      ...{ deviceId: 'S-1', run: null, at: now + i, hasDeviceTime: true, ident: BigInt(i), kind: 'manual' },
      ...{
        state: 'normal',
        value: null,
        unit: null,
        attrs: null,
        receivedAt: now,
        late: false,
        delayed: false,
      },
      ...{ skewed: false, retained: false, source: 'test' },
      ...of,
    };
    intake.push({ event, acknowledge: () => acknowledged.add(i) });
  };
  return { writer, registry, say };
}

const eventually = (what: () => unknown) => expect.poll(what, { timeout: 20_000, interval: 20 });

async function stored(): Promise<Set<number>> {
  const { rows } = await outside.query<{ ident: number }>('select ident from fenghuo.event');
  return new Set(rows.map(({ ident }) => Number(ident)));
}

const count = async (table: string) =>
  (await outside.query<{ n: number }>(`select count(*)::int as n from fenghuo.${table}`)).rows[0]!.n;

async function acknowledgedAreStored(): Promise<void> {
  const there = await stored();
  expect([...acknowledged].filter((i) => !there.has(i))).toEqual([]);
}

test('a commit in doubt, its backend still at it, a command waits meanwhile: nothing acknowledged is lost', async () => {
  let isArmed = false;
  let doubt = false;
  const { writer, say } = await startWriter({
    connect: async (open) => {
      let isCut = false;
      const wire: Wire = (statement, real) => {
        if (statement !== 'commit' || !isArmed || doubt) return null;
        doubt = isCut = true;
        setTimeout(() => void real().catch(() => {}), 300);
        return Promise.reject(broken());
      };
      return wired(await open(), wire, () => isCut);
    },
  });
  say(0);
  await eventually(() => acknowledged.size).toBe(1);
  isArmed = true;
  for (let i = 1; i <= 600; i++) say(i);
  let next = 601;
  const more = setInterval(() => {
    for (let k = 0; k < 20 && next <= 2000; k++) say(next++);
    writer.commandArrived();
  }, 1);
  stops.push(async () => clearInterval(more));
  await eventually(() => acknowledged.size).toBe(2001);
  expect(doubt).toBe(true);
  await acknowledgedAreStored();
});

test('what became of a commit is not believed of an id that the database has given to another', async () => {
  const other = await outside.query<{ xid: string }>(
    `with written as (insert into fenghuo.pulse values ('331081', now(), '{}'))
     select pg_current_xact_id()::text as xid`,
  );
  const lost = { query: () => Promise.reject(broken()) } as unknown as Client;
  const connect = () => connectClient({ url: database.appUrl, name: 'asker' });
  const outcome = (xid: string, lastNo: number) =>
    commit({ client: lost, connect, xid, county, lastNo, epoch: 1 }).then(
      () => 'committed',
      () => 'not committed',
    );
  await outside.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands, due)
     values ('331081', 1, 7, now(), 1, 0, 0, '{}')`,
  );
  const { xid } = other.rows[0]!;
  expect([await outcome(xid, 8), await outcome(xid, 7), await outcome('9999999999', 8)]).toEqual([
    'not committed',
    'committed',
    'not committed',
  ]);
});

test('the database has gone read-only: nothing is acknowledged or set aside; when it is back, all is stored', async () => {
  const tried = Promise.withResolvers<void>();
  const log = pino({ level: 'warn' }, { write: (line: string) => line.includes('25006') && tried.resolve() });
  const { say } = await startWriter({ log });
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await outside.query(`alter database ${name} set default_transaction_read_only = on`);
  await outside.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'faulty writer'`,
  );
  for (let i = 1; i <= 3; i++) say(i, { state: 'alarm', ident: BigInt(i), deviceId: 'S-2' });
  await tried.promise;
  expect([acknowledged.size, await count('event'), await count('quarantine')]).toEqual([0, 0, 0]);
  await outside.query(`alter database ${name} reset default_transaction_read_only`);
  await outside.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'faulty writer'`,
  );
  await eventually(() => acknowledged.size).toBe(3);
  await acknowledgedAreStored();
});

test('stopped while an event is set aside: not acknowledged, it comes again', async () => {
  const log = pino(
    { level: 'error' },
    { write: (line: string) => void (line.includes('set aside') && halt()) },
  );
  const { writer, say } = await startWriter({ log });
  const stopped = Promise.withResolvers<void>();
  const halt = () => void writer.stop().then(stopped.resolve);
  say(1, { kind: 'smo\0ke' as never });
  await stopped.promise;
  expect([acknowledged.size, await count('event'), await count('quarantine')]).toEqual([0, 0, 0]);
});

test('committed, the answer lost, the first question refused: stored once, new devices known, later ones too', async () => {
  let isArmed = false;
  let refusals = 0;
  let wasLost = false;
  const { say, registry } = await startWriter({
    connect: async (open) => {
      if (wasLost && refusals++ === 0) throw new Error('the database refuses the password');
      let isCut = false;
      const wire: Wire = (statement, real) => {
        if (statement !== 'commit' || !isArmed || wasLost) return null;
        wasLost = true;
        return real().then(() => {
          isCut = true;
          throw broken();
        });
      };
      return wired(await open(), wire, () => isCut);
    },
  });
  isArmed = true;
  say(1, { deviceId: 'FRESH-1', state: 'alarm' });
  await eventually(() => acknowledged.size).toBe(1);
  say(2, { deviceId: 'FRESH-2', state: 'alarm' });
  say(3, { deviceId: 'FRESH-1' });
  await eventually(() => acknowledged.size).toBe(3);
  expect([refusals > 0, await count('event'), await count('quarantine')]).toEqual([true, 3, 0]);
  expect(registry.deviceCount).toBe(await count('device'));
  const alarms = await outside.query(
    `select device, doc -> 'condition' as condition from fenghuo.alarm order by device`,
  );
  expect(alarms.rows).toEqual([
    { device: 'FRESH-1', condition: false },
    { device: 'FRESH-2', condition: true },
  ]);
});

test('a due item that cannot be fired is put off, and keeps nobody waiting', async () => {
  await outside.query(`
    insert into fenghuo.ticket (id, county, doc) values ('T1', '331081',
      '{"id":"T1","incident":"I1","step":"received","holder":"U-zeguo","parties":[],"version":1,"run":null,"closedAt":null}');
    insert into fenghuo.due (id, county, due_at, kind, subject)
      values ('ticket-overdue:T1', '331081', '2020-01-01', 'ticket-overdue', 'T1');`);
  let setAside = 0;
  const note = (line: string) => {
    if (line.includes('set aside')) setAside += 1;
  };
  const log = pino({ level: 'error' }, { write: note });
  const { say } = await startWriter({ log });
  await eventually(() => setAside).toBe(1);
  for (let i = 1; i <= 50; i++) {
    say(i);
    await eventually(() => acknowledged.has(i)).toBe(true);
  }
  expect([setAside, await count('due')]).toEqual([1, 1]);
  now += 61_000;
  say(51);
  await eventually(() => setAside).toBe(2);
});

test('a commit fails while its command is gathered again: done once', async () => {
  let isArmed = false;
  let failed = false;
  const { writer, say } = await startWriter({
    connect: async (open) => {
      const client = await open();
      return wired(
        client,
        (statement) => {
          if (statement !== 'commit' || !isArmed || failed) return null;
          failed = true;
          writer.commandArrived();
          return client.query('rollback').then(() => {
            throw Object.assign(new Error('disk full'), { code: '53100' });
          });
        },
        () => false,
      );
    },
  });
  say(0);
  await eventually(() => acknowledged.size).toBe(1);
  const body = {
    id: randomUUID(),
    act: 'issue-credential',
    subject: 'dev',
    reason: '',
    seat: '',
    detail: 'd',
  };
  const actor = { account: 'a', name: 'A', role: 'administrator', area: county };
  await outside.query('insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)', [
    body.id,
    county,
    actor,
    body,
  ]);
  isArmed = true;
  writer.commandArrived();
  const answered = async () => (await outside.query('select answer from fenghuo.command')).rows[0].answer?.ok;
  await eventually(answered).toBe(true);
  say(1);
  await eventually(() => acknowledged.size).toBe(2);
  const acts = await outside.query(`select act from fenghuo.audit where act = 'issue-credential'`);
  expect([failed, acts.rows.length]).toEqual([true, 1]);
});
