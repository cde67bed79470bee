import { DeviceIndex } from '@fenghuo/gateway/device-index.ts';
import { createGateway, type Gateway } from '@fenghuo/gateway/gateway.ts';
import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { DeviceClocks } from '@fenghuo/gateway/liveness/device-clocks.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { connectAsync, type MqttClient } from 'mqtt';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { StoredPrincipals } from '../src/access/principal-directory.ts';
import { Listener } from '../src/store/listener.ts';
import { AnsweringWriter, done } from './answering-writer.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const areas: Record<string, string> = { 'S-1': `${zeguo}203-02`, 'S-2': songmen };
const log = pino({ level: 'silent' });
const queue = new IntakeQueue();
const clients: MqttClient[] = [];
let web: TestWeb;
let writer: AnsweringWriter;
let listener: Listener;
let gateway: Gateway;
let port: number;
let administrator: string;

beforeAll(async () => {
  web = await startTestWeb({ answerWaitMs: 5_000 });
  administrator = await enter(web, 'administrator');
  writer = new AnsweringWriter(web.databaseUrl, done);
  await writer.start();
  listener = new Listener({ databaseUrl: web.databaseUrl, name: 'fenghuo gateway', log });
  const principals = new StoredPrincipals({
    db: web.pool,
    listener,
    county,
    serverKey: Buffer.alloc(32, 7),
    areaOf: (deviceId) => areas[deviceId] ?? null,
    log,
    onEnded: (names) => gateway.endConnectionsOf(names),
  });
  principals.start();
  await listener.start();
  gateway = createGateway({
    clock: Date.now,
    principals,
    county,
    devices: new DeviceIndex(),
    clocks: new DeviceClocks(),
    identities: { deviceOf: () => null },
    carriers: { find: async () => null },
    queue,
    lastSeen: new LastSeen(),
    endpoint: { host: '127.0.0.1', port: 0 },
    log,
    metrics: new Registry(),
  });
  port = (await gateway.start()).port!;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(async () => {
  await gateway.stop();
  await listener.stop();
  await writer.stop();
  await web.stop();
});

const post = (path: string, body?: object) =>
  web.call('POST', `/api/v1${path}`, { as: administrator, ...(body && { body }) });

async function issue(body: object): Promise<string> {
  const response = await post('/credentials', body);
  expect(response.status).toBe(201);
  return ((await response.json()) as { secret: string }).secret;
}

async function connect(username: string, secret: string, clientId = 'any'): Promise<MqttClient> {
  const client = await connectAsync({
    host: '127.0.0.1',
    port,
    username,
    password: secret,
    clientId,
    protocolVersion: 5,
    reconnectPeriod: 0,
  });
  clients.push(client);
  return client;
}

/** `stored`, or the reason code with which it is refused. */
async function say(client: MqttClient, device: string, root = ''): Promise<string | number> {
  const topic = `${root}fenghuo/v1/${county}/${device}/event`;
  const published = client.publishAsync(topic, '{"kind":"smoke"}', { qos: 1 }).then(
    () => 'stored',
    ({ code }: { code: number }) => code,
  );
  queue.onReady = () =>
    queueMicrotask(() => {
      for (const delivery of queue.take(10)) delivery.acknowledge();
    });
  return published;
}

const ended = (client: MqttClient) =>
  new Promise<number>((resolve) => client.once('disconnect', ({ reasonCode }) => resolve(reasonCode!)));

test('a device: its own id and client id only, listed without its secret, on the record', async () => {
  const secret = await issue({ kind: 'device', username: 'S-1', device: 'S-1', clientId: 'panel-1' });
  expect(writer.taken.at(-1)).toMatchObject({
    act: 'issue-credential',
    subject: 'S-1',
    detail: 'device S-1',
  });
  await expect(connect('S-1', secret, 'other')).rejects.toMatchObject({ code: 0x85 });
  const client = await connect('S-1', secret, 'panel-1');
  expect([await say(client, 'S-1'), await say(client, 'S-2')]).toEqual(['stored', 0x87]);
  const response = await web.call('GET', '/api/v1/credentials', { as: administrator });
  const text = await response.text();
  expect(JSON.parse(text).credentials).toEqual([
    expect.objectContaining({ username: 'S-1', device: 'S-1', clientId: 'panel-1', revokedAt: null }),
  ]);
  expect(text).not.toContain(secret);
});

test('a bridge of a set and one of an area: each within its own, in speech and in hearing', async () => {
  const set = await connect(
    'set',
    await issue({ kind: 'bridge', username: 'set', devices: ['S-1', 'new-1'] }),
  );
  const area = await connect('area', await issue({ kind: 'bridge', username: 'area', area: zeguo }));
  const told = async (client: MqttClient) =>
    Promise.all(['S-1', 'S-2', 'new-1', 'new-2'].map((device) => say(client, device)));
  expect(await told(set)).toEqual(['stored', 0x87, 'stored', 0x87]);
  expect(await told(area)).toEqual(['stored', 0x87, 'stored', 'stored']);
  const hears = async (client: MqttClient, device: string) =>
    client.subscribeAsync(`fenghuo/v1/${county}/${device}/command`).then(
      () => true,
      () => false,
    );
  expect([await hears(set, 'S-1'), await hears(set, 'S-2')]).toEqual([true, false]);
  expect([await hears(area, 'S-1'), await hears(area, 'S-2')]).toEqual([true, false]);
});

test('revoked → its connection ends at once, it is refused, and the record says so', async () => {
  const body = { kind: 'bridge', username: 'gone', area: zeguo };
  const secret = await issue(body);
  const client = await connect('gone', secret);
  const end = ended(client);
  expect((await post('/credentials/gone/revoke')).status).toBe(204);
  expect(await end).toBe(0x98);
  expect(writer.taken.at(-1)).toMatchObject({ act: 'revoke-credential', subject: 'gone' });
  await expect(connect('gone', secret)).rejects.toMatchObject({ code: 0x87 });
  expect((await post('/credentials/gone/revoke')).status).toBe(404);
});

test('issued anew → the old secret and its connection end, the new one opens', async () => {
  const body = { kind: 'device', username: 'anew', device: 'anew' };
  const old = await issue(body);
  const client = await connect('anew', old);
  const end = ended(client);
  const secret = await issue(body);
  expect(await end).toBe(0x98);
  await expect(connect('anew', old)).rejects.toMatchObject({ code: 0x86 });
  expect(await say(await connect('anew', secret), 'anew')).toBe('stored');
});

test('a revocation while the gateway’s connection to the database was lost → the connection ends all the same', async () => {
  const client = await connect('late', await issue({ kind: 'device', username: 'late', device: 'late' }));
  const end = ended(client);
  await web.pool.query(`update fenghuo.credential set revoked_at = now() where username = 'late'`);
  await web.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'fenghuo gateway' and datname = current_database()`,
  );
  expect(await end).toBe(0x98);
});

test.each([
  ['a name of another kind', { kind: 'bridge', username: 'S-9', area: zeguo }, 409],
  ['an area elsewhere', { kind: 'bridge', username: 'x', area: '330000' }, 400],
  ['an area and a set', { kind: 'bridge', username: 'x', area: zeguo, devices: ['S-1'] }, 400],
  ['neither', { kind: 'bridge', username: 'x' }, 400],
  ['an empty set', { kind: 'bridge', username: 'x', devices: [] }, 400],
  ['a wildcard', { kind: 'device', username: 'x', device: 'S/+' }, 400],
  ['a tester', { kind: 'tester', username: 'x', run: 'r' }, 400],
])('%s is refused, and nothing goes on the record', async (_, body, status) => {
  await issue({ kind: 'device', username: 'S-9', device: 'S-9' });
  const before = writer.taken.length;
  expect((await post('/credentials', body)).status).toBe(status);
  expect(writer.taken).toHaveLength(before);
});

test('the acts of the record cannot be ordered by hand', async () => {
  const body = { act: 'issue-credential', id: crypto.randomUUID(), subject: 'x', detail: 'x' };
  expect((await post('/commands', body)).status).toBe(400);
});
