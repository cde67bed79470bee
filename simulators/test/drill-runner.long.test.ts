import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { type DrillCard, drillCatalogue, drillList, drillOrdered } from '@fenghuo/contracts/drills.ts';
import { connectAsync } from 'mqtt';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BenchStation, type RunningStation } from '../src/bench/bench-station.ts';
import { DrillRunner } from '../src/drill-runner/drill-runner.ts';
import { readEstate } from '../src/read-estate.ts';
import { describeMachine } from '../src/report/machine.ts';
import { accountsFor, signedIn } from '../src/scenario-run/station-access.ts';
import { generateEstate } from '../src/station/estate-process.ts';
import type { RestSession } from '../src/station/rest-session.ts';

/** A small station and a real runner beside it: what is ordered over REST is played, judged, stopped. */
const project = path.resolve(import.meta.dirname, '../..');

let folder = '';
let station: BenchStation;
let runner: DrillRunner;
let person: RestSession;
let database: Client;
let live: Pick<RunningStation, 'mqttPort' | 'bridge'> & { device: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fenghuo-test-drills-'));
  const estateFolder = path.join(folder, 'estate');
  const size = { detectors: 2_000, cameras: 50, buildings: 150 };
  await generateEstate({ project, folder: estateFolder, ...size, onProgress: () => {} });
  station = new BenchStation({ project, estate: estateFolder, onProgress: () => {} });
  const [running, estate] = [await station.start(), await readEstate(estateFolder)];
  const { url, mqttPort, databaseUrl, accounts, bridge } = running;
  live = { mqttPort, bridge, device: estate.devices.find(({ type }) => type === 'smoke')!.id };
  const { tester } = accountsFor(accounts);
  person = await signedIn(url, tester!);
  database = new Client({ connectionString: databaseUrl });
  await database.connect();
  runner = new DrillRunner({
    ...{ estate, session: await signedIn(url, tester!), machine: await describeMachine(project) },
    station: {
      ...{ target: { host: '127.0.0.1', port: mqttPort }, url, tester, databaseUrl },
      ...{ live: null, drill: null, administrator: null, isOurs: false },
    },
    onNews: () => {},
  });
  await runner.start();
}, 120_000);

afterAll(async () => {
  await runner?.stop();
  await database?.end();
  await station?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ordered(scenario: string, seed: string): Promise<string> {
  const { run } = await person.post('/drills/runs', { scenario, seed }, drillOrdered);
  return run;
}

/** Looks until a run is as it should be. */
async function card(run: string, isSo: (card: DrillCard) => boolean): Promise<DrillCard> {
  for (;;) {
    const { drills } = await person.get('/drills', drillList);
    const found = drills.find((one) => one.run === run);
    if (found !== undefined && isSo(found)) return found;
  }
}

const liveRows = async () =>
  (
    await database.query(
      `select (select count(*)::int from fenghuo.event e where run = '') as events,
              (select count(*)::int from fenghuo.alarm where run is null) as alarms,
              (select count(*)::int from fenghuo.alarm where run is null and closed_at is null) as open`,
    )
  ).rows[0];

/** A detector of the county goes off, live. */
async function setFire(): Promise<void> {
  const { mqttPort, bridge, device } = live;
  const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    username: bridge.username,
    password: bridge.secret,
  });
  const message = JSON.stringify({ kind: 'smoke', state: 'alarm', ts: Date.now() });
  await client.publishAsync(`fenghuo/v1/331081/${device}/event`, message, { qos: 1 });
  await client.endAsync();
}

test('ordered → played → judged, a live fire meanwhile: it burns on, the verdict does not count it, the drill ends by itself', async () => {
  const { runnerHeardMsAgo, scenarios } = await person.get('/drills/scenarios', drillCatalogue);
  expect(runnerHeardMsAgo).not.toBeNull();
  const offered = scenarios.find(({ name }) => name === 'county-3s')!;
  const before = await liveRows();
  const run = await ordered('county-3s', 'a');
  await card(run, ({ play }) => (play?.progress?.published ?? 0) > 0);
  await setFire();
  const { endedAt, play } = await card(run, (one) => one.endedAt !== null);
  expect(endedAt).not.toBeNull();
  expect(play).toMatchObject({ state: 'judged', seed: 'a', hasReport: true, fault: null });
  expect(play!.progress!.published).toBe(offered.messages);
  const found = new Map(play!.verdict!.judged.map(({ name, found }) => [name, found]));
  for (const name of ['lost', 'duplicated', 'false', 'drill_messages']) expect(found.get(name), name).toBe(0);
  expect(await liveRows()).toEqual({
    events: before.events + 1,
    alarms: before.alarms + 1,
    open: before.open + 1,
  });
}, 120_000);

test('ordered → playing → paused → stopped in the middle: judged as far as it came, nothing of it is open', async () => {
  const before = await liveRows();
  const run = await ordered('kitchen-fire', 'b');
  await card(run, ({ play }) => (play?.progress?.published ?? 0) > 0);
  await person.tell(`/drills/${run}/wish`, { wish: 'pause' });
  await card(run, ({ play }) => play?.state === 'paused');
  await person.post(`/drills/${run}/end`, {}, commandAnswer);
  const { play } = await card(run, (one) => one.play?.verdict !== null);
  expect(play).toMatchObject({ state: 'stopped', hasReport: true });
  expect(play!.progress!.published).toBeLessThan(play!.progress!.messages);
  expect(await liveRows()).toEqual(before);
  const { rows } = await database.query(
    `select count(*)::int as open from fenghuo.alarm where run = $1 and closed_at is null`,
    [run],
  );
  expect(rows).toEqual([{ open: 0 }]);
}, 120_000);
