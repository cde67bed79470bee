import { connect, type Socket } from 'node:net';
import {
  type DrillEnding,
  drillCatalogue,
  drillList,
  drillOrdered,
  drillTaken,
  drillWish,
} from '@fenghuo/contracts/drills.ts';
import { drillStarted, type IssuedCredential } from '@fenghuo/contracts/rest.ts';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frameOf } from '../../gateway/src/codecs/gb26875-frame.fixture.ts';
import { PushStation } from './push-station.ts';
import type { ServerProcess } from './server-process.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

/**
 * A real server with real people and a real receiver of their messages: what of a drill reaches whom, over every door.
 * P1 is the county's, P3 the team's, P4 and P5 sit in the room of Zeguo; P4 takes part.
 */
let station: PushStation;
let server: ServerProcess;
let receiver: WebhookReceiver;
let bridge: MqttClient;
const open: (MqttClient | Socket)[] = [];

beforeAll(async () => {
  station = await PushStation.prepare({ demo: false });
  receiver = await startWebhookReceiver();
  await station.outside.query(`
    insert into fenghuo.person (id, unit, name, post, phone, on_duty) values
      ('P4', 'U-zeguo', '李梅', '值班员', '13900000004', true),
      ('P5', 'U-zeguo', '王芳', '值班员', '13900000005', true);
    insert into fenghuo.foreign_identity (county, dialect, foreign_id, device) values
      ('331081', 'zigbee2mqtt', 'hall', 'S-1'), ('331081', 'gb26875', '010203040506/1-3/512', 'H-1')`);
  const doors = { FENGHUO_GB26875_PORT: '0', FENGHUO_GB26875_DRILL_PORTS: '0,0' };
  server = await station.start({ ...receiver.settings, ...doors });
  const asked = { kind: 'bridge', username: 'everybody', area: '331081' };
  bridge = await connected(
    (await (await station.api('POST', '/credentials', asked)).json()) as IssuedCredential,
  );
  const offer = { software: 'v1', scenarios: [scenario] };
  expect((await station.api('POST', '/drills/runner', offer, 'tester')).status).toBe(204);
});
afterAll(async () => {
  for (const one of open) 'endAsync' in one ? await one.endAsync(true) : one.destroy();
  await station[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const scenario = {
  ...{ name: 'school', title: { zh: '校园火灾', en: 'A school fire' }, about: null, durationMs: 60_000 },
  ...{ messages: 3, alarms: 3, points: [[121.37, 28.49]], places: [], asks: [] },
};
const words = { zh: '某项', en: 'something' };
const ending: DrillEnding = {
  ...{ software: 'v1', fault: null, report: '<!doctype html><p>protocol' },
  verdict: {
    ok: true,
    judged: [{ name: 'lost', what: words, asked: '0', found: 0, unit: '', ok: true }],
  },
};

async function connected({ username, secret }: IssuedCredential): Promise<MqttClient> {
  const options = { host: '127.0.0.1', port: server.mqttPort, username, password: secret };
  const client = await connectAsync({ ...options, protocolVersion: 5, reconnectPeriod: 0 });
  client.on('error', () => {});
  open.push(client);
  return client;
}

/** A transmitter that has reported a fire, and stays. */
function transmitter(port: number, frame: Buffer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(frame));
    open.push(socket);
    socket.on('error', reject).once('data', () => resolve(socket));
  });
}

/** Orders a run and takes it, as the runner does. */
async function taken(participants: string[]) {
  const ordered = await station.api('POST', '/drills/runs', { scenario: 'school', participants });
  const { run } = drillOrdered.parse(await ordered.json());
  const { taken } = drillTaken.parse(await (await station.api('POST', '/drills/take', {}, 'tester')).json());
  expect(taken).toMatchObject({ run, scenario: 'school' });
  return taken!;
}

/** Everything of the drill, by all doors: native, foreign, GB/T 26875.3 at its own port. */
async function burn(run: string, tester: MqttClient): Promise<Socket> {
  const { gb26875Port } = await card(run);
  const root = `fenghuo-drill/v1/${run}/~`;
  await tester.publishAsync(`${root}/fenghuo/v1/331081/S-2/event`, fire('S-2'), { qos: 1 });
  await tester.publishAsync(`${root}/zigbee2mqtt/hall`, Buffer.from('{"smoke":true}'), { qos: 1 });
  return transmitter(gb26875Port!, frameOf(`0201 0103 28 00020000 0300 ${'00'.repeat(31)}`));
}
const fire = (id: string) => JSON.stringify({ id: `${id}-${Math.random()}`, kind: 'manual', ts: Date.now() });

