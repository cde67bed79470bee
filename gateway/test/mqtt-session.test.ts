import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import type { Delivery } from '../src/intake-queue.ts';
import { Mosquitto } from './mosquitto.ts';
import { county, eventTopic, type Station, smoke, startStation, until } from './station.ts';

const drillTopic = (run: string, deviceId: string) => `fenghuo-drill/v1/${run}/~/${eventTopic(deviceId)}`;
const puback = /Received PUBACK from fenghuo-331081/;
const pingreq = /Received PINGREQ from fenghuo-331081/;

/** Restarts of the broker take a while on a busy machine. */
const patience = 20_000;

const seqs = (deliveries: readonly Delivery[]) => deliveries.map(({ event }) => event!.attrs!.n);
const acknowledge = (deliveries: readonly Delivery[]) => {
  for (const delivery of deliveries) delivery.acknowledge();
};
const connected = (station: Station) => until(() => station.gateway.session!.connected, patience);
const subscribed = async (broker: Mosquitto) =>
  until(() => broker.told(/Sending SUBACK to fenghuo-331081/) > 0, patience);

/** Publishes events numbered from `from` and waits until Mosquitto has acknowledged them all. */
async function publishMany(broker: Mosquitto, from: number, count: number): Promise<void> {
  const client = await connectAsync({ host: '127.0.0.1', port: broker.port, protocolVersion: 5 });
  const event = (n: number) => smoke({ seq: n, ts: Date.now(), attrs: { n } });
  const all = Array.from({ length: count }, (_, i) =>
    client.publishAsync(eventTopic(`smoke-${(i % 9) + 1}`), event(from + i), { qos: 1 }),
  );
  await Promise.all(all);
  await client.endAsync();
}

test('published by mosquitto_pub and by mqtt.js → acknowledged to Mosquitto only once stored, in order', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  const limits = { keepaliveMs: 1_000, sweepMs: 50 };
  await using station = await startStation({ session: { port: broker.port, limits } });
  await subscribed(broker);
  await broker.publish(eventTopic('smoke-1'), smoke({ attrs: { n: 1 } }));
  await publishMany(broker, 2, 3);
  const deliveries = await station.arrivals(4);
  expect(seqs(deliveries)).toEqual([1, 2, 3, 4]);
  expect(deliveries[0]!.event).toMatchObject({ deviceId: 'smoke-1', run: null, source: 'mqtt-session' });
  acknowledge(deliveries.slice(1).reverse());
  const pings = broker.told(pingreq);
  await until(() => broker.told(pingreq) > pings + 1);
  expect([broker.told(puback), station.gateway.session!.unacknowledged]).toEqual([0, 4]);
  deliveries[0]!.acknowledge();
  await until(() => broker.told(puback) === 4);
  expect(packetIds(broker, /Received PUBACK/)).toEqual(packetIds(broker, /Sending PUBLISH/));
  expect(station.gateway.session).toMatchObject({ unacknowledged: 0, messages: 4, subscribes: 1 });
});

function packetIds(broker: Mosquitto, what: RegExp): string[] {
  const lines = broker.log.filter((line) => what.test(line) && line.includes(' fenghuo-331081 '));
  return lines.flatMap((line) => /\b(?:Mid: |m)([1-9]\d*)\b/.exec(line)?.[1] ?? []);
}

test('the server is gone before it acknowledged → the broker sends again, with the same identity', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  const doomed = await startStation({ session: { port: broker.port } });
  await subscribed(broker);
  await publishMany(broker, 1, 5);
  const first = await doomed.arrivals(5);
  await doomed.gateway.stop();
  acknowledge(first);
  await using station = await startStation({ session: { port: broker.port } });
  const again = await station.arrivals(5);
  expect(seqs(again)).toEqual([1, 2, 3, 4, 5]);
  expect(again.map(({ event }) => event!.ident)).toEqual(first.map(({ event }) => event!.ident));
  acknowledge(again);
  await until(() => broker.told(puback) === 5);
});

test('the broker is restarted → what was published meanwhile comes, without another SUBSCRIBE', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  let mayConnect = true;
  const session = { port: broker.port, mayConnect: () => mayConnect };
  await using station = await startStation({ session });
  await subscribed(broker);
  mayConnect = false;
  await broker.stop();
  await until(() => !station.gateway.session!.connected);
  await broker.start();
  await publishMany(broker, 1, 1_500);
  await broker.stop();
  await broker.start();
  mayConnect = true;
  await connected(station);
  const deliveries = await station.arrivals(1_500);
  expect(seqs(deliveries)).toEqual(Array.from({ length: 1_500 }, (_, i) => i + 1));
  acknowledge(deliveries);
  await until(() => broker.told(puback) === 1_500);
  expect(station.gateway.session).toMatchObject({ subscribes: 1, sessionsLost: 0, connects: 2 });
  expect(broker.told(/Received SUBSCRIBE from fenghuo-331081/)).toBe(2);
});

