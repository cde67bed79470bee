import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { issuedCredential } from '@fenghuo/contracts/rest.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../alarm-engine/src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../alarm-engine/test/database.ts';
import { type ServerProcess, startServer } from '../alarm-engine/test/server-process.ts';
import { insertSmallCounty, insertTestAccount, password } from '../alarm-engine/test/small-county.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../alarm-engine/test/temporary-folder.ts';
import { Mosquitto } from '../gateway/test/mosquitto.ts';
import { RestSession } from '../simulators/src/station/rest-session.ts';

/** Traffic of mosquitto_pub at a real Mosquitto, recorded and played into drills of a real station, by the commands. */
const project = path.resolve(import.meta.dirname, '..');
let folder: TemporaryFolder;
let broker: Mosquitto;
let database: TestDatabase;
let outside: Awaited<ReturnType<typeof connectClient>>;
let server: ServerProcess;
let recording: string;

beforeAll(async () => {
  folder = makeTemporaryFolder();
  [broker, database] = await Promise.all([Mosquitto.start(), createTestDatabase()]);
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  await insertTestAccount(outside, 'tester');
  await outside.query(`insert into fenghuo.foreign_identity (county, dialect, foreign_id, device) values
    ('331081', 'frigate', 'front', 'C-1'), ('331081', 'zigbee2mqtt', 'kitchen', 'G-2')`);
  server = await startServer({
    FENGHUO_DATA: path.join(folder.path, 'data'),
    FENGHUO_DATABASE_URL: database.appUrl,
    FENGHUO_OWNER_DATABASE_URL: database.ownerUrl,
  });
  recording = path.join(folder.path, 'night.ndjson.zst');
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await outside?.end();
  await database?.drop();
  await broker?.[Symbol.asyncDispose]();
  await folder?.remove();
});

function command(script: string, given: readonly string[], secret = password): ChildProcess {
  const env = { ...process.env, FENGHUO_PASSWORD: secret };
  return spawn(process.execPath, [`simulators/src/${script}.ts`, ...given], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess) {
  const [out, errors] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { code: child.exitCode, out, errors };
}

async function says(child: ChildProcess, words: string): Promise<void> {
  for await (const line of createInterface({ input: child.stderr! })) if (line.includes(words)) return;
  throw new Error(`it never said ${words}`);
}

const replay = (given: readonly string[]) => {
  const where = [
    '--url',
    `http://127.0.0.1:${server.httpPort}`,
    '--target',
    `mqtt://127.0.0.1:${server.mqttPort}`,
  ];
  return ended(command('replay', [...where, ...given]));
};

/** What a drill raised, without what no two runs share. */
async function raised(run: string | null) {
  const { rows } = await outside.query(
    `select doc ->> 'device' as device, doc ->> 'kind' as kind, doc ->> 'severity' as severity, doc ->> 'rule' as rule,
            doc ->> 'state' as state, doc ->> 'occurrences' as occurrences, doc ->> 'version' as version
     from fenghuo.alarm where doc ->> 'run' is not distinct from $1 order by 1, 2`,
    [run],
  );
  return rows as Record<string, string>[];
}

const native = (device: string) => `fenghuo/v1/331081/${device}/event`;
const now = () => Date.now();

test('recorded: topics by filter, payloads, QoS and RETAIN, in their order', async () => {
  const before = JSON.stringify({ kind: 'camera.smoke', id: 'kept', ts: now() });
  await broker.publish(native('C-1'), before, '-r', '-q', '2');
  await broker.publish('zigbee2mqtt/old', '{"smoke":true}', '-r');
  const recorder = command('record', [
    recording,
    ...['--source', `mqtt://127.0.0.1:${broker.port}`],
    ...['--topic', 'fenghuo/#', 'zigbee2mqtt/#', 'frigate/#'],
  ]);
  await says(recorder, 'listening');
  await broker.publish(native('S-1'), JSON.stringify({ kind: 'smoke', id: 'a', ts: now() }));
  await broker.publish('elsewhere/x', 'not asked for');
  await broker.publish(
    native('H-1'),
    JSON.stringify({ kind: 'heat', id: 'b', ts: new Date().toISOString() }),
  );
  const seen = {
    id: '1-a',
    camera: 'front',
    label: 'fire',
    false_positive: false,
    start_time: now() / 1000,
    end_time: null,
    entered_zones: [],
  };
  await broker.publish('frigate/events', JSON.stringify({ type: 'new', before: null, after: seen }));
  await broker.publish('zigbee2mqtt/kitchen', '{"gas":true}', '-q', '0');
  await broker.publish(native('S-1'), JSON.stringify({ kind: 'smoke', id: 'c', ts: now(), state: 'normal' }));
  await broker.publish(native('S-2'), JSON.stringify({ kind: 'manual', id: 'd', ts: now() }), '-q', '2');
  recorder.kill('SIGINT');
  await once(recorder, 'exit');
  expect(recorder.exitCode).toBe(0);
  const lines = zstdDecompressSync(await readFile(recording))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({
    fenghuo: 'recording',
    version: 1,
    filters: ['fenghuo/#', 'zigbee2mqtt/#', 'frigate/#'],
  });
  expect(lines.slice(1, -1).map(({ topic, qos, retain }) => [topic, qos, retain ?? false])).toEqual([
    [native('C-1'), 2, true],
    ['zigbee2mqtt/old', 1, true],
    [native('S-1'), 1, false],
    [native('H-1'), 1, false],
    ['frigate/events', 1, false],
    ['zigbee2mqtt/kitchen', 0, false],
    [native('S-1'), 1, false],
    [native('S-2'), 2, false],
  ]);
  expect(lines.at(-1)).toMatchObject({ end: true, messages: 8 });
});

test('replayed twice, ten times as fast → identical alarms, each in its own drill, none of what a broker had kept, and nothing live', async () => {
  const reports = [];
  for (const _ of [1, 2]) {
    const { code, out, errors } = await replay([
      ...[recording, '--speed', '10', '--shift-time', 'now', '--keep', '--json'],
    ]);
    expect([code, errors]).toEqual([0, expect.stringContaining('drill')]);
    reports.push(JSON.parse(out));
  }
  for (const report of reports) expect(report).toMatchObject({ published: 8, acknowledged: 8, leftOut: 0 });
  const [first, second] = await Promise.all(reports.map(({ run }) => raised(run)));
  expect(first!.map(({ device, kind }) => [device, kind])).toEqual([
    ['C-1', 'camera.fire'],
    ['G-2', 'gas'],
    ['H-1', 'heat'],
    ['S-1', 'smoke'],
    ['S-2', 'manual'],
  ]);
  expect(second).toEqual(first);
  expect(reports[1].fingerprint).toBe(reports[0].fingerprint);
  for (const report of reports) {
    const told = report.raised.map(({ device, kind, severity }: Record<string, string>) => [
      device,
      kind,
      severity,
    ]);
    expect(told.sort()).toEqual(first!.map(({ device, kind, severity }) => [device, kind, severity]));
  }
  expect(await raised(null)).toEqual([]);
});

test('played into what is live: refused without the county’s name; with it, the alarms are real', async () => {
  const live = [recording, '--live', '--json', '--data', path.join(folder.path, 'data')];
  const refused = await ended(command('replay', live, ''));
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.errors).toContain('--confirm 331081');
  expect((await ended(command('replay', [...live, '--confirm', '331082'], ''))).code).toBe(1);
  expect(await raised(null)).toEqual([]);
  const played = await ended(command('replay', [...live, '--confirm', '331081'], ''));
  expect(JSON.parse(played.out)).toMatchObject({ published: 8, acknowledged: 8 });
  expect((await raised(null)).map(({ device }) => device)).toEqual(['C-1', 'G-2', 'H-1', 'S-1', 'S-2']);
});