const card = async (run: string) => {
  const { drills } = drillList.parse(await (await station.api('GET', '/drills')).json());
  return drills.find((one) => one.run === run)!;
};

/** Alarms by device and world, the open ones. */
async function openAlarms(): Promise<string[]> {
  const { rows } = await station.outside.query(
    `select device, doc ->> 'run' as run from fenghuo.alarm where closed_at is null order by device`,
  );
  return rows.map(({ device, run }) => `${device} ${run ?? 'live'}`);
}

/** Open tickets of a run are looked at by everybody who is to look: nothing waits to be sent. */
async function allTold(): Promise<{ person: string; run: string | null; channel: string }[]> {
  for (;;) {
    const { rows } = await station.outside.query(
      `select person, run, channel, state from fenghuo.delivery order by made_at, person, channel`,
    );
    if (rows.every(({ state }) => state !== 'waiting')) return rows;
  }
}

/** Who was told outside that a drill is over, and of which. */
async function endings(): Promise<string[]> {
  await allTold();
  return receiver.received.flatMap(({ body }) =>
    body.kind === 'drill-ended' ? [`${body.person.id} ${body.run}`] : [],
  );
}

/** Tables of what happens, and which of their rows are live. */
const live: Record<string, string> = {
  ...{ event: `run = ''`, alarm: 'run is null', incident: 'run is null', ticket: 'run is null' },
  ...{ alarm_transition: 'run is null', upkeep: 'run is null', flood: 'run is null', audit: 'run is null' },
  ...{ report: 'run is null', delivery: 'run is null', quarantine: 'true', hold: 'true' },
  due: `subject in (select id from fenghuo.ticket where run is null union select id from fenghuo.alarm where run is null)`,
};

/** What is live, as the database has it, byte for byte. */
async function liveRows(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [table, where] of Object.entries(live)) {
    const { rows } = await station.outside.query(
      `select t::text as row, xmin::text from fenghuo.${table} t where ${where} order by 1`,
    );
    found[table] = rows.map(({ row, xmin }) => `${xmin} ${row}`);
  }
  return found;
}

test('over every door → only who takes part is told, inside and outside; a live fire → who is on duty; stopped → nothing of it is left, the fire burns on', async () => {
  const { run, ...credential } = await taken(['P4']);
  const tester = await connected(credential);
  const socket = await burn(run, tester);
  expect(await openAlarms()).toEqual([`H-1 ${run}`, `S-1 ${run}`, `S-2 ${run}`]);
  await expect.poll(async () => (await allTold()).length).toBeGreaterThan(1);
  expect(receiver.received[0]?.body).toMatchObject({
    kind: 'drill-started',
    unit: 'U-zeguo',
    drill: { startedBy: 'administrator' },
  });
  for (const { body } of receiver.received) {
    const { title } = 'drill' in body ? body.drill : body.ticket!;
    expect([body.person.id, body.run]).toEqual(['P4', run]);
    expect(title.zh).toMatch(/^【演练】/);
    expect(title.en).toMatch(/^DRILL: /);
  }
  expect(new Set((await allTold()).map(({ person }) => person))).toEqual(new Set(['P4']));

  const before = receiver.received.length;
  await bridge.publishAsync('fenghuo/v1/331081/S-1/event', fire('S-1'), { qos: 1 });
  await expect.poll(async () => (await allTold()).filter((one) => one.run === null).length).toBe(4);
  const told = receiver.received.slice(before).map(({ body }) => `${body.person.id} ${body.run}`);
  expect(told.sort()).toEqual(['P4 null', 'P5 null']);
  const standing = await liveRows();
  expect([standing.ticket!.length, standing.alarm!.length]).toEqual([1, 1]);

  const closed = new Promise((resolve) => socket.once('close', resolve));
  const cut = new Promise<void>((resolve) => tester.once('close', () => resolve()));
  expect((await station.api('POST', `/drills/${run}/end`)).status).toBe(200);
  await Promise.all([closed, cut]);
  expect(await openAlarms()).toEqual(['S-1 live']);
  await expect.poll(async () => (await endings()).length).toBe(1);
  expect(await endings()).toEqual([`P4 ${run}`]);
  expect(await liveRows()).toEqual(standing);
  const { rows } = await station.outside.query(
    `select (select count(*)::int from fenghuo.ticket where doc ->> 'run' = $1 and closed_at is null) as tickets,
            (select count(*)::int from fenghuo.due where subject in (select id from fenghuo.ticket where doc ->> 'run' = $1)) as due,
            (select count(*)::int from fenghuo.credential where run = $1 and revoked_at is null) as credentials`,
    [run],
  );
  expect(rows[0]).toEqual({ tickets: 0, due: 0, credentials: 0 });
  await expect(connected(credential)).rejects.toThrow();

  const answer = await station.api(
    'POST',
    `/drills/${run}/progress`,
    { state: 'playing', progress: null },
    'tester',
  );
  expect(drillWish.parse(await answer.json())).toEqual({ wish: 'stop' });
  await station.api('POST', `/drills/${run}/ending`, ending, 'tester');
  expect((await card(run)).play).toMatchObject({ state: 'stopped', hasReport: true });
});

