import { randomUUID } from 'node:crypto';
import type { Delivery } from '@fenghuo/gateway/delivery.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkDigest } from '../src/audit/chain.ts';
import type { Writer } from '../src/engine/writer.ts';
import { connectClient } from '../src/store/pool.ts';
import { caseCode } from '../src/tickets/case-code.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county, insertSmallCounty } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';

let database: TestDatabase;
/** Looks at the database as an outsider: sees what is committed. */
let outside: Client;
let now = noon;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  now = noon;
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await outside.end();
  await database.drop();
});

interface Station {
  writer: Writer;
  intake: IntakeQueue;
  fenced: Promise<void>;
}

async function startWriter(): Promise<Station> {
  const { promise: fenced, resolve: onFenced } = Promise.withResolvers<void>();
  const { writer, intake } = await startStandingWriter(database.appUrl, { clock: () => now, onFenced });
  stops.push(() => writer.stop());
  return { writer, intake, fenced };
}

function anEvent(of: Partial<DeviceEvent>): DeviceEvent {
  return {
    ...{
      deviceId: 'S-1',
      run: null,
      at: now,
      hasDeviceTime: true,
      ident: 1n,
      kind: 'manual',
      state: 'alarm',
    },
    ...{
      value: null,
      unit: null,
      attrs: null,
      receivedAt: now,
      late: false,
      delayed: false,
      skewed: false,
      retained: false,
    },
    ...{ source: 'test' },
    ...of,
  };
}

/** Gives an event to the writer; resolves with what `look` sees at the moment of its acknowledgement. */
function deliver<T>(intake: IntakeQueue, event: DeviceEvent, look: () => T): Promise<T> {
  return new Promise((resolve) => {
    const delivery: Delivery = { event, acknowledge: () => resolve(look()) };
    intake.push(delivery, 100);
  });
}

const counts = async () => {
  const tables = ['event', 'alarm', 'incident', 'ticket', 'due', 'change_log', 'audit', 'quarantine'];
  const found = await outside.query<Record<string, number>>(
    `select ${tables.map((table) => `(select count(*)::int from fenghuo.${table}) as ${table}`).join(', ')}`,
  );
  return found.rows[0]!;
};

async function order(
  writer: Writer,
  body: { act: string; subject: string } & Record<string, unknown>,
  account = 'commander',
) {
  const id = randomUUID();
  const actor = { account, name: account, role: 'commander', area: county };
  await outside.query('insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)', [
    id,
    county,
    actor,
    { id, seat: '', reason: '', ...body },
  ]);
  writer.commandArrived();
  return id;
}

async function answerTo(id: string) {
  for (;;) {
    const found = await outside.query<{ answer: Record<string, unknown> | null }>(
      'select answer from fenghuo.command where id = $1',
      [id],
    );
    if (found.rows[0]?.answer) return found.rows[0].answer;
  }
}

const documents = async (table: string) =>
  (
    await outside.query<{ doc: Record<string, unknown> }>(`select doc from fenghuo.${table} order by id`)
  ).rows.map((row) => row.doc);

test('manual call point: when it is acknowledged, event, alarm, incident, ticket, deadline and changes are committed', async () => {
  const { intake } = await startWriter();
  const seen = await deliver(intake, anEvent({}), counts);
  expect(await seen).toEqual({
    event: 1,
    alarm: 1,
    incident: 1,
    ticket: 1,
    due: 2,
    change_log: 3,
    audit: 4,
    quarantine: 0,
  });
  const changes = await outside.query('select no, topic from fenghuo.change_log order by no');
  expect(changes.rows.map((row) => [Number(row.no), row.topic])).toEqual([
    [1, 'incident'],
    [2, 'alarm'],
    [3, 'ticket'],
  ]);
  expect((await documents('ticket'))[0]).toMatchObject({
    caseCode: expect.stringMatching(/^WL-260301-0001-.$/),
    holder: 'U-zeguo',
  });
});

test('manual call point, redelivered, redelivered after a restart: acknowledged each time, stored once', async () => {
  const first = await startWriter();
  await deliver(first.intake, anEvent({}), () => {});
  const before = await counts();
  await deliver(first.intake, anEvent({}), () => {});
  expect(await counts()).toEqual(before);
  await first.writer.stop();
  const second = await startWriter();
  await deliver(second.intake, anEvent({}), () => {});
  expect(await counts()).toEqual(before);
});

test('one event that the database refuses among twenty: it is set aside, the others are stored, all are acknowledged', async () => {
  const { intake } = await startWriter();
  const acknowledged = Array.from({ length: 20 }, (_, i) =>
    deliver(
      intake,
      anEvent({
        ident: BigInt(i),
        kind: 'test',
        state: 'test',
        attrs: i === 7 ? { text: 'a\u0000b' } : null,
      }),
      () => i,
    ),
  );
  expect(await Promise.all(acknowledged)).toHaveLength(20);
  expect(await counts()).toMatchObject({ event: 19, quarantine: 1 });
  const { rows } = await outside.query('select reason, topic, detail from fenghuo.quarantine');
  expect(rows).toMatchObject([
    { reason: 'not-storable', topic: 'S-1', detail: expect.stringContaining('Unicode') },
  ]);
});

