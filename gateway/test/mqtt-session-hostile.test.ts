import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { FakeBroker } from './fake-broker.ts';
import { county, eventTopic, type Station, smoke, startStation, until } from './station.ts';

const messages = (station: Station) => station.logged.map(({ msg }) => msg);
const ends = (station: Station) => station.gateway.session!.ends;

test('CONNECT: MQTT 5, fixed client id, clean start off, a week, receive maximum, keepalive, who we are', async () => {
  await using broker = await FakeBroker.start();
  const session = { port: broker.port, username: 'station', password: 'secret', limits: { window: 500 } };
  await using station = await startStation({ session });
  const connect = await (await broker.next()).hears('connect');
  expect(connect).toMatchObject({
    protocolVersion: 5,
    clientId: `fenghuo-${county}`,
    clean: false,
    keepalive: 20,
    username: 'station',
    password: Buffer.from('secret'),
    properties: { sessionExpiryInterval: 604_800, receiveMaximum: 500 },
  });
  expect(connect.properties).not.toHaveProperty('maximumPacketSize');
  expect(station.gateway.session!.connected).toBe(false);
});

test('SUBSCRIBE: county, heartbeats and drills at QoS 1, RETAIN as published, retained ones when it is new', async () => {
  await using broker = await FakeBroker.start();
  await using _station = await startStation({ session: { port: broker.port } });
  const end = await broker.next();
  await end.hears('connect');
  end.welcome(false);
  const options = { qos: 1, rap: true, rh: 1, nl: false };
  expect((await end.hears('subscribe')).subscriptions).toEqual([
    { topic: 'fenghuo/v1/331081/+/event', ...options },
    { topic: 'fenghuo/v1/331081/+/heartbeat', ...options },
    { topic: 'fenghuo-drill/v1/+/~/fenghuo/v1/331081/+/event', ...options },
  ]);
});

test.each([
  ['by a CONNACK of 3.1.1', '20 02 00 01'],
  ['by a CONNACK of 5', '20 03 00 84 00'],
])('MQTT 5 refused %s → 3.1.1 at once; after that connection 5 is asked for again', async (_, refusal) => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const first = await broker.next();
  await first.hears('connect');
  broker.version = 4;
  first.sendHex(refusal);
  const second = await broker.accepts();
  expect([station.gateway.session!.connected, ends(station)]).toEqual([true, { 'unsupported-protocol': 1 }]);
  second.publish(eventTopic('smoke-1'), smoke(), { messageId: 9 });
  for (const delivery of await station.arrivals()) delivery.acknowledge();
  expect(await second.hears('puback')).toMatchObject({ messageId: 9 });
  broker.version = 5;
  second.socket.destroy();
  expect(await (await broker.next()).hears('connect')).toMatchObject({ protocolVersion: 5 });
});

test('3.1.1, which has no receive maximum: more than a window → not read beyond it, read on as it is stored', async () => {
  await using broker = await FakeBroker.start();
  const limits = { window: 50, keepaliveMs: 1_000, sweepMs: 50 };
  await using station = await startStation({ session: { port: broker.port, limits } });
  const first = await broker.next();
  await first.hears('connect');
  broker.version = 4;
  first.sendHex('20 02 00 01');
  const end = await broker.accepts();
  for (let messageId = 1; messageId <= 300; messageId++)
    end.publish(eventTopic('smoke-1'), smoke({ seq: messageId }), { messageId });
  await until(() => station.queue.size === 66);
  await end.hears('pingreq');
  await end.hears('pingreq');
  expect(station.queue.size).toBe(66);
  for (let stored = 0; stored < 300; stored++) (await station.arrivals())[0]!.acknowledge();
  const acknowledged = () => end.heard.flatMap((one) => (one.cmd === 'puback' ? [one.messageId] : []));
  await until(() => acknowledged().length === 300);
  expect(acknowledged()).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
});

