import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drillStarted } from '@fenghuo/contracts/rest.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BenchStation, type RunningStation } from '../src/bench/bench-station.ts';
import { readEstate, type StandingEstate } from '../src/read-estate.ts';
import { readScenario } from '../src/scenario/read-scenario.ts';
import type { RunEvent } from '../src/scenario-run/run-event.ts';
import type { RunRecord } from '../src/scenario-run/run-record.ts';
import { ScenarioRun } from '../src/scenario-run/scenario-run.ts';
import { accountsFor, type StationAccess, signedIn } from '../src/scenario-run/station-access.ts';
import { generateEstate } from '../src/station/estate-process.ts';
import { readFacts } from '../src/verdict/read-facts.ts';

/**
 * A whole small station: what a scenario says comes out at the other end, in the database and on a socket, and what
 * somebody does to the database afterwards is seen.
 */
const project = path.resolve(import.meta.dirname, '../..');
const quiet = () => {};

let folder = '';
let station: BenchStation;
let running: RunningStation;
let estate: StandingEstate;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fenghuo-test-scenario-'));
  const estateFolder = path.join(folder, 'estate');
  await generateEstate({
    ...{ project, folder: estateFolder, detectors: 2_000, cameras: 50, buildings: 150, onProgress: quiet },
  });
  station = new BenchStation({ project, estate: estateFolder, onProgress: quiet });
  [running, estate] = [await station.start(), await readEstate(estateFolder)];
}, 120_000);

afterAll(async () => {
  await station?.stop();
  await rm(folder, { recursive: true, force: true });
});

const access = (): StationAccess => ({
  ...{ target: { host: '127.0.0.1', port: running.mqttPort }, url: running.url, drill: null, isOurs: true },
  live: { username: running.bridge.username, password: running.bridge.secret },
  databaseUrl: running.databaseUrl,
  ...accountsFor(running.accounts),
});

function play(
  text: string,
  onEvent: (event: RunEvent, run: ScenarioRun) => void = quiet,
  more: Partial<StationAccess> = {},
): Promise<RunRecord> {
  const station = { ...access(), ...more };
  const run: ScenarioRun = new ScenarioRun({
    ...{ scenario: readScenario(text, 'test'), estate, station, wishes: {} },
    onEvent: (event) => onEvent(event, run),
  });
  return run.start();
}

const head = (seed: string, seconds: number) =>
  `name: t\ntitle: { zh: 测试, en: A test }\nseed: ${seed}\nduration: ${seconds} s\nsettle: 1 s\nconnections: 4\n`;
const kept = ({ verdict }: RunRecord) => verdict.judged.filter(({ ok }) => !ok);

test('cut, sent twice, in alarm, hostile, live and in a drill at once: all is where it belongs, once', async () => {
  const record = await play(`${head('all', 6)}
redeliver: 10 %
cuts_per_second: 5
places: { home: { use: residential, detectors_from: 4 }, school: { use: school } }
timeline:
  - readings: { who: { types: [heat, gas] }, rate: 300, for: 6 s }
  - { at: 1 s, speak: { who: { place: home, types: [smoke], count: 2 }, state: alarm, over: 1 s } }
  - { at: 1 s, drill: true, speak: { who: { place: school, types: [smoke], count: 2 }, state: alarm } }
  - { at: 2 s, hostile: { as: { types: [co], count: 1 }, does: [garbage, giant, replayed, forged], times: 2, over: 2 s } }
expect: { alarms: 4, incidents: 2, tickets: 2, messages: { at_least: 1 }, quarantined: 4, refused: 2 }
budgets: { screen_max: 20 s, unheard: 0 }
`);
  expect(kept(record)).toEqual([]);
  expect(record.verdict).toMatchObject({ ok: true, published: 1_804, acknowledged: 1_804, stored: 1_804 });
  expect(record.verdict.resent).toBeGreaterThan(100);
  expect(record.verdict.latency).toMatchObject({ screen: { count: 4 }, ticket: { count: 2 } });
  expect(record.run).toMatch(/^drill-/);
  expect(record.hostile).toEqual({ acknowledged: 6, closed: 2, nothing: 0 });
  await expectTamperingSeen(record);
});

