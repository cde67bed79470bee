import { randomUUID } from 'node:crypto';
import type { AlarmRecord, HoldRecord } from '@fenghuo/contracts/records.ts';
import { holdList } from '@fenghuo/contracts/rest.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Writer } from '../src/engine/writer.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { faultsOfLogs } from './record-check.ts';
import { aHold, noon } from './records.ts';
import { county, insertSmallCounty, songmen, zeguo } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';
import { enter, startTestWeb } from './test-web.ts';

const hour = 3_600_000;

let database: TestDatabase;
/** Looks at the database as an outsider: sees what is committed. */
let outside: Client;
let now = noon;
let running: { writer: Writer; intake: IntakeQueue } | null = null;

beforeEach(async () => {
  now = noon;
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  await restart();
});

afterEach(async () => {
  await running?.writer.stop();
  running = null;
  await outside.end();
  await database.drop();
});

/** Another writer goes on with what the database holds. */
async function restart(): Promise<void> {
  await running?.writer.stop();
  running = await startStandingWriter(database.appUrl, { clock: () => now });
}

let said = 0n;
function say(deviceId: string, of: Partial<DeviceEvent> = {}): Promise<void> {
  said += 1n;
  const event: DeviceEvent = {
    ...{ deviceId, run: null, at: now, hasDeviceTime: true, ident: said, kind: 'smoke', state: 'alarm' },
    ...{ value: null, unit: null, attrs: null, receivedAt: now, late: false, delayed: false },
    ...{ skewed: false, retained: false, source: 'test' },
    ...of,
  };
  return new Promise((resolve) => {
    running!.intake.push({ event, acknowledge: resolve }, 100);
  });
}

async function order(body: { act: string; subject: string } & Record<string, unknown>) {
  const id = randomUUID();
  const actor = { account: 'li', name: '李', role: 'dispatcher', area: county };
  await outside.query('insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4)', [
    ...[id, county, actor, { id, seat: '席位 2', reason: '', ...body }],
  ]);
  running!.writer.commandArrived();
  for (;;) {
    const { rows } = await outside.query('select answer from fenghuo.command where id = $1', [id]);
    if (rows[0].answer !== null) return rows[0].answer;
  }
}

async function documents<T>(table: string): Promise<T[]> {
  const { rows } = await outside.query(`select doc from fenghuo.${table} order by id`);
  return rows.map(({ doc }) => doc);
}
const alarmOf = async (device: string) =>
  (await documents<AlarmRecord>('alarm')).find((alarm) => alarm.device === device)!;

/** Moves the clock and waits until nothing is due any more. */
async function moveTo(at: number): Promise<void> {
  now = at;
  running!.writer.commandArrived();
  for (;;) {
    const { rowCount } = await outside.query(
      `select from fenghuo.due where kind <> 'ticket-overdue' and due_at <= to_timestamp($1::float8 / 1000)`,
      [now],
    );
    if (rowCount === 0) return;
  }
}

test('out of service → smoke → another writer → its time is up: kept and silent, then an incident, and a ticket when nobody looks; all on the record', async () => {
  const until = now + hour;
  const out = { act: 'remove-from-service', of: 'device', subject: 'S-1', until, reason: '更换底座' };
  expect(await order(out)).toMatchObject({ ok: true, version: 1 });
  await say('S-1');
  expect(await alarmOf('S-1')).toMatchObject({ state: 'out-of-service', incident: null });
  expect(await documents('incident')).toEqual([]);
  await restart();
  expect(await order(out)).toMatchObject({ ok: false, reason: 'not-allowed-now' });
  await moveTo(until);
  expect(await alarmOf('S-1')).toMatchObject({ state: 'unacknowledged', severity: 'medium' });
  await moveTo(until + 2_000);
  await moveTo(until + 182_000);
  expect(await documents('ticket')).toMatchObject([{ step: 'received', openedAt: until + 182_000 }]);
  expect(await documents<HoldRecord>('hold')).toMatchObject([
    { device: 'S-1', area: `${zeguo}203-02`, startedBy: 'li', endedAt: until, endedBy: 'engine', version: 2 },
  ]);
  const { rows: record } = await outside.query(
    `select act, actor, seat, reason from fenghuo.audit where act in ('remove-from-service', 'return-to-service') order by no`,
  );
  expect(record).toMatchObject([
    { act: 'remove-from-service', actor: 'li', seat: '席位 2', reason: '更换底座' },
    { act: 'return-to-service', actor: 'engine' },
  ]);
  const { rows: topics } = await outside.query(
    `select doc ->> 'version' as version from fenghuo.change_log where topic = 'hold' order by no`,
  );
  expect(topics).toEqual([{ version: '1' }, { version: '2' }]);
  expect(await faultsOfLogs(outside)).toEqual([]);
});