test('refused again and again → one line, with what the broker says; later accepted → one more', async () => {
  await using broker = await FakeBroker.start();
  broker.onConnection = (end) =>
    void end.hears('connect').then(() =>
      end.send({
        cmd: 'connack',
        sessionPresent: false,
        reasonCode: 135,
        properties: { reasonString: 'who?' },
      }),
    );
  await using station = await startStation({ session: { port: broker.port } });
  await until(() => (ends(station).refused ?? 0) >= 3);
  const told = station.logged.filter(({ msg }) => /trying on/.test(msg));
  expect(told).toMatchObject([{ reason: 'refused', detail: 'not authorised (135): who?' }]);
  broker.onConnection = (end) => void end.hears('connect').then(() => end.welcome());
  await until(() => station.gateway.session!.connected);
  expect(messages(station).at(-1)).toBe('connected to the broker');
});

test('an unfit broker is told of in one sentence each, once', async () => {
  await using broker = await FakeBroker.start();
  broker.onConnection = (end) =>
    void end.hears('connect').then(() => {
      const weak = { maximumQoS: 0, sessionExpiryInterval: 0, maximumPacketSize: 1_000 };
      end.welcome(false, { ...weak, wildcardSubscriptionAvailable: false });
    });
  await using station = await startStation({ session: { port: broker.port } });
  await until(() => station.gateway.session!.subscribes === 1);
  broker.ends[0]!.send({ cmd: 'suback', messageId: 1, granted: [0, 1, 135] });
  await until(() => messages(station).some((msg) => /refuses/.test(msg)));
  broker.ends[0]!.socket.destroy();
  await until(() => station.gateway.session!.connects === 2);
  expect(messages(station).filter((msg) => msg.startsWith('The broker'))).toEqual([
    'The broker takes QoS 0 only: what is on its way when something breaks is lost.',
    'The broker keeps no session: what is published while this server is away is lost.',
    'The broker takes packets up to 1000 bytes; events may have 65536.',
    'The broker allows no wildcards, so the devices of a county cannot be heard.',
    'The broker grants fenghuo/v1/331081/+/event with QoS 0 only: what is on its way is lost.',
    'The broker refuses fenghuo-drill/v1/+/~/fenghuo/v1/331081/+/event (135): its access list must allow it.',
  ]);
  expect(station.gateway.session!.subscribes).toBe(2);
});

test('the events of the county refused → DISCONNECT, tried again later', async () => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.next();
  await end.hears('connect');
  end.welcome(false);
  await end.hears('subscribe');
  end.send({ cmd: 'suback', messageId: 1, granted: [135, 1, 1] });
  expect(await end.hears('disconnect')).toMatchObject({ reasonCode: 0 });
  const again = await broker.next();
  await again.hears('connect');
  again.welcome(true);
  await again.hears('subscribe');
  expect(ends(station)).toEqual({ 'subscription-refused': 1 });
});

test('silent though we ping → given up and connected again; what is stored later is told to nobody', async () => {
  let now = 0;
  await using broker = await FakeBroker.start();
  const session = { port: broker.port, limits: { sweepMs: 20 } };
  await using station = await startStation({ session, monotonic: () => now });
  const first = await broker.accepts({ serverKeepAlive: 10 });
  first.publish(eventTopic('smoke-1'), smoke({ id: 'a' }));
  const [delivery] = await station.arrivals();
  now = 9_000;
  await first.hears('pingreq');
  expect(first.closed).toBe(false);
  await advance(11_000);
  await first.isClosed();
  const second = await broker.accepts();
  delivery!.acknowledge();
  second.publish(eventTopic('smoke-1'), smoke({ id: 'a' }), { dup: true });
  for (const one of await station.arrivals()) one.acknowledge();
  expect(await second.hears('puback')).toMatchObject({ messageId: 1 });
  expect(second.heard.filter(({ cmd }) => cmd === 'puback')).toEqual([]);
  expect([ends(station), station.gateway.session!.unacknowledged]).toEqual([{ 'broker-silent': 1 }, 0]);

  /** In steps: a clock that leaps is taken for a pause of our own. */
  async function advance(to: number): Promise<void> {
    while (now < to) {
      now += 20;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => first.closed);
  }
});

test('an old event while the broker may hold older ones → late; once it has nothing left → its clock is doubted', async () => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  const publish = (messageId: number) =>
    end.publish(eventTopic('smoke-1'), smoke({ seq: messageId, ts: Date.now() - 3_600_000 }), { messageId });
  publish(1);
  end.send({ cmd: 'pingresp' });
  publish(2);
  const events = (await station.arrivals(2)).map(({ event }) => event!);
  expect(events).toMatchObject([
    { late: true, skewed: false },
    { late: false, skewed: true },
  ]);
});

