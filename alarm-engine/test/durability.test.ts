import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { generate } from 'mqtt-packet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CrashStation, prepareStation } from './crash-station.ts';
import { ResendingClient } from './resending-client.ts';
import type { ServerProcess } from './server-process.ts';
import { tableOfDays } from './stored-events.ts';

let station: CrashStation;
let server: ServerProcess;
let client: ResendingClient;
beforeAll(async () => {
  station = await prepareStation();
  server = await station.start();
  client = await clientOf('raw-1');
});
afterAll(async () => {
  client.stop();
  await station[Symbol.asyncDispose]();
});

async function clientOf(clientId: string): Promise<ResendingClient> {
  const made = new ResendingClient({
    ...{ port: server.mqttPort, ...station.bridge(), clientId, window: 100, keepalive: 0 },
  });
  await made.start();
  return made;
}

const topicOf = (device: string) => `fenghuo/v1/331081/${device}/event`;

async function ask<R extends object>(statement: string, values: unknown[] = []): Promise<R[]> {
  return (await station.outside.query<R>(statement, values)).rows;
}

async function rowsOf(device: string) {
  const [row] = await ask<{ event: number; alarm: number; incident: number; ticket: number }>(
    `select (select count(*)::int from fenghuo.event e join fenghuo.device d on d.no = e.device where d.id = $1) as event,
            (select count(*)::int from fenghuo.alarm where device = $1) as alarm,
            (select count(*)::int from fenghuo.incident i where exists (
               select from fenghuo.alarm where device = $1 and incident = i.id)) as incident,
            (select count(*)::int from fenghuo.ticket t where exists (
               select from fenghuo.alarm where device = $1 and incident = t.incident)) as ticket`,
    [device],
  );
  return row!;
}

/** Sees to it that all that `send` sends is in one batch: the one before it waits for a lock of ours meanwhile. */
async function inOneBatch(send: () => Promise<unknown>): Promise<void> {
  await ask('begin');
  await ask('lock table fenghuo.event in share mode');
  const first = client.publish(topicOf('H-1'), JSON.stringify({ id: `hold-${Date.now()}`, kind: 'test' }));
  while ((await ask('select from pg_locks where not granted')).length === 0);
  const sent = send();
  await client.ping();
  await ask('commit');
  await Promise.all([first, sent]);
}

async function inputsOfLastBatch(): Promise<number> {
  const [batch] = await ask<{ inputs: number }>(
    `select (last_no - first_no + 1)::int as inputs from fenghuo.input_batch order by last_no desc limit 1`,
  );
  return batch!.inputs;
}

test('one event among twenty of a batch that the database refuses: quarantined with its reason, the others stored, all acknowledged', async () => {
  await ask(`
    create function fenghuo.refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'poison' using errcode = '22023';
    end $$;
    create trigger refuse before insert on ${await tableOfDays(station.outside)}
      for each row when (new.unit = 'poison') execute function fenghuo.refuse()`);
  const said = Array.from({ length: 20 }, (_, i) =>
    i === 7 ? { unit: 'poison', kind: 'smoke' } : { kind: i === 12 ? 'manual' : 'test' },
  );
  const say = (what: object, i: number) =>
    client.publish(topicOf('S-2'), JSON.stringify({ ...what, seq: i }));
  await inOneBatch(() => Promise.all(said.map(say)));
  expect(await rowsOf('S-2')).toEqual({ event: 19, alarm: 1, incident: 1, ticket: 1 });
  const set = await ask<{ bytes: Buffer }>(`select reason, topic, detail, bytes from fenghuo.quarantine`);
  expect(set).toMatchObject([{ reason: 'not-storable', topic: 'S-2', detail: 'poison' }]);
  expect(JSON.parse(set[0]!.bytes.toString())).toMatchObject({ deviceId: 'S-2', unit: 'poison' });
});

const nul = '{"id":"a\\u0000b","kind":"smoke"}';
const surrogate = '{"id":"a\\ud800b","kind":"smoke"}';