test('the connection is cut in the middle of a flood: every event is stored once and acknowledged once', async () => {
  const { intake } = await startWriter();
  let acknowledgements = 0;
  const flood = Array.from({ length: 500 }, (_, i) =>
    deliver(intake, anEvent({ ident: BigInt(i), at: now + i, kind: 'test', state: 'test' }), () => {
      acknowledgements += 1;
      if (acknowledgements === 1) void cutWriter();
    }),
  );
  await Promise.all(flood.slice(0, 1));
  const more = Array.from({ length: 500 }, (_, i) =>
    deliver(intake, anEvent({ ident: BigInt(1000 + i), at: now + i, kind: 'test', state: 'test' }), () => {
      acknowledgements += 1;
    }),
  );
  await Promise.all([...flood, ...more]);
  expect(acknowledgements).toBe(1000);
  expect(await counts()).toMatchObject({ event: 1000 });
});

async function cutWriter(): Promise<void> {
  await outside.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'writer'`,
  );
}

test('twins in one batch, without a word of redelivery: stored once, each acknowledged', async () => {
  const { intake } = await startWriter();
  const [a, b] = [anEvent({ ident: 5n }), anEvent({ ident: 6n, deviceId: 'H-1', kind: 'heat' })];
  await Promise.all([a, b, a, b, a].map((event) => deliver(intake, event, () => {})));
  await deliver(intake, b, () => {});
  expect(await counts()).toMatchObject({ event: 2, alarm: 2, incident: 1, ticket: 1, quarantine: 0 });
});

test('said to be redelivered, among new ones: what is new is stored and raises its alarm', async () => {
  const { intake } = await startWriter();
  const events = [
    anEvent({ ident: 1n }),
    anEvent({ ident: 1n, delayed: true }),
    anEvent({ ident: 2n, deviceId: 'S-2', delayed: true }),
  ];
  await Promise.all(events.map((event) => deliver(intake, event, () => {})));
  expect(await counts()).toMatchObject({ event: 2, alarm: 2, incident: 2, ticket: 2 });
});

test('a commit that fails while the next batch is under way: both are taken back and stored, in order', async () => {
  await outside.query(`
    create sequence commits;
    grant usage on sequence commits to fenghuo_app;
    create function fail_second() returns trigger language plpgsql as $$
    begin
      if nextval('commits') = 2 then raise exception 'not this time' using errcode = '40001'; end if;
      return null;
    end $$;
    create constraint trigger fail_second after insert on fenghuo.input_batch
      deferrable initially deferred for each row execute function fail_second();`);
  const { intake } = await startWriter();
  const acknowledged: number[] = [];
  const send = (i: number) =>
    deliver(intake, anEvent({ ident: BigInt(i), deviceId: i % 2 === 0 ? 'S-1' : 'S-2' }), () =>
      acknowledged.push(i),
    );
  await send(1);
  const second = Array.from({ length: 20 }, (_, i) => send(2 + i));
  await new Promise((resolve) => setImmediate(resolve));
  const third = Array.from({ length: 1200 }, (_, i) => send(100 + i));
  await Promise.all([...second, ...third]);
  expect(acknowledged).toHaveLength(1221);
  expect(new Set(acknowledged).size).toBe(1221);
  expect(await counts()).toMatchObject({ event: 1221, alarm: 2, incident: 2, ticket: 2 });
  const numbers = await outside.query(
    'select count(distinct no)::int as n, min(no)::int as least from fenghuo.event',
  );
  expect(numbers.rows[0]).toEqual({ n: 1221, least: 1 });
  const log = await outside.query('select array_agg(no::int order by no) as nos from fenghuo.change_log');
  expect(log.rows[0].nos).toEqual(log.rows[0].nos.map((_: number, i: number) => i + 1));
});

test('another process has taken the lease: nothing more is stored or acknowledged, and the writer says so', async () => {
  const { intake, fenced } = await startWriter();
  await outside.query(`update fenghuo.writer_lease set epoch = epoch + 1, holder = 'other'`);
  let acknowledged = false;
  void deliver(intake, anEvent({}), () => {
    acknowledged = true;
  });
  await fenced;
  expect(acknowledged).toBe(false);
  expect(await counts()).toMatchObject({ event: 0, alarm: 0 });
});

test('two dispatchers on one ticket in the same moment: one wins, the other is told who was faster', async () => {
  const { intake, writer } = await startWriter();
  await deliver(intake, anEvent({}), () => {});
  const [ticket] = await documents('ticket');
  const move = { act: 'move-ticket', subject: String(ticket!.id), expectedVersion: 1, to: 'dispatched' };
  const ids = await Promise.all([order(writer, move, 'east'), order(writer, move, 'west')]);
  const answers = await Promise.all(ids.map(answerTo));
  expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    reason: 'version-conflict',
    message: { zh: expect.stringMatching(/^(east|west)/) },
  });
  expect((await documents('ticket'))[0]).toMatchObject({ step: 'dispatched', holder: 'U-team', version: 2 });
});

test('a deadline that falls due while the station is down is fired once at the next start, and never again', async () => {
  const first = await startWriter();
  await deliver(first.intake, anEvent({ kind: 'manual' }), () => {});
  await first.writer.stop();
  now += 61_000;
  const second = await startWriter();
  await deliver(
    second.intake,
    anEvent({ ident: 2n, deviceId: 'S-2', kind: 'test', state: 'test' }),
    () => {},
  );
  expect((await documents('ticket'))[0]).toMatchObject({ overdue: true, version: 3 });
  await second.writer.stop();
  const third = await startWriter();
  await deliver(third.intake, anEvent({ ident: 3n, deviceId: 'S-2', kind: 'test', state: 'test' }), () => {});
  const { rows } = await outside.query(
    `select count(*)::int as fired from fenghuo.audit where act = 'miss-deadline'`,
  );
  expect(rows).toEqual([{ fired: 1 }]);
  expect(await counts()).toMatchObject({ due: 0 });
});

test('a device that nobody registered: kept, alarms, waits for adoption', async () => {
  const { intake } = await startWriter();
  await deliver(intake, anEvent({ deviceId: 'stranger-1' }), () => {});
  await deliver(intake, anEvent({ deviceId: 'stranger-1', ident: 2n }), () => {});
  expect((await documents('alarm'))[0]).toMatchObject({
    device: 'stranger-1',
    area: county,
    deviceType: 'unknown',
  });
  const { rows } = await outside.query(`select no, adopted from fenghuo.device where id = 'stranger-1'`);
  expect(rows).toEqual([{ no: 6, adopted: false }]);
  expect(await counts()).toMatchObject({ event: 2, alarm: 1 });
});

test('the record: every link holds, over restarts too', async () => {
  for (const device of ['S-1', 'S-2']) {
    const { intake, writer } = await startWriter();
    await deliver(intake, anEvent({ deviceId: device }), () => {});
    await writer.stop();
  }
  const links = await outside.query(
    'select batch, first_no, last_no, previous, digest from fenghuo.audit_link order by batch',
  );
  expect(links.rows).toHaveLength(2);
  let previous = Buffer.alloc(32);
  for (const link of links.rows) {
    const entries = await outside.query(
      `select no, extract(epoch from at)::float8 * 1000 as at, actor, role, seat, act, subject, area, run, reason, detail
       from fenghuo.audit where batch = $1 order by no`,
      [link.batch],
    );
    expect(link.previous).toEqual(previous);
    expect(link.digest).toEqual(linkDigest(previous, entries.rows));
    previous = link.digest;
  }
});

test('a drill event with the identity of the real one: both are stored, and both raise their alarm', async () => {
  const { intake, writer } = await startWriter();
  await answerTo(await order(writer, { act: 'start-drill', subject: 'R1', title: '演练' }));
  await deliver(intake, anEvent({ run: 'R1' }), () => {});
  await deliver(intake, anEvent({}), () => {});
  await deliver(intake, anEvent({ run: 'R2' }), () => {});
  expect(await counts()).toMatchObject({ event: 3, alarm: 2, ticket: 2 });
});

test('a drill event of a device that nobody registered is set aside, and adds nothing to the registry', async () => {
  const { intake } = await startWriter();
  await deliver(intake, anEvent({ run: 'R1', deviceId: 'stranger-9' }), () => {});
  expect(await counts()).toMatchObject({ event: 0, quarantine: 1 });
  const { rows } = await outside.query(`select reason from fenghuo.quarantine`);
  expect(rows).toEqual([{ reason: 'unknown-device' }]);
  expect((await outside.query(`select 1 from fenghuo.device where id = 'stranger-9'`)).rows).toEqual([]);
});

test('a clock that was days ahead and is put right: the case codes of both days stay apart', async () => {
  const first = await startWriter();
  await deliver(first.intake, anEvent({}), () => {});
  now += 5 * 86_400_000;
  await deliver(first.intake, anEvent({ deviceId: 'S-2', ident: 2n }), () => {});
  await first.writer.stop();
  now = noon + 60_000;
  const second = await startWriter();
  await deliver(second.intake, anEvent({ deviceId: 'stranger-1', ident: 3n }), () => {});
  const codes = (await documents('incident')).map((incident) => String(incident.caseCode).slice(0, 14));
  expect(codes.sort()).toEqual(['WL-260301-0001', 'WL-260301-0002', 'WL-260306-0001']);
});

test('memory that has drifted from the database is read anew before a fire is given up', async () => {
  const { intake } = await startWriter();
  const code = caseCode({ prefix: 'WL', drill: false, day: '260301', serial: 1 });
  await outside.query(`insert into fenghuo.incident (id, county, doc) values ('other', $1, $2)`, [
    county,
    { caseCode: code, openedAt: noon, closedAt: noon },
  ]);
  await deliver(intake, anEvent({}), () => {});
  expect(await counts()).toMatchObject({ event: 1, alarm: 1, ticket: 1, quarantine: 0 });
});
