import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { insertSmallCounty } from './small-county.ts';
import { type MovedClock, SupervisedStation } from './supervised-station.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const children = ['D-1', 'D-2', 'D-3', 'D-4', 'D-5'];

let database: TestDatabase;
let outside: Client;
let clock: MovedClock;
let station: SupervisedStation;

beforeEach(async () => {
  clock = { now: noon };
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  await outside.query(
    `insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, lon, lat, parent)
     select no, id, '331081', type, true, '331081100203-02', 'B1', 1, 121.37, 28.49, parent from (values
       (6, 'D-1', 'smoke', 'K-1'), (7, 'K-1', 'concentrator', null), (8, 'D-2', 'smoke', 'K-1'),
       (9, 'D-3', 'smoke', 'K-1'), (10, 'D-4', 'heat', 'K-1'), (11, 'D-5', 'smoke', 'K-1'))
       as d (no, id, type, parent)`,
  );
  station = new SupervisedStation(clock);
  await station.start(database);
});

afterEach(async () => {
  await station.stop({ lastWord: false });
  await outside.end();
  await database.drop();
});

async function restart({ lastWord }: { lastWord: boolean }): Promise<void> {
  await station.stop({ lastWord });
  station = new SupervisedStation(clock);
  await station.start(database);
}

const rows = async (query: string) => (await outside.query({ text: query, rowMode: 'array' })).rows;
const supervised = () =>
  rows(`select d.id, e.kind, e.state from fenghuo.event e join fenghuo.device d on d.no = e.device
        where e.kind in ('silent', 'stuck') order by e.no`);
const openUpkeep = () =>
  rows(`select device, doc ->> 'kind' from fenghuo.upkeep where closed_at is null order by device`);
const openAlarms = () =>
  rows(
    `select device, rule, severity, (doc ->> 'condition')::boolean from fenghuo.alarm where closed_at is null order by id`,
  );

test('camera heard → silent → restart → heard: each told once, as an event, upkeep open in between', async () => {
  clock.now += 345;
  const beatAt = clock.now;
  await station.beat('C-1');
  await station.pass(29 * minute);
  expect(await supervised()).toEqual([]);
  await station.pass(5 * minute);
  expect(await supervised()).toEqual([['C-1', 'silent', 'fault']]);
  const [event] = await rows(
    `select extract(epoch from at)::float8 * 1000, extract(epoch from received_at)::float8 * 1000, attrs from fenghuo.event where kind = 'silent'`,
  );
  expect(event).toEqual([beatAt, expect.closeTo(beatAt + 30 * minute, -6), { cause: 'own', children: 0 }]);
  expect([await openUpkeep(), await openAlarms()]).toEqual([[['C-1', 'silent']], []]);
  for (const lastWord of [true, false]) {
    await restart({ lastWord });
    await station.pass(2 * hour);
    expect(await supervised()).toHaveLength(1);
  }
  await station.beat('C-1');
  await station.pass(5 * minute);
  expect(await supervised()).toEqual([
    ['C-1', 'silent', 'fault'],
    ['C-1', 'silent', 'normal'],
  ]);
  expect(await openUpkeep()).toEqual([]);
});

test('camera silent → resolved in words → restart → still unheard in its time: a new order; heard: closed', async () => {
  await station.beat('C-1');
  await station.pass(35 * minute);
  const [[order]] = (await rows(`select id from fenghuo.upkeep where closed_at is null`)) as [[string]];
  const act = { act: 'resolve-upkeep', subject: order, expectedVersion: 1, reason: '已重启' };
  expect(await station.order(outside, act)).toMatchObject({ ok: true });
  await station.pass(2 * minute);
  expect(await openUpkeep()).toEqual([]);
  await restart({ lastWord: true });
  await station.pass(20 * minute);
  expect(await openUpkeep()).toEqual([]);
  await station.pass(15 * minute);
  expect(await openUpkeep()).toEqual([['C-1', 'silent']]);
  await station.beat('C-1');
  await station.pass(2 * minute);
  expect([await openUpkeep(), (await supervised()).map(([, , state]) => state)]).toEqual([
    [],
    ['fault', 'fault', 'normal'],
  ]);
});

test('concentrator with five dies → one event, one low alarm without a ticket, one work order; it comes back', async () => {
  await station.beat('K-1', ...children);
  await station.pass(55 * hour);
  expect(await supervised()).toEqual([['K-1', 'silent', 'fault']]);
  expect(station.keeper.counts).toEqual({ silent: 1, suppressed: 5 });
  expect(await openUpkeep()).toEqual([['K-1', 'silent']]);
  expect(await openAlarms()).toEqual([['K-1', 'concentrator-silent', 'low', true]]);
  expect(await rows('select count(*)::int from fenghuo.ticket')).toEqual([[0]]);
  await restart({ lastWord: false });
  await station.pass(4 * hour);
  await station.beat('K-1');
  await station.pass(5 * minute);
  await restart({ lastWord: false });
  await station.beat('K-1');
  await station.pass(25 * minute);
  expect(await supervised()).toEqual([
    ['K-1', 'silent', 'fault'],
    ['K-1', 'silent', 'normal'],
  ]);
  expect(station.keeper.counts).toEqual({ silent: 0, suppressed: 0 });
  expect([await openUpkeep(), await openAlarms()]).toEqual([
    [],
    [['K-1', 'concentrator-silent', 'low', false]],
  ]);
});