test('the broker is restarted and has lost the session → subscribed again, and said', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  await using station = await startStation({ session: { port: broker.port } });
  await subscribed(broker);
  await broker.stop();
  broker.forget();
  const before = broker.told(/Sending SUBACK/);
  await broker.start();
  await until(() => station.gateway.session!.subscribes === 2, patience);
  expect(station.gateway.session).toMatchObject({ sessionsLost: 1, connects: 2 });
  expect(station.logged.map(({ msg }) => msg)).toContainEqual(
    expect.stringMatching(/has forgotten the session/),
  );
  await until(() => broker.told(/Sending SUBACK/) > before, patience);
  await broker.publish(eventTopic('smoke-1'), smoke());
  acknowledge(await station.arrivals());
});

test('the broker is killed with unacknowledged messages that it had saved → they come again', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  await using station = await startStation({ session: { port: broker.port } });
  await subscribed(broker);
  await broker.publish(eventTopic('smoke-1'), smoke({ id: 'saved-before-the-kill' }));
  const [first] = await station.arrivals();
  await until(() => broker.hasSaved('saved-before-the-kill'), patience);
  await broker.kill();
  await broker.start();
  const [again] = await station.arrivals();
  expect(again!.event!.ident).toBe(first!.event!.ident);
  first!.acknowledge();
  expect(station.gateway.session!.unacknowledged).toBe(1);
  again!.acknowledge();
  await until(() => broker.told(puback) === 1);
});

test('a window of messages pending → the broker sends no more, pings go there and back, then all comes', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  const limits = { window: 50, keepaliveMs: 1_000, sweepMs: 50 };
  await using station = await startStation({ session: { port: broker.port, limits } });
  await subscribed(broker);
  await publishMany(broker, 1, 200);
  const deliveries = await station.arrivals(50);
  const pings = broker.told(pingreq);
  await until(() => broker.told(pingreq) > pings + 40, patience);
  expect(station.queue.size).toBe(0);
  expect(station.gateway.session).toMatchObject({ unacknowledged: 50, connects: 1, ends: {} });
  acknowledge(deliveries.reverse());
  const rest = await readAll(station, 150);
  expect(seqs([...deliveries.reverse(), ...rest])).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});

test('the queue is full → the broker is not read, nor cut off; its pings still go out; then all comes', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  const limits = { window: 100, windowWhenFull: 15, keepaliveMs: 1_000, sweepMs: 50 };
  await using station = await startStation({ session: { port: broker.port, limits }, queue: { bound: 10 } });
  await subscribed(broker);
  await publishMany(broker, 1, 300);
  await until(() => station.queue.size === 15);
  const pings = broker.told(pingreq);
  await until(() => broker.told(pingreq) > pings + 4, patience);
  expect(station.queue.size).toBe(15);
  expect(seqs(await readAll(station, 300))).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  expect(station.gateway.session).toMatchObject({ connects: 1, ends: {} });
});

/** Takes and acknowledges one by one. */
async function readAll(station: Station, count: number): Promise<Delivery[]> {
  const all: Delivery[] = [];
  for (let i = 0; i < count; i++) {
    const [delivery] = await station.arrivals();
    delivery!.acknowledge();
    all.push(delivery!);
  }
  return all;
}

test('retained messages say so, those that were there before and those that come live; no sign of life', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  await broker.publish(eventTopic('smoke-1'), smoke({ id: 'old', ts: Date.now() - 3_600_000 }), '-r');
  await using station = await startStation({ session: { port: broker.port } });
  const [old] = await station.arrivals();
  expect(old!.event).toMatchObject({ retained: true, late: true, skewed: false });
  await broker.publish(eventTopic('smoke-2'), smoke({ id: 'live' }), '-r');
  const [live] = await station.arrivals();
  expect(live!.event).toMatchObject({ deviceId: 'smoke-2', retained: true });
  expect([station.lastSeen.at(1), station.lastSeen.at(2)]).toEqual([null, null]);
  acknowledge([old!, live!]);
  await until(() => broker.told(puback) === 2);
});

test('heartbeats are seen and acknowledged at once; a drill is a drill and nobody is seen by it', async () => {
  await using broker = await Mosquitto.start({ verbose: true });
  await using station = await startStation({ session: { port: broker.port } });
  await subscribed(broker);
  await broker.publish(`fenghuo/v1/${county}/smoke-3/heartbeat`, '');
  await until(() => broker.told(puback) === 1);
  expect(station.lastSeen.at(3)).toBeGreaterThan(0);
  await broker.publish(drillTopic('r7', 'smoke-4'), smoke());
  await broker.publish('fenghuo/v1/330000/smoke-5/event', smoke());
  await broker.publish(eventTopic('smoke-6'), smoke());
  const events = (await station.arrivals(2)).map(({ event }) => `${event!.deviceId} ${event!.run}`);
  expect(events.sort()).toEqual(['smoke-4 r7', 'smoke-6 null']);
  expect(station.lastSeen.at(4)).toBeNull();
});