test('no CONNACK → given up in time; CONNACK never asked for → protocol error', async () => {
  await using broker = await FakeBroker.start();
  const limits = { connectTimeoutMs: 100, sweepMs: 20 };
  await using station = await startStation({ session: { port: broker.port, limits } });
  await until(() => ends(station)['connect-timeout'] === 1);
  broker.onConnection = (end) => void end.hears('connect').then(() => end.sendHex('30 03 0001 61'));
  await until(() => (ends(station)['protocol-error'] ?? 0) > 0);
});

test('the lease is not ours → not even tried', async () => {
  await using broker = await FakeBroker.start();
  let held = false;
  const session = { port: broker.port, mayConnect: () => held };
  await using station = await startStation({ session });
  await until(() => messages(station).some((msg) => /trying on/.test(msg)));
  expect(broker.ends).toEqual([]);
  held = true;
  await broker.next();
});

test('another took over the client id (0x8E) → ended for that reason, and nothing said to the broker', async () => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  end.send({ cmd: 'disconnect', reasonCode: 0x8e });
  await end.isClosed();
  expect(ends(station)).toEqual({ 'taken-over': 1 });
  expect(end.heard.filter(({ cmd }) => cmd === 'disconnect')).toEqual([]);
});

test('the same id again before its PUBACK (brokers of 3.1.1 do that) → taken once, acknowledged once', async () => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  end.publish(eventTopic('smoke-1'), smoke({ id: 'a' }), { messageId: 3 });
  end.publish(eventTopic('smoke-1'), smoke({ id: 'a' }), { messageId: 3, dup: true });
  end.publish(eventTopic('smoke-1'), smoke({ id: 'b' }), { messageId: 4 });
  const deliveries = await station.arrivals(2);
  for (const delivery of deliveries) delivery.acknowledge();
  await until(() => end.heard.filter(({ cmd }) => cmd === 'puback').length === 2);
  end.publish(eventTopic('smoke-1'), smoke({ id: 'c' }), { messageId: 3 });
  const [third] = await station.arrivals();
  expect(end.heard.filter(({ cmd }) => cmd === 'puback')).toMatchObject([{ messageId: 3 }, { messageId: 4 }]);
  third!.acknowledge();
});

test('not for us (another county) → not stored, MQTT 5 is told 0x87, in its turn', async () => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  end.publish(eventTopic('smoke-1'), smoke(), { messageId: 1 });
  end.publish('fenghuo/v1/330000/smoke-1/event', smoke(), { messageId: 2 });
  end.publish(`fenghuo-drill/v1/r1/${eventTopic('smoke-1')}`, smoke(), { messageId: 3 });
  const [delivery] = await station.arrivals();
  expect(station.queue.size).toBe(0);
  delivery!.acknowledge();
  await until(() => end.heard.filter(({ cmd }) => cmd === 'puback').length === 3);
  expect(end.heard.filter(({ cmd }) => cmd === 'puback')).toMatchObject([
    { messageId: 1 },
    { messageId: 2, reasonCode: 0x87 },
    { messageId: 3, reasonCode: 0x87 },
  ]);
});

test('stopped → what is stored is acknowledged, DISCONNECT, what is not stays with the broker', async () => {
  await using broker = await FakeBroker.start();
  const station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  for (const messageId of [1, 2, 3])
    end.publish(eventTopic('smoke-1'), smoke({ seq: messageId }), { messageId });
  const [first, , third] = await station.arrivals(3);
  first!.acknowledge();
  third!.acknowledge();
  await station.gateway.stop();
  await until(() => end.heard.some(({ cmd }) => cmd === 'disconnect'));
  const said = end.heard.filter(({ cmd }) => cmd !== 'pingreq');
  expect(said).toMatchObject([{ cmd: 'puback', messageId: 1 }, { cmd: 'disconnect' }]);
  await end.isClosed();
});

