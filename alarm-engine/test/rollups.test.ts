import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { HistoryKeeper } from '../src/history/history-keeper.ts';
import { rollUp } from '../src/history/roll-up.ts';
import { connectClient, createPool } from '../src/store/pool.ts';
import { lockRollup } from '../src/store/sql/lock-rollup.ts';
import { rollUpEvents } from '../src/store/sql/roll-up-events.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { county, insertSmallCounty } from './small-county.ts';
import { storeEvents } from './stored-events.ts';

let database: TestDatabase;
let client: pg.Client;
let other: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connectClient({ url: database.appUrl, name: 'test' });
  other = await connectClient({ url: database.appUrl, name: 'test other' });
  await insertSmallCounty(client);
});
afterAll(async () => {
  await client.end();
  await other.end();
  await database.drop();
});

const then = Date.now() - 3_600_000;
let last = 0;

/** What the writer leaves of a batch of so many events. */
async function aBatch(events: number): Promise<void> {
  await storeEvents(
    client,
    `select n % 4, to_timestamp($1::float8 / 1000), n, n, to_timestamp($1::float8 / 1000), 'smoke', 'normal',
            0::smallint, '', null::float8, null::jsonb
     from generate_series($2::int + 1, $2::int + $3::int) as n`,
    [then, last, events],
  );
  await client.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000), 1, $5, 0)`,
    [county, last + 1, last + events, then, events],
  );
  last += events;
}

async function counted(): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select coalesce(sum(events), 0)::int as n from fenghuo.event_hour',
  );
  return rows[0]!.n;
}

beforeEach(async () => {
  await client.query('rollback');
});

test('nothing was taken → nothing to count', async () => {
  expect(await rollUp(client, county, 'events')).toBe(false);
  expect(await rollUp(client, county, 'alarms')).toBe(false);
});

test('a batch → counted → another batch → counted: each event once', async () => {
  await aBatch(100);
  expect(await rollUp(client, county, 'events')).toBe(true);
  expect(await rollUp(client, county, 'events')).toBe(false);
  expect(await counted()).toBe(100);
  await aBatch(50);
  expect(await rollUp(client, county, 'events')).toBe(true);
  expect(await counted()).toBe(last);
});

test('counted → killed before the commit → counted again: each event once', async () => {
  await aBatch(30);
  const dying = await connectClient({ url: database.appUrl, name: 'dying' });
  await dying.query('begin');
  const stretch = await lockRollup(dying, county, 'events');
  await rollUpEvents(dying, county, stretch!);
  await dying.query(`select pg_terminate_backend(pg_backend_pid())`).catch(() => {});
  await dying.end().catch(() => {});
  expect(await rollUp(client, county, 'events')).toBe(true);
  expect(await counted()).toBe(last);
});

test('two count at once: the second waits, and finds it done', async () => {
  await aBatch(40);
  await client.query('begin');
  const stretch = await lockRollup(client, county, 'events');
  const second = rollUp(other, county, 'events');
  await rollUpEvents(client, county, stretch!);
  await client.query(`update fenghuo.rollup set up_to = $1 where name = 'events'`, [stretch!.upTo]);
  await client.query('commit');
  expect(await second).toBe(false);
  expect(await counted()).toBe(last);
});

test('the keeper starts: what was taken is counted, old steps of alarms are forgotten; it stops in between', async () => {
  await aBatch(20);
  await client.query(
    `insert into fenghuo.alarm_transition
       (county, no, alarm, version, at, device, rule, kind, area, severity, to_state, why, actor)
     select $1, 1, 'A' || n, 1, now() - make_interval(days => n), 'S-1', 'smoke', 'smoke', '331081', 'high',
            'unacknowledged', 'raise', 'engine'
     from generate_series(99, 102) as n`,
    [county],
  );
  const log = pino({ level: 'silent' });
  const pool = createPool({ url: database.appUrl, name: 'keeper', log });
  const keeper = new HistoryKeeper({ pool, county, keepEventDays: 400, keepTransitionDays: 100, log });
  keeper.start();
  const left = 'select from fenghuo.alarm_transition';
  while ((await counted()) < last || (await client.query(left)).rowCount !== 1);
  await keeper.stop();
  await pool.end();
  expect(await counted()).toBe(last);
});

test('an event that was late is counted in its own hour; one without a day in that of its receipt', async () => {
  await storeEvents(
    client,
    `select 0, at, ident, $1::int + ident, now(), 'co', state, flags::smallint, '', null::float8, null::jsonb
     from (values (now() - interval '3 days', 1, 'alarm', 1), ('1970-01-01', 2, 'test', 8)) as e (at, ident, state, flags)`,
    [last],
  );
  await client.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     values ($1, $2, $3, now(), 1, 2, 0)`,
    [county, last + 1, last + 2],
  );
  last += 2;
  await rollUp(client, county, 'events');
  const { rows } = await client.query(
    `select area, state, round(extract(epoch from date_trunc('hour', now()) - hour) / 86400)::int as days
     from fenghuo.event_hour where kind = 'co' order by state`,
  );
  expect(rows).toEqual([
    { area: '331081100', state: 'alarm', days: 3 },
    { area: '331081100', state: 'test', days: 0 },
  ]);
});