test('down for a day, and killed: nobody is silent by it; who does not come back is, in its time', async () => {
  await station.beat('C-1', 'K-1', ...children);
  await station.pass(2 * minute);
  await station.stop({ lastWord: false });
  clock.now += 24 * hour;
  station = new SupervisedStation(clock);
  await station.start(database);
  await station.pass(20 * minute);
  expect(await supervised()).toEqual([]);
  await station.beat('C-1');
  await station.pass(20 * minute);
  expect(await supervised()).toEqual([['K-1', 'silent', 'fault']]);
});

test('intake stands still for an hour: nobody is silent by it', async () => {
  await station.beat('C-1');
  await station.pass(10 * minute);
  await outside.query('begin; lock table fenghuo.event in access exclusive mode');
  const said = Array.from({ length: 12 }, (_, i) => station.say('NEW-1', { kind: 'test', seq: i }));
  while (!station.queue.isFull) await new Promise((resolve) => setImmediate(resolve));
  await station.tick(hour);
  await outside.query('commit');
  await Promise.all(said);
  await station.pass(15 * minute);
  expect(await supervised()).toEqual([]);
  await station.pass(10 * minute);
  expect(await supervised()).toEqual([['C-1', 'silent', 'fault']]);
});

test('never heard: nobody is told, for days', async () => {
  await station.pass(60 * hour);
  expect([await supervised(), await openUpkeep()]).toEqual([[], []]);
});

test('smoke for a day → stuck, once over restarts; the alarm stands → normal: upkeep closed', async () => {
  await station.say('S-1', { kind: 'smoke', ts: clock.now });
  await station.pass(24 * hour - minute, () => station.lastSeen.touch(0, clock.now));
  expect(await supervised()).toEqual([]);
  await station.pass(3 * minute);
  expect(await supervised()).toEqual([['S-1', 'stuck', 'fault']]);
  await restart({ lastWord: true });
  await station.pass(10 * minute);
  expect(await supervised()).toHaveLength(1);
  expect([await openUpkeep(), await openAlarms()]).toEqual([
    [['S-1', 'stuck']],
    [['S-1', 'smoke', 'medium', true]],
  ]);
  await station.say('S-1', { kind: 'smoke', state: 'normal', ts: clock.now });
  expect([await openUpkeep(), await openAlarms()]).toEqual([[], [['S-1', 'smoke', 'medium', false]]]);
});

test('a retained smoke: stored with its mark, raises nothing, nor after a restart; no sign of life of a relayed device', async () => {
  for (let i = 0; i < 2; i++) {
    await station.say('S-1', { kind: 'smoke', ts: noon - hour }, true);
    await station.say('S-2', { kind: 'smoke', state: 'alarm' }, true);
    expect(station.lastSeen.at(0)).toBeNull();
    await restart({ lastWord: true });
  }
  const flags = await rows(`select distinct flags & 4 from fenghuo.event where kind = 'smoke'`);
  expect(flags).toEqual([[4]]);
  expect([await openAlarms(), await openUpkeep()]).toEqual([[], []]);
});

test('clocks of 1970 and 2099: flagged, kept, told by when we heard; a right one clears the flag', async () => {
  const clocks = () =>
    rows(`select id, extract(epoch from clock_off_since)::float8 * 1000, round(clock_off_ms) from fenghuo.device
          where clock_off_since is not null order by id`);
  await station.say('S-1', { kind: 'smoke', ts: 0 });
  await station.say('H-1', { kind: 'heat', ts: '2099-01-01T00:00:00Z' });
  const flaggedAt = clock.now;
  expect((await openAlarms()).map(([device, , severity]) => [device, severity])).toEqual([
    ['S-1', 'high'],
    ['H-1', 'high'],
  ]);
  const stored = await rows(
    `select extract(year from at at time zone 'UTC')::int, flags from fenghuo.event where kind <> 'test' order by no`,
  );
  expect(stored).toEqual([
    [1970, 2],
    [2099, 2],
  ]);
  await station.pass(2 * minute);
  const ahead = Date.UTC(2099, 0, 1) - flaggedAt;
  expect(await clocks()).toEqual([
    ['H-1', flaggedAt, ahead],
    ['S-1', flaggedAt, -flaggedAt],
  ]);
  await restart({ lastWord: true });
  await station.say('S-1', { kind: 'smoke', state: 'normal', ts: clock.now });
  await station.pass(2 * minute);
  expect((await clocks()).map(([id]) => id)).toEqual(['H-1']);
});

test('out of a spool: marked late, and the clock is not doubted', async () => {
  await station.say('S-1', { kind: 'smoke', ts: noon - 2 * hour, attrs: { spooled: true } });
  await station.pass(2 * minute);
  expect(await rows(`select flags from fenghuo.event where kind = 'smoke'`)).toEqual([[1]]);
  expect(await rows('select count(*)::int from fenghuo.device where clock_off_since is not null')).toEqual([
    [0],
  ]);
});