test.each([
  ['QoS 2, which we never asked for', '34 07 0001 61 0001 00 78', 'protocol-error', 0x82],
  ['QoS 3', '36 07 0001 61 0001 00 78', 'malformed-packet', 0x81],
  ['packet id 0', '32 06 0001 61 0000 00', 'malformed-packet', 0x81],
  ['a topic alias', '30 07 0001 61 03 23 0001', 'topic-alias-invalid', 0x94],
  ['a topic with a wildcard', '30 04 0001 2b 00', 'topic-name-invalid', 0x90],
  ['a length of five bytes', '30 ff ff ff ff 01', 'malformed-packet', 0x81],
  ['type 0', '00 00', 'malformed-packet', 0x81],
  ['a second CONNACK', '20 03 00 00 00', 'protocol-error', 0x82],
  ['PINGREQ, which is ours', 'c0 00', 'protocol-error', 0x82],
  ['PUBREL', '62 02 0001', 'protocol-error', 0x82],
  ['a PINGRESP with a body', 'd0 01 00', 'malformed-packet', 0x81],
  ['a SUBACK without codes', '90 03 0001 00', 'protocol-error', 0x82],
] as const)('%s → the broker is told, counted, connected again', async (_, bytes, reason, reasonCode) => {
  await using broker = await FakeBroker.start();
  await using station = await startStation({ session: { port: broker.port } });
  const end = await broker.accepts();
  end.sendHex(bytes);
  expect(await end.hears('disconnect')).toMatchObject({ reasonCode });
  await broker.accepts();
  expect(ends(station)).toEqual({ [reason]: 1 });
});

const packets: Packet[] = [
  { cmd: 'connack', sessionPresent: true, reasonCode: 0, properties: { maximumQoS: 1, reasonString: 'x' } },
  { cmd: 'suback', messageId: 1, granted: [1, 1, 1] },
  { cmd: 'pingresp' },
  {
    cmd: 'publish',
    topic: eventTopic('smoke-1'),
    payload: smoke(),
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  },
  {
    cmd: 'publish',
    topic: `fenghuo-drill/v1/r1/~/${eventTopic('smoke-2')}`,
    payload: smoke(),
    qos: 1,
    messageId: 2,
    dup: true,
    retain: true,
    properties: { contentType: 'x', userProperties: { a: 'b' } },
  },
  { cmd: 'publish', topic: '$SYS/broker/version', payload: '2', qos: 0, dup: false, retain: true },
  { cmd: 'disconnect', reasonCode: 0x8b, properties: { reasonString: 'x' } },
];

/** What a broker says, with some bytes changed, cut or left out. */
const mangled = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.constantFrom(...packets), { maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
    fc.option(fc.nat()),
  )
  .map(([polite, said, changes, cut]) => {
    const bytes = Buffer.concat(
      [packets[0]!, ...said].slice(polite ? 0 : 1).map((one) => generate(one, { protocolVersion: 5 })),
    );
    const from = polite ? 8 : 0;
    for (const [at, byte] of changes)
      if (from < bytes.length) bytes[from + (at % (bytes.length - from))] = byte;
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

test('property: whatever a broker says, nothing of ours breaks, the books stay right, and we come back', async () => {
  await using broker = await FakeBroker.start();
  const batches = fc.sample(mangled, { numRuns: 1_000, seed: 26_875 });
  const stations = await Promise.all(
    Array.from({ length: 50 }, () => startStation({ session: { port: broker.port } })),
  );
  let next = 0;
  broker.onConnection = (end) => {
    const bytes = batches[next++];
    if (bytes === undefined) void end.hears('connect').then(() => end.welcome());
    else end.socket.end(bytes);
  };
  await until(() => next >= batches.length + 50, 40_000);
  await until(() => stations.every(({ gateway }) => gateway.session!.connected), 10_000);
  for (const { gateway, queue } of stations) {
    expect(gateway.session!.ends['internal-error']).toBeUndefined();
    expect(gateway.session!.unacknowledged).toBe(0);
    for (const delivery of queue.take(100_000)) delivery.acknowledge();
    expect(gateway.session!.unacknowledged).toBe(0);
  }
  const all = stations.map(({ gateway }) => gateway.session!.ends);
  const total = (reason: 'malformed-packet' | 'protocol-error') =>
    all.reduce((sum, one) => sum + (one[reason] ?? 0), 0);
  expect(Math.min(total('malformed-packet'), total('protocol-error'))).toBeGreaterThan(20);
  await Promise.all(stations.map(({ gateway }) => gateway.stop()));
});