/** The same question to a database that somebody has been at. */
async function expectTamperingSeen({ script, startedAt, run }: RunRecord): Promise<void> {
  const [row] = await asOwner<{ id: string; at: Date }>(`
    select d.id, e.at from fenghuo.event e join fenghuo.device d on d.no = e.device
    where e.run = '' and e.kind = 'gas' order by e.no limit 1`);
  const ledger = [{ device: row!.id, at: row!.at.getTime(), run: '', acknowledged: true }];
  const stored = async () => {
    const { databaseUrl } = running;
    const wanted = {
      databaseUrl,
      ledger,
      since: startedAt,
      run,
      inDrill: false,
      isOurs: true,
      forgedDevices: [],
    };
    return (await readFacts(wanted)).stored;
  };
  expect(script.publications.length).toBeGreaterThan(0);
  expect(await stored()).toEqual({ stored: 1, lost: 0, duplicated: 0, unasked: 0 });
  const here = `device = (select no from fenghuo.device where id = '${row!.id}') and at = '${row!.at.toISOString()}'`;
  const copyAs = (kind: string, identity: string) => `
    insert into fenghuo.event
    select device, at, ${identity}, no, received_at, ${kind}, state, value, unit, flags, run, attrs
    from fenghuo.event where ${here} and kind = 'gas' limit 1`;
  await asOwner(copyAs("'silent'", 'ident + 2'));
  expect(await stored(), 'supervision is no copy').toMatchObject({ lost: 0, duplicated: 0 });
  await asOwner(copyAs('kind', 'ident + 1'));
  expect(await stored()).toMatchObject({ lost: 0, duplicated: 1 });
  await asOwner(`delete from fenghuo.event where ${here}`);
  expect(await stored()).toEqual({ stored: 0, lost: 1, duplicated: 0, unasked: 0 });
}

test('paused → nothing leaves → resumed → all of it leaves, later by the pause', async () => {
  const counts: number[] = [];
  const story = `${head('pause', 4)}\ntimeline: [{ readings: { who: { types: [co] }, rate: 100, for: 4 s } }]\n`;
  const record = await play(story, (event, run) => {
    if (event.type !== 'moment') return;
    if (counts.push(event.moment.published) === 1) run.pause();
    if (counts.length === 4) run.resume();
  });
  expect(kept(record)).toEqual([]);
  expect(new Set(counts.slice(1, 4)).size).toBe(1);
  expect(record.verdict).toMatchObject({ published: 400, stored: 400 });
  expect(record.endedAt - record.startedAt).toBeGreaterThan(6_500);
});

test('stopped in the middle of a drill: what left is judged, the drill ends, live is untouched', async () => {
  const story = `${head('stop', 60)}
timeline: [{ drill: true, speak: { who: { types: [smoke], count: 600 }, state: alarm, over: 60 s } }]
expect: { alarms: 600 }
`;
  const record = await play(story, (event, run) => {
    if (event.type === 'moment' && event.moment.published > 20) run.stop();
  });
  expect(kept(record)).toEqual([]);
  expect(record.verdict.alarms.expected).toBe(record.verdict.alarms.raised);
  expect(record.verdict.alarms.raised).toBeLessThan(100);
  const [drill] = await asOwner<{ ended: boolean; open: number; told: number }>(`
    select ended_at is not null as ended,
           (select count(*)::int from fenghuo.alarm where run = '${record.run}' and closed_at is null) as open,
           (select count(*)::int from fenghuo.delivery d join fenghuo.incident i on i.id = d.incident where i.run = '${record.run}') as told
    from fenghuo.drill where id = '${record.run}'`);
  expect(drill).toEqual({ ended: true, open: 0, told: 0 });
});

test('into a drill that runs already: all of it, nothing live, and the drill goes on', async () => {
  const { url, tester } = access();
  const session = await signedIn(url!, tester!);
  const { run, username, secret } = await session.post('/drills', { title: '演练' }, drillStarted);
  const story = `${head('given', 3)}
timeline: [{ speak: { who: { types: [smoke, manual], count: 20 }, state: alarm, over: 2 s } }]
expect: { alarms: 20, messages: 0 }
`;
  const record = await play(story, quiet, { live: null, drill: { run, username, password: secret } });
  await session.signOut();
  expect(kept(record)).toEqual([]);
  expect(record).toMatchObject({ run, whole: true });
  expect(record.facts!.alarms.every((alarm) => alarm.run === run)).toBe(true);
  expect(await asOwner(`select from fenghuo.drill where id = '${run}' and ended_at is null`)).toHaveLength(1);
});

async function asOwner<T extends object>(statement: string): Promise<T[]> {
  const db = new Client({ connectionString: running.ownerDatabaseUrl });
  await db.connect();
  try {
    return (await db.query<T>(statement)).rows;
  } finally {
    await db.end();
  }
}
