import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BenchStation, type RunningStation } from '../src/bench/bench-station.ts';
import { FloodProcess } from '../src/bench/flood-process.ts';
import { ScreenAndDesk } from '../src/bench/screen-and-desk.ts';
import { readTruth, requireDurable } from '../src/bench/truth.ts';
import type { FloodReport } from '../src/flood/flood-report.ts';
import { generateEstate } from '../src/station/estate-process.ts';

/**
 * A whole small station under a short flood with cuts and redeliveries, then its database tampered with: the
 * bench's truth must see each fault, or its zeros say nothing.
 */
const project = path.resolve(import.meta.dirname, '../..');
const quiet = () => {};

let folder = '';
let station: BenchStation;
let running: RunningStation;
let people: ScreenAndDesk;
let report: FloodReport;
let acknowledged = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fenghuo-test-bench-'));
  const estate = path.join(folder, 'estate');
  await generateEstate({
    ...{ project, folder: estate, detectors: 2_000, cameras: 50, buildings: 150 },
    onProgress: quiet,
  });
  station = new BenchStation({ project, estate, onProgress: quiet });
  running = await station.start();
  people = await ScreenAndDesk.seated(running);
  acknowledged = path.join(folder, 'acknowledged.csv');
  const { mqttPort: port, bridge: credential } = running;
  const flood = new FloodProcess({
    ...{ project, port, credential, devicesFrom: estate, acknowledged },
    ...{ shape: { connections: 20, window: 10 }, rate: 2_000, seconds: 2, seed: 'truth' },
    ...{ redeliver: 0.1, cutsPerSecond: 10 },
    onProgress: quiet,
    onOpen: () => people.begin(),
    onOver: () => people.end(),
  });
  report = await flood.run();
}, 120_000);

afterAll(async () => {
  await people?.stop();
  await station?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('what was acknowledged is there, once, whatever was cut and sent again', async () => {
  expect(report).toMatchObject({ sent: 4_000, acknowledged: 4_000, unacknowledged: 0, stray_pubacks: 0 });
  expect(report.connections_cut).toBeGreaterThan(0);
  expect(report.resent).toBeGreaterThan(200);
  expect(report.alarms).toBeGreaterThan(5);
  expect(await truth()).toEqual({ lost: 0, duplicated: 0, duplicatedAlarms: 0, missingAlarms: 0 });
});

test('the screen hears of every high alarm, and the desk is answered', async () => {
  await people.finish(acknowledged);
  expect(people.unheard).toBe(0);
  expect(people.alarms!.count).toBeGreaterThan(0);
  expect(people.alarms!.quantileMs(0.5)).toBeGreaterThan(0);
  expect(people.reads.count).toBeGreaterThan(10);
});

test('a deleted event is lost, one stored under another time is doubled', async () => {
  await asOwner('delete from fenghuo.event where no = (select max(no) from fenghuo.event)');
  expect(await truth()).toMatchObject({ lost: 1, duplicated: 0 });
  await asOwner(`
    insert into fenghuo.event select device, at + interval '1 s', ident, no, received_at, kind, state, value, unit, flags, run, attrs
    from fenghuo.event order by no limit 2`);
  expect(await truth()).toMatchObject({ lost: 1, duplicated: 2 });
  await asOwner(
    'update fenghuo.event set value = value + 0.001 where no = (select min(no) from fenghuo.event)',
  );
  expect(await truth(), 'one lost and another doubled of one device').toMatchObject({
    lost: 2,
    duplicated: 3,
  });
});

test('a second alarm of a device is doubled, also a closed one; one that is gone is missing', async () => {
  await asOwner(`
    insert into fenghuo.alarm (id, county, doc)
    select id || '-again', county, doc || '{"closedAt": 1790000000000}' from fenghuo.alarm order by id limit 1`);
  expect(await truth()).toMatchObject({ duplicatedAlarms: 1, missingAlarms: 0 });
  await asOwner('delete from fenghuo.alarm where device = (select max(device) from fenghuo.alarm)');
  expect(await truth()).toMatchObject({ missingAlarms: 1 });
});

test('an unsafe database is refused, and the sentence says what is unsafe', async () => {
  await expect(requireDurable(running.databaseUrl)).resolves.toBeUndefined();
  await asOwner('alter role fenghuo_server set synchronous_commit = off');
  await asOwner('alter table fenghuo.quarantine set unlogged');
  await expect(requireDurable(running.databaseUrl)).rejects.toMatchObject({
    reason: 'unsafe-database',
    message: 'The database is not safe: synchronous_commit is off, quarantine is unlogged.',
  });
});

const truth = () => readTruth(running.databaseUrl, acknowledged);

async function asOwner(statement: string): Promise<void> {
  const db = new Client({ connectionString: running.ownerDatabaseUrl });
  await db.connect();
  try {
    await db.query(statement);
  } finally {
    await db.end();
  }
}