test('shelved → another writer → the time is up: unacknowledged, once, in history with why', async () => {
  await say('S-1');
  const { id, version } = await alarmOf('S-1');
  const shelve = { act: 'shelve-alarm', subject: id, expectedVersion: version, minutes: 30, reason: '粉尘' };
  expect(await order(shelve)).toMatchObject({ ok: true });
  await restart();
  await moveTo(now + hour / 2);
  await restart();
  await moveTo(now + hour);
  expect(await alarmOf('S-1')).toMatchObject({ state: 'unacknowledged', shelf: null });
  const { rows } = await outside.query(
    `select why, actor, from_state, to_state from fenghuo.alarm_transition where alarm = $1 order by version`,
    [id],
  );
  expect(rows).toMatchObject([
    { why: 'raise' },
    { why: 'shelve', actor: 'li', from_state: 'unacknowledged', to_state: 'shelved' },
    { why: 'unshelve', actor: 'engine', from_state: 'shelved', to_state: 'unacknowledged' },
  ]);
});

test('building test → smoke on two floors → ended by hand: a second one is refused meanwhile, and the first lets go', async () => {
  const test1 = { act: 'start-building-test', subject: 'B1', until: now + hour, reason: '年检' };
  expect(await order(test1)).toMatchObject({ ok: true });
  await say('S-1');
  await say('H-1', { kind: 'heat' });
  expect(await documents('alarm')).toMatchObject([
    { state: 'suppressed-by-design', test: true },
    { state: 'suppressed-by-design', test: true },
  ]);
  expect(await order(test1)).toMatchObject({ ok: false });
  const [hold] = await documents<HoldRecord>('hold');
  const end = { act: 'end-building-test', subject: hold!.id, expectedVersion: 1 };
  expect(await order(end)).toMatchObject({ ok: true, version: 2 });
  expect(await documents('incident')).toMatchObject([{ severity: 'high', floors: [5, 6] }]);
  expect(await documents('ticket')).toHaveLength(1);
  const { rowCount } = await outside.query(`select from fenghuo.due where kind = 'end-building-test'`);
  expect(rowCount).toBe(0);
});

test('split → merge → restart: one incident again, the case code of the other in its last ticket', async () => {
  await say('S-1');
  await say('H-1', { kind: 'heat' });
  const [first] = await documents<{ id: string; version: number; caseCode: string }>('incident');
  const { id: alarm } = await alarmOf('S-1');
  const split = { act: 'split-incident', subject: first!.id, expectedVersion: first!.version };
  expect(await order({ ...split, alarms: [alarm], reason: '两处' })).toMatchObject({ ok: true });
  await restart();
  const [a, b] = await documents<{ id: string; version: number; caseCode: string }>('incident');
  expect(b).toMatchObject({ splitFrom: a!.id });
  const merge = { act: 'merge-incidents', subject: b!.id, expectedVersion: b!.version, into: a!.id };
  expect(await order({ ...merge, intoVersion: a!.version, reason: '一处' })).toMatchObject({ ok: true });
  expect(await documents('incident')).toMatchObject([
    { closedAt: null, alarms: [await alarmOf('S-1'), await alarmOf('H-1')].map(({ id }) => id) },
    { closedAt: now, mergedInto: a!.id },
  ]);
  const tickets = await documents<{ closedAt: number | null; moves: { reason: string | null }[] }>('ticket');
  expect(tickets.map(({ closedAt }) => closedAt)).toEqual([null, now]);
  expect(tickets[1]!.moves.at(-1)!.reason).toContain(a!.caseCode);
  expect(await faultsOfLogs(outside)).toEqual([]);
});

test('the list of holds: open ones of the viewer’s area, those that end first at the head', async () => {
  const web = await startTestWeb();
  try {
    await web.writer.write(
      { topic: 'hold', doc: aHold({ id: 'H-1', area: `${zeguo}203-02`, until: noon + hour }) },
      { topic: 'hold', doc: aHold({ id: 'H-2', area: songmen, device: 'S-2', until: noon + 60_000 }) },
      { topic: 'hold', doc: aHold({ id: 'H-3', area: songmen, device: 'G-2', endedAt: noon }) },
    );
    const list = async (as: string) => {
      const response = await web.call('GET', '/api/v1/holds', { as });
      return holdList.parse(await response.json()).holds.map(({ id }) => id);
    };
    expect(await list(await enter(web, 'viewer'))).toEqual(['H-2', 'H-1']);
    expect(await list(await enter(web, 'dispatcher', zeguo))).toEqual(['H-1']);
  } finally {
    await web.stop();
  }
});