test('the access list that we ship: a device under its own id, a tester in drills, and nobody in the other world', async () => {
  const users = ['station', 'tester', 'smoke-1'];
  await using broker = await Mosquitto.start({ verbose: true, users });
  const who = { username: 'station', password: 'secret' };
  await using station = await startStation({ session: { port: broker.port, ...who } });
  await subscribed(broker);
  const publish = (user: string, topic: string) => broker.publish(topic, smoke(), '-u', user, '-P', 'secret');
  await publish('smoke-1', eventTopic('smoke-2'));
  await publish('smoke-1', drillTopic('r1', 'smoke-1'));
  await publish('tester', eventTopic('smoke-3'));
  await publish('smoke-1', eventTopic('smoke-1'));
  await publish('tester', drillTopic('r1', 'smoke-4'));
  const events = (await station.arrivals(2)).map(({ event }) => `${event!.deviceId} ${event!.run}`);
  expect(events.sort()).toEqual(['smoke-1 null', 'smoke-4 r1']);
  expect(station.gateway.session!.messages).toBe(2);
  await until(() => station.logged.some(({ msg }) => msg === 'the broker says what it is'));
});

test('undecodable and giant messages go to quarantine and are acknowledged after that', async () => {
  await using broker = await Mosquitto.start({ verbose: true, settings: ['max_packet_size 10000000'] });
  await using station = await startStation({ session: { port: broker.port } });
  await subscribed(broker);
  const client = await connectAsync({ host: '127.0.0.1', port: broker.port, protocolVersion: 5 });
  await client.publishAsync(eventTopic('smoke-1'), 'fire!', { qos: 1 });
  const giant = Buffer.alloc(2_000_000, 'x');
  await client.publishAsync(eventTopic('smoke-2'), giant, { qos: 1, properties: { contentType: 'text' } });
  await client.publishAsync(eventTopic('smoke-3'), smoke(), { qos: 1 });
  await client.endAsync();
  const deliveries = await station.arrivals(3);
  const refused = deliveries.flatMap((delivery) => delivery.refused ?? []);
  expect(refused.map(({ reason }) => reason)).toEqual(['not-json', 'oversized']);
  expect(refused[1]!.bytes.length).toBeGreaterThan(200_000);
  expect(refused[1]!.bytes.length).toBeLessThan(300_000);
  acknowledge(deliveries);
  await until(() => broker.told(puback) === 3);
  expect(station.gateway.session!.ends).toEqual({});
});

test('the broker is away at the start → the station starts, says so once, and connects when it comes', async () => {
  await using broker = await Mosquitto.prepared();
  await using station = await startStation({ session: { port: broker.port } });
  await until(() => (station.gateway.session!.ends.unreachable ?? 0) >= 3, patience);
  await broker.start();
  await connected(station);
  const lines = station.logged.map(({ msg }) => msg).filter((msg) => /broker/.test(msg));
  expect(lines.filter((msg) => /trying on/.test(msg))).toHaveLength(1);
  expect(lines).toContain('connected to the broker');
  expect(await station.metrics.metrics()).toContain('fenghuo_broker_connected 1');
});

test('a broker that drops is found out', async () => {
  const settings = ['max_queued_messages 5', 'sys_interval 1'];
  await using broker = await Mosquitto.start({ verbose: true, settings });
  const limits = { window: 5 };
  await using station = await startStation({ session: { port: broker.port, limits } });
  await subscribed(broker);
  await publishMany(broker, 1, 100);
  await until(() => station.gateway.session!.droppedByBroker > 0, patience);
  expect(station.logged.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/drops messages/));
  expect(station.logged).toContainEqual(expect.objectContaining({ msg: 'the broker says what it is' }));
});

test('TLS: trusted → events come; not trusted → not connected, with the reason', async () => {
  const tlsFile = (name: string) => new URL(`./tls/${name}`, import.meta.url).pathname;
  const settings = [`certfile ${tlsFile('localhost.crt')}`, `keyfile ${tlsFile('localhost.key')}`];
  await using broker = await Mosquitto.start({ verbose: true, settings });
  const at = { host: 'localhost', port: broker.port };
  await using strict = await startStation({ session: { ...at, tls: {} } });
  await until(() => (strict.gateway.session!.ends.unreachable ?? 0) > 0);
  expect(strict.logged).toContainEqual(expect.objectContaining({ detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' }));
  await using station = await startStation({
    session: { ...at, tls: { ca: readFileSync(tlsFile('localhost.crt')) } },
  });
  await subscribed(broker);
  await broker.publish(
    eventTopic('smoke-1'),
    smoke(),
    '--cafile',
    tlsFile('localhost.crt'),
    '-h',
    'localhost',
  );
  acknowledge(await station.arrivals());
});