test('two drills at once → each hears the transmitters of its own port, and no third has one', async () => {
  const runs = [await taken([]), await taken([])];
  for (const { run, ...credential } of runs) await burn(run, await connected(credential));
  const wanted = runs.flatMap(({ run }) => [`H-1 ${run}`, `S-1 ${run}`, `S-2 ${run}`]);
  expect((await openAlarms()).filter((one) => !one.endsWith('live')).sort()).toEqual(wanted.sort());
  const third = drillStarted.parse(await (await station.api('POST', '/drills', { title: '第三场' })).json());
  expect(third).toMatchObject({ gb26875Port: null });
  for (const { run } of [...runs, third]) await station.api('POST', `/drills/${run}/end`);
  expect((await card(runs[0]!.run)).gb26875Port).toBeNull();
});

test('nobody takes part → nobody is told at all', async () => {
  const [told, outside] = [(await allTold()).length, receiver.received.length];
  const { run, ...credential } = await taken([]);
  await burn(run, await connected(credential));
  const { rows } = await station.outside.query(
    `select count(*)::int as tickets from fenghuo.ticket where doc ->> 'run' = $1`,
    [run],
  );
  expect(rows[0].tickets).toBeGreaterThan(0);
  await station.api('POST', `/drills/${run}/end`);
  expect([(await allTold()).length, receiver.received.length]).toEqual([told, outside]);
});

test('ordered → taken once → paused → judged: the drill ends with its verdict, the report is kept and draws itself alone', async () => {
  const { run } = await taken(['P3', 'P4']);
  expect(drillTaken.parse(await (await station.api('POST', '/drills/take', {}, 'tester')).json())).toEqual({
    taken: null,
  });
  await station.api('POST', `/drills/${run}/wish`, { wish: 'pause' });
  const told = await station.api(
    'POST',
    `/drills/${run}/progress`,
    { state: 'playing', progress: null },
    'tester',
  );
  expect(await told.json()).toEqual({ wish: 'pause' });
  expect((await station.api('POST', `/drills/${run}/ending`, ending, 'tester')).status).toBe(204);
  const { endedAt, participants, play } = await card(run);
  expect(endedAt).not.toBeNull();
  expect(participants).toEqual(['P3', 'P4']);
  expect(play).toMatchObject({ state: 'judged', verdict: ending.verdict, software: 'v1', hasReport: true });
  expect((await station.api('POST', `/drills/${run}/ending`, ending, 'tester')).status).toBe(404);
  const report = await station.api('GET', `/drills/${run}/report`);
  expect(report.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await report.text()).toBe(ending.report);
});

test('stopped before the runner took it → it is never given out', async () => {
  const ordered = await station.api('POST', '/drills/runs', { scenario: 'school' });
  const { run } = drillOrdered.parse(await ordered.json());
  await station.api('POST', `/drills/${run}/end`);
  expect(await (await station.api('POST', '/drills/take', {}, 'tester')).json()).toEqual({ taken: null });
  expect((await card(run)).play).toMatchObject({ state: 'stopped' });
});

test('a runner dies and another starts → what it had begun is over, and says why', async () => {
  const { run } = await taken([]);
  await station.api('POST', '/drills/runner', { software: 'v2', scenarios: [] }, 'tester');
  const { endedAt, play } = await card(run);
  expect(play).toMatchObject({ state: 'failed', fault: { en: expect.stringContaining('runner left') } });
  expect(endedAt).toBeNull();
  await station.api('POST', `/drills/${run}/end`);
  const catalogue = drillCatalogue.parse(await (await station.api('GET', '/drills/scenarios')).json());
  expect(catalogue.scenarios).toEqual([]);
  expect((await station.api('POST', '/drills/runs', { scenario: 'school' })).status).toBe(404);
});
