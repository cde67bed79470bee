import { setTimeout as wait } from 'node:timers/promises';
import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { Child } from './child.ts';
import type { Hostility } from './hostile-client.ts';
import { county, eventTopic, RawClient, type Station, smoke, startStation, until } from './station.ts';

const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

/** Acknowledges what comes as it comes. */
function storeAll({ queue }: Station): void {
  const take = () => {
    for (const delivery of queue.take(1_000)) delivery.acknowledge();
    if (queue.size > 0) setImmediate(take);
  };
  queue.onReady = () => setImmediate(take);
}

test('slow loris: a byte now and then in CONNECT → closed in time', async () => {
  await using station = await startStation({ endpoint: { limits: { connectTimeoutMs: 200, sweepMs: 20 } } });
  using client = new RawClient(station.port);
  const connect = Buffer.from('10c80100044d51545404c2003c', 'hex');
  let sent = 0;
  const dripping = setInterval(() => client.socket.write(connect.subarray(sent, ++sent)), 25);
  await client.isClosed();
  clearInterval(dripping);
  expect(station.gateway.tallies.closed['connect-timeout']).toBe(1);
});

test('slow loris: a byte now and then in PUBLISH, no keepalive → closed in time; one that ends is stored; idle stays', async () => {
  const limits = { packetTimeoutMs: 300, sweepMs: 20 };
  await using station = await startStation({ endpoint: { limits } });
  using slow = await RawClient.connected(station.port, 5, 'smoke-1', { keepalive: 0 });
  using patient = await RawClient.connected(station.port, 4, 'smoke-2', { keepalive: 0 });
  using idle = await RawClient.connected(station.port, 4, 'smoke-3', { keepalive: 0 });
  const whole = generate({
    cmd: 'publish',
    topic: eventTopic('smoke-2'),
    payload: smoke(),
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
  const from = performance.now();
  slow.sendHex('32 8008 0005');
  let sent = 0;
  const dripping = setInterval(() => {
    slow.sendHex('40');
    patient.socket.write(whole.subarray(sent, sent + 20));
    sent += 20;
  }, 25);
  expect(await slow.hears('disconnect')).toMatchObject({ reasonCode: 0x83 });
  clearInterval(dripping);
  expect(performance.now() - from).toBeGreaterThan(290);
  await slow.isClosed();
  const [delivery] = await station.arrivals();
  expect(delivery!.event!.deviceId).toBe('smoke-2');
  await Promise.all([idle.pings(), patient.pings()]);
});

test('sockets that say nothing, more than there is room for strangers → the oldest of them goes, who speaks is served', async () => {
  await using station = await startStation({ endpoint: { limits: { maxStrangers: 20 } } });
  const silent: RawClient[] = [];
  for (let i = 0; i < 20; i++) silent.push(new RawClient(station.port));
  await until(() => silent.every(({ socket }) => !socket.connecting));
  using device = await RawClient.connected(station.port, 4, 'smoke-1');
  await until(() => station.gateway.tallies.closed['crowded-out'] === 1);
  expect(silent.filter(({ closed }) => closed).length).toBeLessThanOrEqual(1);
  for (let i = 0; i < 40; i++) silent.push(new RawClient(station.port));
  await until(() => station.gateway.tallies.closed['crowded-out'] >= 40);
  await device.pings();
  for (const client of silent) client[Symbol.dispose]();
});

test('half open: a peer that is stopped and reads nothing more → its socket is freed after keepalive and linger', async () => {
  const limits = { lingerMs: 100, sweepMs: 20 };
  await using station = await startStation({ endpoint: { limits } });
  const before = sockets();
  await using peer = new Child('./silent-client.ts', station.port);
  await peer.hears();
  peer.signal('SIGSTOP');
  expect(sockets()).toBe(before + 1);
  await until(() => station.gateway.tallies.closed['keepalive-timeout'] === 1);
  await until(() => sockets() === before);
});

test('giant packets: announced → closed before a byte of them is kept', async () => {
  await using station = await startStation();
  using connect = new RawClient(station.port, 5);
  connect.sendHex('10 ffffff7f 00044d515454');
  await connect.isClosed();
  using publish = await RawClient.connected(station.port, 5, 'smoke-1');
  publish.sendHex('32 ffffff7f 0005');
  expect(await publish.hears('disconnect')).toMatchObject({ reasonCode: 0x95 });
  using will = new RawClient(station.port, 4);
  will.connect('smoke-2', {
    will: { topic: eventTopic('smoke-2'), payload: Buffer.alloc(9_000), qos: 0, retain: false },
  });
  await will.isClosed();
  expect(station.gateway.tallies.closed['packet-too-large']).toBe(3);
});

const confusable = ['ѕmoke-1', 'ｓmoke-1', 'smoke-１', 'smoke\u200b-1', 'Smoke-1', 'smoke-1\u0301'];

test.each([
  ...confusable.map((id) => [`confusable ${JSON.stringify(id)}`, eventTopic(id)]),
  ['..', eventTopic('..')],
  ['a way up', `fenghuo/v1/${county}/smoke-2/../smoke-1/event`],
  ['an empty level', `fenghuo/v1/${county}//smoke-1/event`],
  ['a slash at the end', `${eventTopic('smoke-1')}/`],
  ['a slash at the front', `/${eventTopic('smoke-1')}`],
  ['another case', eventTopic('smoke-1').toUpperCase()],
  ['a space', `${eventTopic('smoke-1')} `],
  ['$SYS', '$SYS/broker/uptime'],
  ['a deep path', 'a/'.repeat(30_000)],
  ['65,535 bytes', 'a'.repeat(65_535)],
  ['65,535 slashes', '/'.repeat(65_535)],
])('a device on a topic that only looks like its own: %s → 0x87, nothing kept', async (_, topic) => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 5, 'smoke-1');
  client.publish(topic, smoke());
  expect(await client.hears('puback')).toMatchObject({ reasonCode: 0x87 });
  client.publish(eventTopic('smoke-1'), smoke(), { messageId: 2 });
  expect((await station.arrivals())[0]!.event!.deviceId).toBe('smoke-1');
  expect(station.queue.size).toBe(0);
});