test('history as a recording: what devices reported live, played into a drill, raises the same', async () => {
  const past = path.join(folder.path, 'past.ndjson');
  const stretch = [
    '--from',
    '2020-01-01T00:00Z',
    '--to',
    '2100-01-01T00:00Z',
    '--database-url',
    database.appUrl,
  ];
  const recorder = await ended(command('record', [past, ...stretch]));
  expect([recorder.code, recorder.errors]).toEqual([0, `record: 8 messages in ${past}\n`]);
  const played = await replay([...stretch, '--area', '331081100', '--keep', '--json']);
  const { run } = JSON.parse(played.out);
  const live = await raised(null);
  expect(await raised(run)).toEqual(live.filter(({ device }) => ['C-1', 'H-1', 'S-1'].includes(device!)));
  expect(await readFile(past, 'utf8')).toContain('camera.fire');
});

/** A recording of two detectors and of something that was recorded in a drill. */
async function mixedRecording(laterMs = 0): Promise<string> {
  const file = path.join(folder.path, 'mixed.ndjson');
  const said = (topic: string, t = 0) => ({ t, topic, qos: 1, text: '{"kind":"smoke"}' });
  const lines = [
    { fenghuo: 'recording', version: 1, startedAt: now(), source: 'test', filters: ['#'] },
    ...[said(native('H-1')), said(native('S-1'), laterMs), said('fenghuo-drill/v1/run/~/x')],
    { end: true, messages: 3, milliseconds: 0 },
  ];
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

const playLive = (file: string, port: number, secret: string) =>
  ended(
    command(
      'replay',
      [
        ...[file, '--url', 'http://127.0.0.1:9', '--target', `mqtt://127.0.0.1:${port}`, '--username', 'S-1'],
        ...['--live', '--confirm', 'live', '--json'],
      ],
      secret,
    ),
  );

test('what the server refuses is counted and the rest goes on; what was of a drill stays out of what is live', async () => {
  await insertTestAccount(outside, 'administrator');
  const session = new RestSession({
    ...{ url: `http://127.0.0.1:${server.httpPort}`, account: 'administrator', password },
  });
  await session.signIn();
  const wish = { kind: 'device', username: 'S-1', device: 'S-1' };
  const { secret } = await session.post('/credentials', wish, issuedCredential);
  const played = await playLive(await mixedRecording(), server.mqttPort, secret);
  expect([played.errors, JSON.parse(played.out)]).toMatchObject([
    '',
    { published: 2, acknowledged: 1, refused: 1, leftOut: 1 },
  ]);
});

test('the broker dies in the middle → a sentence, code 1, and no waiting for what cannot come', async () => {
  await using mortal = await Mosquitto.start({ verbose: true });
  const playing = playLive(await mixedRecording(3_600_000), mortal.port, 'secret');
  while (mortal.told(/Received PUBLISH/) === 0) await new Promise((resolve) => setImmediate(resolve));
  await mortal.kill();
  const { code, errors } = await playing;
  expect([code, errors]).toEqual([1, expect.stringContaining('has closed the connection')]);
});

test('a file that was cut off, and one that is none → a sentence, code 1', async () => {
  const none = await replay(['package.json']);
  expect([none.code, none.errors]).toEqual([1, expect.stringContaining('is no recording')]);
  await truncate(recording, (await readFile(recording)).length - 20);
  const cut = await replay([recording, '--speed', '1000']);
  expect([cut.code, cut.errors]).toEqual([1, expect.stringMatching(/cut off|cannot be unpacked/)]);
});