test.each([
  ['NUL in an id', nul],
  ['a lone surrogate in an id', surrogate],
  ['NUL in a name of attrs', '{"id":"a","kind":"smoke","attrs":{"a\\u0000b":1}}'],
])('%s: acknowledged, kept with its bytes, raises nothing', async (_, payload) => {
  const [before] = await ask<{ last: number }>(
    'select coalesce(max(no), 0)::int as last from fenghuo.quarantine',
  );
  await client.publish(topicOf('G-2'), payload);
  const kept = await ask<{ reason: string; bytes: Buffer }>(
    'select reason, bytes from fenghuo.quarantine where no > $1',
    [before!.last],
  );
  expect(kept).toMatchObject([{ reason: 'nul-or-surrogate' }]);
  expect(kept[0]!.bytes.toString()).toBe(payload);
  expect(await rowsOf('G-2')).toMatchObject({ event: 0, alarm: 0 });
});

test.each([
  ['NUL', [0x61, 0, 0x62]],
  ['a lone surrogate', [0xed, 0xa0, 0x80]],
])('%s in a topic: the connection is ended, the others are served, nothing is kept', async (_, three) => {
  const before = await station.counts('event', 'quarantine');
  const { username, password } = station.bridge();
  const socket = connect(server.mqttPort, '127.0.0.1').on('error', () => {});
  const connack = once(socket, 'data');
  socket.write(generate({ cmd: 'connect', clientId: 'odd', username, password: Buffer.from(password) }));
  await connack;
  const publish = { qos: 1 as const, dup: false, retain: false, messageId: 1, payload: '{"kind":"smoke"}' };
  const packet = generate({ cmd: 'publish', topic: topicOf('XXX'), ...publish });
  packet.set(three, packet.indexOf('XXX'));
  socket.write(packet);
  expect(await text(socket)).toBe('');
  await client.publish(topicOf('H-1'), JSON.stringify({ id: `after ${three}`, kind: 'test' }));
  expect(await station.counts('event', 'quarantine')).toEqual({ ...before, event: before.event! + 1 });
});

const now = Date.now();
const east = `${new Date(now + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`;
const utc = new Date(now).toISOString();
const told = (ts: unknown, identity: string) =>
  `{${identity}"ts":"${ts}","kind":"manual","value":1.5,"attrs":{"a":1,"b":"x"}}`;
const turned = (ts: unknown, identity: string) =>
  `{"attrs":{"b":"x","a":1},"value":1.50,"kind":"manual",${identity}"ts":"${ts}"}`;

test.each([
  ['an id', '"id":"e-1",'],
  ['a number', '"seq":7,'],
  ['neither', ''],
])(
  'redelivered with %s, its keys turned round and its time told in another zone: it meets its twin',
  async (name, identity) => {
    const topic = topicOf(`M-${name.replace(' ', '-')}`);
    await client.send(topic, told(east, identity), false);
    await client.send(topic, turned(utc, identity), false);
    await client.send(topic, turned(utc, identity), true);
    await client.send(topic, told(utc, identity), true);
    expect(await rowsOf(`M-${name.replace(' ', '-')}`)).toEqual({
      event: 1,
      alarm: 1,
      incident: 1,
      ticket: 1,
    });
  },
);

test('redelivered in the same batch, with DUP and without: both are acknowledged, one is stored', async () => {
  const topic = topicOf('M-twins');
  await inOneBatch(() =>
    Promise.all([
      client.send(topic, told(east, ''), false),
      client.send(topic, turned(utc, ''), true),
      client.send(topic, told(utc, ''), false),
    ]),
  );
  expect(await inputsOfLastBatch()).toBe(3);
  expect(await rowsOf('M-twins')).toEqual({ event: 1, alarm: 1, incident: 1, ticket: 1 });
});

test('a hundred events of one detector in one millisecond, from two connections, the server killed among them: one alarm', async () => {
  const other = await clientOf('raw-2');
  const ts = Date.now();
  const say = (seq: number) =>
    (seq % 2 === 0 ? client : other).publish(topicOf('S-1'), JSON.stringify({ seq, ts, kind: 'manual' }));
  const all = Array.from({ length: 50 }, (_, i) => say(i));
  await Promise.race(all);
  server.kill();
  all.push(...Array.from({ length: 50 }, (_, i) => say(50 + i)));
  server = await station.start({ FENGHUO_MQTT_PORT: String(server.mqttPort) });
  await Promise.all(all);
  other.stop();
  expect(await rowsOf('S-1')).toEqual({ event: 100, alarm: 1, incident: 1, ticket: 1 });
});