test.each(['+', '#', 'smoke-+', 'smoke-1/#'])('a device id %s in a topic → closed, 0x90', async (id) => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 5, 'bridge');
  client.sendHex(publishHex(eventTopic(id)));
  expect(await client.hears('disconnect')).toMatchObject({ reasonCode: 0x90 });
});

/** PUBLISH of QoS 0 to MQTT 5 on a topic that a library would not send. */
function publishHex(topic: string): string {
  const bytes = Buffer.from(topic);
  const head = Buffer.from([0x30, 3 + bytes.length, 0, bytes.length]);
  return Buffer.concat([head, bytes, Buffer.from([0])]).toString('hex');
}

test('taken over with messages in flight → they are stored under the same identity, the new one is served', async () => {
  await using station = await startStation();
  const message = smoke({ seq: 5, ts: Date.now() });
  using older = await RawClient.connected(station.port, 5, 'smoke-1');
  older.publish(eventTopic('smoke-1'), message, { messageId: 5, qos: 2 });
  const [first] = await station.arrivals();
  using newer = await RawClient.connected(station.port, 5, 'smoke-1', { clientId: 'renamed' });
  expect(await older.hears('disconnect')).toMatchObject({ reasonCode: 0x8e });
  first!.acknowledge();
  newer.publish(eventTopic('smoke-1'), message, { messageId: 5, qos: 2, dup: true });
  const [again] = await station.arrivals();
  expect(again!.event!.ident).toEqual(first!.event!.ident);
  again!.acknowledge();
  expect(await newer.hears('pubrec')).toMatchObject({ messageId: 5 });
  expect(older.heard).toEqual([]);
  expect(station.gateway.tallies).toMatchObject({ connections: 1, unacknowledged: 0 });
});

