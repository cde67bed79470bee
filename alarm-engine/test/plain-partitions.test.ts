import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withDatabase } from '../src/store/connection-failure.ts';
import { migrate } from '../src/store/migrate.ts';
import { connectClient } from '../src/store/pool.ts';
import { dropTransitions } from '../src/store/sql/drop-transitions.ts';
import { findTimeSeries } from '../src/store/time-series/choose-time-series.ts';
import type { TimeSeries } from '../src/store/time-series/time-series.ts';

let owner: pg.Client;
let app: pg.Client;
let series: TimeSeries;
const name = `fenghuo_test_${randomBytes(6).toString('hex')}`;
const server = inject('testServer');

/** A database of its own, plain whatever the server brings. */
beforeAll(async () => {
  const [ownerUrl, appUrl] = [withDatabase(server.ownerUrl, name), withDatabase(server.appUrl, name)];
  await migrate({ ownerUrl, appUrl, timescale: 'off', log: pino({ level: 'silent' }) });
  owner = await connectClient({ url: ownerUrl, name: 'test owner' });
  app = await connectClient({ url: appUrl, name: 'test app' });
  series = await findTimeSeries(app);
});
afterAll(async () => {
  await app.end();
  await owner.end();
  const elsewhere = await connectClient({ url: withDatabase(server.ownerUrl, 'postgres'), name: 'test' });
  await elsewhere.query(`drop database ${name} with (force)`).finally(() => elsewhere.end());
});

test('an event before its day was made waits elsewhere, and moves when it is made', async () => {
  const event = (ident: number, at: string) =>
    app.query(
      `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, flags)
       values (1, $1, $2, $2, now(), 'smoke', 'alarm', 0)`,
      [at, ident],
    );
  await event(1, '2001-02-03T23:59:59.999Z');
  await event(2, '2001-02-04T00:00:00Z');
  await event(3, '2001-02-05T00:00:00Z');
  const where = async () => {
    const found = await app.query<{ at: string }>(
      'select tableoid::regclass::text as at from fenghuo.event where device = 1 order by ident',
    );
    return found.rows.map((row) => row.at.replace('fenghuo.', ''));
  };
  expect(await where()).toEqual(['event_elsewhere', 'event_elsewhere', 'event_elsewhere']);
  await app.query(`select fenghuo.make_event_days('2001-02-04', '2001-02-04')`);
  expect(await where()).toEqual(['event_elsewhere', 'event_20010204', 'event_elsewhere']);
  await expect(event(2, '2001-02-04T00:00:00Z')).rejects.toMatchObject({ code: '23505' });
});

test('a day that is made while an event of it is on its way: the event is in it', async () => {
  const writer = await connectClient({ url: withDatabase(server.appUrl, name), name: 'test writer' });
  await writer.query('begin');
  await writer.query(
    `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, flags)
     values (2, '2002-01-01', 1, 1, now(), 'smoke', 'alarm', 0)`,
  );
  const made = app.query<{ made: number }>(
    `select fenghuo.make_event_days('2002-01-01', '2002-01-01') as made`,
  );
  await untilSomeoneWaits();
  await writer.query('commit');
  await writer.end();
  expect((await made).rows).toEqual([{ made: 1 }]);
  expect((await app.query('select from fenghuo.event_20020101')).rowCount).toBe(1);
});

async function untilSomeoneWaits(): Promise<void> {
  for (;;) {
    const waiting = await owner.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.rowCount !== 0) return;
  }
}

test('days are made for the whole window of device times', async () => {
  await app.query(
    `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, flags)
     select 3, now() + make_interval(days => d), d, 0, now(), 'smoke', 'alarm', 0 from generate_series(-30, 1) as d`,
  );
  const stray = await app.query('select from fenghuo.event_elsewhere where device = 3');
  expect(stray.rowCount).toBe(0);
});

test('old days are dropped, and what lies elsewhere by when it was received; the others stay', async () => {
  await series.drop(app, 400);
  await app.query(`select fenghuo.make_event_days(current_date - 500, current_date - 499)`);
  await app.query(
    `insert into fenghuo.event (device, at, ident, no, received_at, kind, state, flags) values
       (4, now() - interval '500 days', 1, 1, now() - interval '500 days', 'smoke', 'alarm', 0),
       (4, '1970-01-01', 2, 2, now() - interval '500 days', 'smoke', 'alarm', 8),
       (4, '1970-01-01', 3, 3, now(), 'smoke', 'alarm', 8),
       (4, now(), 4, 4, now(), 'smoke', 'alarm', 0)`,
  );
  expect(await series.drop(app, 400)).toBe(2);
  expect(await series.drop(app, 400)).toBe(0);
  const left = await app.query<{ no: number }>('select no from fenghuo.event where device = 4 order by no');
  expect(left.rows.map(({ no }) => no)).toEqual([3, 4]);
});

test('a day that somebody reads is not dropped, and nobody is kept waiting for long: the next hour does it', async () => {
  await app.query(`select fenghuo.make_event_days(current_date - 450, current_date - 450)`);
  const reader = await connectClient({ url: withDatabase(server.appUrl, name), name: 'test reader' });
  await reader.query('begin; select count(*) from fenghuo.event');
  await expect(series.drop(app, 400)).rejects.toMatchObject({ code: '55P03' });
  await reader.query('commit');
  await reader.end();
  expect(await series.drop(app, 400)).toBe(1);
});

test('steps of alarms are forgotten by age; the server can forget none by itself', async () => {
  await app.query(
    `insert into fenghuo.alarm_transition
       (county, no, alarm, version, at, device, rule, kind, area, severity, to_state, why, actor)
     select '331081', n, 'A' || n, 1, now() - make_interval(days => n), 'S-1', 'smoke', 'smoke', '331081', 'high',
            'unacknowledged', 'raise', 'engine'
     from generate_series(98, 102) as n`,
  );
  await expect(app.query('delete from fenghuo.alarm_transition')).rejects.toMatchObject({ code: '42501' });
  expect(await dropTransitions(app, 100)).toBe(3);
  expect(await dropTransitions(app, 100)).toBe(0);
});