test('a stranger takes nothing over: another principal with the same client id, a wrong secret, another bound id', async () => {
  await using station = await startStation();
  using device = await RawClient.connected(station.port, 5, 'smoke-1', { clientId: 'mine' });
  using bridge = await RawClient.connected(station.port, 5, 'bridge', { clientId: 'mine' });
  using guesser = new RawClient(station.port, 5);
  guesser.connect('smoke-1', { clientId: 'mine', password: Buffer.from('guess') });
  await guesser.isClosed();
  using bound = await RawClient.connected(station.port, 5, 'bound', { clientId: '' });
  using thief = new RawClient(station.port, 5);
  thief.connect('bound', { clientId: 'mine' });
  await thief.isClosed();
  await Promise.all([device.pings(), bridge.pings(), bound.pings()]);
  expect(station.gateway.tallies.closed['taken-over']).toBe(0);
});

test.each<Hostility>(['valid', 'garbage', 'reconnecting', 'guessing'])(
  'one hostile device at full speed (%s): a hundred others are answered in time',
  async (hostility) => {
    const rates = { device: { name: 'one-device', perSecond: 100, burst: 1_000 } };
    await using station = await startStation({ endpoint: { rates } });
    storeAll(station);
    const good = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        RawClient.connected(station.port, 4, 'bridge', { clientId: `good-${i}` }),
      ),
    );
    await using hostile = new Child('./hostile-client.ts', station.port, hostility);
    await hostile.hears();
    const { tallies } = station.gateway;
    const latencies: number[] = [];
    for (let round = 1; round <= 10; round++) {
      await wait(100);
      await Promise.all(
        good.map(async (client, i) => {
          const from = performance.now();
          client.publish(eventTopic(`smoke-${(i % 8) + 1}`), smoke({ seq: round * 100 + i }), {
            messageId: round,
          });
          await client.hears('puback');
          latencies.push(performance.now() - from);
        }),
      );
    }
    hostile.signal('SIGKILL');
    const refused = station.logged.filter(({ msg }) => msg === 'refused' || msg === 'slowed down');
    expect(latencies.sort((a, b) => a - b)[990]).toBeLessThan(500);
    switch (hostility) {
      case 'valid':
        expect(tallies.slowed['one-device']).toBeGreaterThan(1);
        expect(refused).toMatchObject([{ reason: 'one-device', subject: 'smoke-9' }]);
        break;
      case 'garbage':
        expect(tallies.closed['protocol-error'] + tallies.closed['malformed-packet']).toBeGreaterThan(50);
        break;
      case 'reconnecting':
        expect(tallies.closed['taken-over'] + tallies.closed['connection-lost']).toBeGreaterThan(50);
        break;
      case 'guessing':
        expect(tallies.connectsRefused).toBeGreaterThan(250);
        expect(refused.some(({ reason }) => reason === 'too-many-failures')).toBe(true);
        expect(station.asked()).toBeLessThan(500);
        break;
    }
    for (const client of good) client[Symbol.dispose]();
  },
);

test('who guesses is turned away without a question, and who was let in before is not', async () => {
  await using station = await startStation();
  using known = await RawClient.connected(station.port, 5, 'smoke-1');
  const guess = async (no: number) => {
    using guesser = new RawClient(station.port, 5);
    guesser.connect(`nobody-${no}`, {});
    return (await guesser.hears('connack')).reasonCode;
  };
  const codes = await Promise.all(Array.from({ length: 260 }, (_, no) => guess(no)));
  expect(codes.filter((code) => code === 0x86).length).toBeLessThan(240);
  expect(codes.filter((code) => code === 0x9f).length).toBeGreaterThan(20);
  known.socket.destroy();
  using again = await RawClient.connected(station.port, 5, 'smoke-1');
  await again.pings();
});
