import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { county, eventTopic, RawClient, smoke, startStation, until } from './station.ts';

const command = `fenghuo/v1/${county}/smoke-1/command`;

for (const version of [4, 5] as const) {
  const name = version === 4 ? '3.1.1' : '5';

  test(`${name}: QoS 1 published → PUBACK only after the acknowledgement`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    client.publish(eventTopic('smoke-1'), smoke({ id: 'a' }), { messageId: 77 });
    const [delivery] = await station.arrivals();
    expect(delivery!.event).toMatchObject({
      deviceId: 'smoke-1',
      kind: 'smoke',
      state: 'alarm',
      source: 'mqtt-endpoint',
    });
    await client.pings();
    expect(client.heard).toEqual([]);
    expect(station.gateway.tallies.unacknowledged).toBe(1);
    delivery!.acknowledge();
    expect(await client.hears('puback')).toMatchObject({ messageId: 77 });
    expect(station.gateway.tallies.unacknowledged).toBe(0);
  });

  test(`${name}: QoS 2 published, repeated, acknowledged, repeated, released → stored once`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    const publish = (dup: boolean) =>
      client.publish(eventTopic('smoke-1'), smoke(), { messageId: 5, qos: 2, dup });
    publish(false);
    const [delivery] = await station.arrivals();
    publish(true);
    await client.pings();
    expect(client.heard).toEqual([]);
    delivery!.acknowledge();
    expect(await client.hears('pubrec')).toMatchObject({ messageId: 5 });
    publish(true);
    expect(await client.hears('pubrec')).toMatchObject({ messageId: 5 });
    client.send({ cmd: 'pubrel', messageId: 5, reasonCode: 0 });
    expect(await client.hears('pubcomp')).toMatchObject({ messageId: 5 });
    expect(station.queue.size).toBe(0);
    publish(false);
    await station.arrivals();
  });

  test(`${name}: an old event sent again with DUP is late, without it its clock is doubted`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    const ts = Date.now() - 3_600_000;
    client.publish(eventTopic('smoke-1'), smoke({ ts }), { dup: true });
    client.publish(eventTopic('smoke-1'), smoke({ ts }), { messageId: 2 });
    const [again, fresh] = await station.arrivals(2);
    expect(again!.event).toMatchObject({ at: ts, late: true, skewed: false });
    expect(fresh!.event).toMatchObject({ at: ts, late: false, skewed: true });
  });

  test(`${name}: QoS 0 published → queued, nothing answered`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    client.publish(eventTopic('smoke-1'), smoke(), { qos: 0, retain: true });
    const [delivery] = await station.arrivals();
    delivery!.acknowledge();
    await client.pings();
    expect(client.heard).toEqual([]);
    expect(delivery!.event!.retained).toBe(true);
  });

  test(`${name}: heartbeat → acknowledged at once, device seen, nothing queued`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    const before = Date.now();
    client.publish(`fenghuo/v1/${county}/smoke-1/heartbeat`, '');
    await client.hears('puback');
    expect(station.lastSeen.at(1)).toBeGreaterThanOrEqual(before);
    expect(station.queue.size).toBe(0);
  });

  test(`${name}: undecodable → quarantined with its bytes, acknowledged after that`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    client.publish(eventTopic('smoke-1'), 'fire!');
    const [delivery] = await station.arrivals();
    expect(delivery!.refused).toMatchObject({
      reason: 'not-json',
      principal: 'smoke-1',
      topic: eventTopic('smoke-1'),
      bytes: new Uint8Array(Buffer.from('fire!')),
    });
    delivery!.acknowledge();
    expect((await client.hears('puback')).reasonCode ?? 0).toBe(0);
  });

  test(`${name}: a payload over 64 KiB is quarantined, a packet over the maximum closes`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    client.publish(eventTopic('smoke-1'), Buffer.alloc(65_537, 'x'));
    const [delivery] = await station.arrivals();
    expect(delivery!.refused).toMatchObject({ reason: 'oversized', detail: '65537 bytes' });
    client.publish(eventTopic('smoke-1'), Buffer.alloc(300_000, 'x'));
    if (version === 5) expect(await client.hears('disconnect')).toMatchObject({ reasonCode: 0x95 });
    await client.isClosed();
    expect(station.gateway.tallies.closed['packet-too-large']).toBe(1);
  });

  test(`${name}: subscribe → its own command topic is granted, nothing else`, async () => {
    await using station = await startStation();
    using client = await RawClient.connected(station.port, version, 'smoke-1');
    const topics = [
      command,
      `fenghuo/v1/${county}/smoke-2/command`,
      '#',
      '$share/g/a',
      eventTopic('smoke-1'),
    ];
    client.send({
      cmd: 'subscribe',
      messageId: 9,
      subscriptions: topics.map((topic) => ({ topic, qos: 2 })),
    });
    const { granted } = await client.hears('suback');
    expect(granted).toEqual(version === 4 ? [1, 128, 128, 128, 128] : [1, 0x87, 0xa2, 0x9e, 0x87]);
    client.send({ cmd: 'unsubscribe', messageId: 10, unsubscriptions: [command, '#'] });
    const unsuback = await client.hears('unsuback');
    expect(unsuback.messageId).toBe(10);
    if (version === 5) expect(unsuback.granted).toEqual([0, 0x11]);
  });

  test(`${name}: the same client id again → the older connection ends`, async () => {
    await using station = await startStation();
    using older = await RawClient.connected(station.port, version, 'smoke-1');
    using newer = await RawClient.connected(station.port, version, 'smoke-1');
    await older.isClosed();
    if (version === 5) expect(await older.hears('disconnect')).toMatchObject({ reasonCode: 0x8e });
    await newer.pings();
    expect(station.gateway.tallies.connections).toBe(1);
  });

  test(`${name}: silent for 1.5 × keepalive → closed; pinging → not`, async () => {
    let now = 0;
    const limits = { sweepMs: 20 };
    await using station = await startStation({ endpoint: { limits }, monotonic: () => now });
    using silent = await RawClient.connected(station.port, version, 'smoke-1', { keepalive: 100 });
    using longer = await RawClient.connected(station.port, version, 'smoke-2', { keepalive: 101 });
    using pinging = await RawClient.connected(station.port, version, 'smoke-3', { keepalive: 100 });
    now = 150_000;
    await pinging.pings();
    expect(silent.closed).toBe(false);
    now = 150_001;
    await silent.isClosed();
    if (version === 5) expect(await silent.hears('disconnect')).toMatchObject({ reasonCode: 0x8d });
    await Promise.all([pinging.pings(), longer.pings()]);
    expect(station.gateway.tallies.closed['keepalive-timeout']).toBe(1);
  });

  test(`${name}: will: lost → published as delayed; DISCONNECT → not`, async () => {
    await using station = await startStation();
    const will = {
      topic: eventTopic('smoke-1'),
      payload: Buffer.from(smoke({ kind: 'fault' })),
      qos: 1 as const,
    };
    using polite = await RawClient.connected(station.port, version, 'smoke-1', { will });
    polite.send({ cmd: 'disconnect', reasonCode: 0 });
    await polite.isClosed();
    expect(station.queue.size).toBe(0);
    using lost = await RawClient.connected(station.port, version, 'smoke-1', { will });
    lost.socket.resetAndDestroy();
    const [delivery] = await station.arrivals();
    expect(delivery!.event).toMatchObject({ deviceId: 'smoke-1', kind: 'fault' });
    delivery!.acknowledge();
    expect(station.queue.size).toBe(0);
  });

  test(`${name}: will on a foreign topic → counted, dropped`, async () => {
    await using station = await startStation();
    const will = { topic: eventTopic('smoke-2'), payload: Buffer.from(smoke()), qos: 1 as const };
    using lost = await RawClient.connected(station.port, version, 'smoke-1', { will });
    lost.socket.resetAndDestroy();
    await until(() => station.gateway.tallies.refused['not-authorised'] === 1);
    expect(station.queue.size).toBe(0);
  });
}

test('5: a topic that is not its own → 0x87 each time, one line in the log, connection kept', async () => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 5, 'smoke-1');
  for (let messageId = 1; messageId <= 3; messageId++) {
    client.publish(eventTopic('smoke-2'), smoke(), { messageId });
    expect(await client.hears('puback')).toMatchObject({ messageId, reasonCode: 0x87 });
  }
  client.publish(eventTopic('smoke-2'), smoke(), { messageId: 4, qos: 2 });
  expect(await client.hears('pubrec')).toMatchObject({ messageId: 4, reasonCode: 0x87 });
  expect(station.queue.size).toBe(0);
  expect(station.gateway.tallies.refused['not-authorised']).toBe(4);
  expect(station.logged).toMatchObject([{ msg: 'refused', reason: 'not-authorised', subject: 'smoke-1' }]);
});

test('3.1.1: a topic that is not its own → closed, never acknowledged; with QoS 0 → dropped and counted', async () => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 4, 'smoke-1');
  client.publish(eventTopic('smoke-2'), smoke(), { qos: 0 });
  await client.pings();
  client.publish(eventTopic('smoke-2'), smoke());
  await client.isClosed();
  expect(client.heard).toEqual([]);
  expect(station.gateway.tallies.refused['not-authorised']).toBe(2);
  expect(station.gateway.tallies.closed['not-authorised']).toBe(1);
});

test('a bridge speaks for its set, and what no codec speaks is quarantined', async () => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 4, 'bridge');
  client.publish(eventTopic('smoke-3'), smoke());
  client.publish('weather/hall', '{"smoke":true}', { messageId: 2 });
  const [event, refused] = await station.arrivals(2);
  expect(event!.event!.deviceId).toBe('smoke-3');
  expect(refused!.refused).toMatchObject({ reason: 'unknown-topic', topic: 'weather/hall' });
});

test('a tester speaks in its drill, and touches nothing that is live', async () => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 5, 'tester');
  const drill = (run: string) => `fenghuo-drill/v1/${run}/~/${eventTopic('smoke-1')}`;
  client.publish(drill('r1'), smoke());
  const [delivery] = await station.arrivals();
  expect(delivery!.event).toMatchObject({ deviceId: 'smoke-1', run: 'r1' });
  expect(station.lastSeen.at(1)).toBeNull();
  delivery!.acknowledge();
  await client.hears('puback');
  for (const topic of [drill('r2'), eventTopic('smoke-1'), 'fenghuo-drill/v1/r1']) {
    client.publish(topic, smoke());
    expect(await client.hears('puback')).toMatchObject({ reasonCode: 0x87 });
  }
});

test('the right of a principal ends → its connections end, others stay', async () => {
  await using station = await startStation();
  using tester = await RawClient.connected(station.port, 5, 'tester');
  using device = await RawClient.connected(station.port, 5, 'smoke-1');
  station.gateway.endConnectionsOf(['tester']);
  expect(await tester.hears('disconnect')).toMatchObject({ reasonCode: 0x98 });
  await tester.isClosed();
  await device.pings();
});

test.each([
  ['unknown', 'nobody', {}, 4, 0x86],
  ['wrong secret', 'smoke-1', { password: Buffer.from('guess') }, 4, 0x86],
  ['directory away', 'broken', {}, 3, 0x88],
  ['another client id than the bound one', 'bound', { clientId: 'else' }, 2, 0x85],
])('CONNECT refused: %s', async (_, username, more, v4, v5) => {
  await using station = await startStation();
  for (const version of [4, 5] as const) {
    using client = new RawClient(station.port, version);
    client.connect(username, more);
    const { returnCode, reasonCode } = await client.hears('connack');
    expect(version === 4 ? returnCode : reasonCode).toBe(version === 4 ? v4 : v5);
    await client.isClosed();
  }
  expect(station.gateway.tallies.connectsRefused).toBe(2);
  expect(station.logged.filter(({ msg }) => msg === 'refused')).toHaveLength(1);
});

test('CONNECT: another protocol level → 1; no client id and clean session 0 → 2; no client id → one is assigned', async () => {
  await using station = await startStation();
  using old = new RawClient(station.port);
  old.sendHex('10 10 0006 4d5149736470 03 02 003c 0002 6162');
  expect(await old.hears('connack')).toMatchObject({ returnCode: 1 });
  using future = new RawClient(station.port);
  future.sendHex('10 0e 0004 4d515454 06 02 003c 0002 6162');
  expect(await future.hears('connack')).toMatchObject({ returnCode: 1 });
  using nameless = new RawClient(station.port);
  nameless.sendHex('10 0c 0004 4d515454 04 00 003c 0000');
  expect(await nameless.hears('connack')).toMatchObject({ returnCode: 2 });
  using assigned = new RawClient(station.port, 5);
  assigned.connect('smoke-1', { clientId: '' });
  const { properties } = await assigned.hears('connack');
  expect(properties).toMatchObject({
    assignedClientIdentifier: expect.stringMatching(/^fenghuo-/),
    receiveMaximum: 1_000,
    maximumPacketSize: 262_144,
    topicAliasMaximum: 0,
    sessionExpiryInterval: 0,
  });
});

test('clean session 0 → session present 0 all the same', async () => {
  await using station = await startStation();
  using client = new RawClient(station.port);
  client.connect('smoke-1', { clean: false });
  expect(await client.hears('connack')).toMatchObject({ returnCode: 0, sessionPresent: false });
});

test.each([
  ['PUBLISH before CONNECT', false, '30 05 0001 61 00 00', 'protocol-error'],
  ['a will with QoS 3', false, '10 13 0004 4d515454 04 1e 003c 0001 61 0001 61 0001 62', 'malformed-packet'],
  ['a reserved connect flag', false, '10 0d 0004 4d515454 04 03 003c 0001 61', 'malformed-packet'],
  [
    'a password without a user name',
    false,
    '10 10 0004 4d515454 04 42 003c 0001 61 0001 62',
    'protocol-error',
  ],
  ['a client id with NUL', false, '10 0d 0004 4d515454 04 02 003c 0001 00', 'malformed-packet'],
  ['HTTP', false, '474554202f20485454502f312e310d0a0d0a', 'protocol-error'],
  ['a second CONNECT', true, '10 0d 0004 4d515454 04 02 003c 0001 61', 'protocol-error'],
  ['type 0', true, '00 00', 'malformed-packet'],
  ['a CONNACK', true, '20 02 00 00', 'protocol-error'],
  ['PINGREQ with flags', true, 'c1 00', 'malformed-packet'],
  ['PUBREL with wrong flags', true, '60 02 0001', 'malformed-packet'],
  ['PUBACK for nothing', true, '40 02 0001', 'protocol-error'],
  ['SUBSCRIBE with wrong flags', true, '80 06 0001 0001 61 00', 'malformed-packet'],
  ['SUBSCRIBE without filters', true, '82 02 0001', 'protocol-error'],
  ['SUBSCRIBE with packet id 0', true, '82 06 0000 0001 61 00', 'malformed-packet'],
  ['UNSUBSCRIBE without filters', true, 'a2 02 0001', 'protocol-error'],
  ['a wildcard in a topic name', true, '30 05 0001 23 00 00', 'topic-name-invalid'],
  ['AUTH to 3.1.1', true, 'f0 00', 'protocol-error'],
  ['PUBREL with a reason to 3.1.1', true, '62 03 0001 00', 'malformed-packet'],
  ['DISCONNECT with a body to 3.1.1', true, 'e0 01 00', 'malformed-packet'],
  ['DISCONNECT with flags', true, 'e1 00', 'malformed-packet'],
  ['CONNECT with flags', false, '11 0d 0004 4d515454 04 02 003c 0001 61', 'malformed-packet'],
] as const)('%s → closed, counted', async (_, connected, bytes, reason) => {
  await using station = await startStation();
  using client = connected
    ? await RawClient.connected(station.port, 4, 'smoke-1')
    : new RawClient(station.port);
  client.sendHex(bytes);
  await client.isClosed();
  expect(station.gateway.tallies.closed[reason]).toBe(1);
  expect(client.heard.filter(({ cmd }) => cmd !== 'connack')).toEqual([]);
});

test.each([
  ['AUTH', 'f0 00', 'protocol-error', 0x82],
  ['a second CONNECT', '10 0e 0004 4d515454 05 02 003c 00 0001 61', 'protocol-error', 0x82],
  ['PUBLISH with packet id 0', '32 08 0001 61 0000 00 7b7d', 'malformed-packet', 0x81],
  ['PUBLISH with topic alias 0', '30 07 0001 61 03 23 0000', 'topic-alias-invalid', 0x94],
  ['PUBLISH without a topic', '30 06 0000 03 23 0001', 'topic-alias-invalid', 0x94],
  ['PUBLISH with a subscription id', '30 06 0001 61 02 0b 01', 'protocol-error', 0x82],
  ['PUBLISH with format 2', '30 06 0001 61 02 01 02', 'protocol-error', 0x82],
  ['PUBLISH with a content type twice', '30 0a 0001 61 06 03 0000 03 0000', 'protocol-error', 0x82],
  ['PUBLISH with a filter to respond on', '30 08 0001 61 04 08 0001 23', 'malformed-packet', 0x81],
  ['PUBLISH with properties behind its end', '30 05 0001 61 7f 01', 'malformed-packet', 0x81],
  ['PUBREL with another reason', '62 03 0001 80', 'protocol-error', 0x82],
  ['PUBREL with bytes behind its end', '62 05 0001 00 00 00', 'malformed-packet', 0x81],
  ['SUBSCRIBE with QoS 3', '82 07 0001 00 0001 61 03', 'malformed-packet', 0x81],
  ['SUBSCRIBE with reserved options', '82 07 0001 00 0001 61 c0', 'malformed-packet', 0x81],
  ['SUBSCRIBE with two subscription ids', '82 0b 0001 04 0b 01 0b 02 0001 61 00', 'protocol-error', 0x82],
  ['SUBSCRIBE with a property of PUBLISH', '82 0a 0001 03 23 0001 0001 61 00', 'protocol-error', 0x82],
  ['UNSUBSCRIBE with an unknown property', 'a2 08 0001 02 7f 00 0001 61', 'malformed-packet', 0x81],
  ['DISCONNECT with another property', 'e0 05 00 03 23 0001', 'protocol-error', 0x82],
  ['DISCONNECT with bytes behind its end', 'e0 03 00 00 00', 'malformed-packet', 0x81],
] as const)('5: %s → closed, told why', async (_, bytes, reason, code) => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 5, 'smoke-1');
  client.sendHex(bytes);
  expect(await client.hears('disconnect')).toMatchObject({ reasonCode: code });
  await client.isClosed();
  expect(station.gateway.tallies.closed[reason]).toBe(1);
});

test('5: DISCONNECT with reason 4 → the will is published; a will delay does not hold it back', async () => {
  await using station = await startStation();
  const payload = Buffer.from(smoke({ kind: 'fault' }));
  const will = { topic: eventTopic('smoke-1'), payload, qos: 1, properties: { willDelayInterval: 60 } };
  using client = await RawClient.connected(station.port, 5, 'smoke-1', { will });
  client.send({ cmd: 'disconnect', reasonCode: 4 });
  expect((await station.arrivals())[0]!.event).toMatchObject({ deviceId: 'smoke-1', kind: 'fault' });
});

test('5: enhanced authentication → 0x8C', async () => {
  await using station = await startStation();
  using client = new RawClient(station.port, 5);
  client.connect('smoke-1', { properties: { authenticationMethod: 'SCRAM-SHA-1' } });
  expect(await client.hears('connack')).toMatchObject({ reasonCode: 0x8c });
  await client.isClosed();
});

test('no CONNECT, half a CONNECT, an answer of the directory that never comes → closed in time', async () => {
  await using station = await startStation({ endpoint: { limits: { connectTimeoutMs: 200, sweepMs: 50 } } });
  using silent = new RawClient(station.port);
  using half = new RawClient(station.port);
  half.sendHex('10 20 0004 4d51');
  using slow = new RawClient(station.port);
  slow.connect('slow');
  await Promise.all([silent.isClosed(), half.isClosed(), slow.isClosed()]);
  expect(station.gateway.tallies.closed['connect-timeout']).toBe(3);
});

test('5: an answer larger than the client takes is not sent', async () => {
  await using station = await startStation();
  const properties = { maximumPacketSize: 60 };
  using client = await RawClient.connected(station.port, 5, 'smoke-1', { properties });
  const subscribe = (messageId: number, count: number) =>
    client.send({
      cmd: 'subscribe',
      messageId,
      subscriptions: Array(count).fill({ topic: command, qos: 0 }),
    });
  subscribe(1, 60);
  subscribe(2, 6);
  expect(await client.hears('suback')).toMatchObject({ messageId: 2 });
});

test('5: more than receive maximum → 0x93', async () => {
  await using station = await startStation({ endpoint: { limits: { window: 3 } } });
  using client = await RawClient.connected(station.port, 5, 'smoke-1');
  for (let messageId = 1; messageId <= 4; messageId++)
    client.publish(eventTopic('smoke-1'), smoke(), { messageId });
  expect(await client.hears('disconnect')).toMatchObject({ reasonCode: 0x93 });
});

test('window used up → read no further, keepalive stands still; acknowledged → all comes, pings are answered', async () => {
  let now = 0;
  const limits = { window: 10, sweepMs: 20 };
  await using station = await startStation({ endpoint: { limits }, monotonic: () => now });
  using client = await RawClient.connected(station.port, 4, 'smoke-1', { keepalive: 10 });
  using silent = await RawClient.connected(station.port, 4, 'smoke-2', { keepalive: 10 });
  const publish = (from: number, to: number) => {
    for (let messageId = from; messageId <= to; messageId++)
      client.publish(eventTopic('smoke-1'), smoke(), { messageId });
  };
  publish(1, 10);
  const held = await station.arrivals(10);
  await client.pings();
  publish(11, 30);
  client.send({ cmd: 'pingreq' });
  using other = await RawClient.connected(station.port, 4, 'smoke-3');
  await other.pings();
  now = 300_000;
  await silent.isClosed();
  expect([station.queue.size, client.closed]).toEqual([0, false]);
  for (const delivery of held) delivery.acknowledge();
  for (let taken = 0; taken < 20; taken++) (await station.arrivals())[0]!.acknowledge();
  await client.hears('pingresp');
  await until(() => client.heard.length === 30);
  expect(client.heard.map(({ messageId }) => messageId)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});

test('queue full → an ordinary window is still taken and pings answered; flooded → nothing; taken → all comes', async () => {
  const limits = { windowWhenFull: 5, window: 100 };
  await using station = await startStation({ endpoint: { limits }, queue: { bound: 10 } });
  using first = await RawClient.connected(station.port, 4, 'smoke-1');
  for (let messageId = 1; messageId <= 40; messageId++)
    first.publish(eventTopic('smoke-1'), smoke(), { messageId });
  await until(() => station.queue.size === 10);
  using second = await RawClient.connected(station.port, 4, 'smoke-2');
  for (let messageId = 1; messageId <= 5; messageId++)
    second.publish(eventTopic('smoke-2'), smoke(), { messageId });
  await second.pings();
  expect(station.queue.size).toBe(15);
  using third = await RawClient.connected(station.port, 4, 'smoke-3');
  for (let messageId = 1; messageId <= 9; messageId++)
    third.publish(eventTopic('smoke-3'), smoke(), { messageId });
  await until(() => station.queue.size === 20);
  expect(station.queue.pressure).toBe('flooded');
  using fourth = await RawClient.connected(station.port, 4, 'smoke-4');
  fourth.publish(`fenghuo/v1/${county}/smoke-4/heartbeat`, '');
  await fourth.hears('puback');
  fourth.publish(eventTopic('smoke-4'), smoke());
  using fifth = await RawClient.connected(station.port, 4, 'smoke-5');
  await fifth.pings();
  expect(station.queue.size).toBe(20);
  for (let taken = 0; taken < 55; taken++) (await station.arrivals())[0]!.acknowledge();
  await until(() => first.heard.length === 40 && third.heard.length === 9);
  await fourth.hears('puback');
});

test('faster than its policy → slowed down, nothing dropped', async () => {
  const rates = { device: { name: 'test', perSecond: 50, burst: 5 } };
  await using station = await startStation({ endpoint: { rates } });
  using client = await RawClient.connected(station.port, 4, 'smoke-1');
  const from = performance.now();
  for (let messageId = 1; messageId <= 25; messageId++)
    client.publish(eventTopic('smoke-1'), smoke(), { messageId });
  await station.arrivals(25);
  expect(performance.now() - from).toBeGreaterThan(350);
});

test('a client that reads nothing is not read either, and closed when it goes on so', async () => {
  const limits = { outputBytes: 1_024, outputTimeoutMs: 300, sweepMs: 50 };
  await using station = await startStation({ endpoint: { limits } });
  using client = await RawClient.connected(station.port, 4, 'smoke-1');
  client.socket.pause();
  const pings = Buffer.alloc(2 << 16, Buffer.from([0xc0, 0]));
  while (client.socket.writableLength < 4 << 20) client.socket.write(pings);
  await until(() => station.gateway.tallies.closed['output-not-read'] === 1);
});

test('stop: unstored stays unacknowledged, MQTT 5 is told, no will is published, a second stop does nothing', async () => {
  const station = await startStation();
  const will = { topic: eventTopic('smoke-1'), payload: Buffer.from(smoke()), qos: 1 as const };
  using client = await RawClient.connected(station.port, 5, 'smoke-1', { will });
  using silent = new RawClient(station.port);
  client.publish(eventTopic('smoke-1'), smoke());
  const [delivery] = await station.arrivals();
  await until(() => !silent.socket.connecting);
  await station.gateway.stop();
  await Promise.all([client.isClosed(), silent.isClosed()]);
  expect(client.heard).toMatchObject([{ cmd: 'disconnect', reasonCode: 0x8b }]);
  delivery!.acknowledge();
  expect(station.queue.size).toBe(0);
  await station.gateway.stop();
});

test('a port that is taken → an error with its reason', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await expect(startStation({ endpoint: { port } })).rejects.toMatchObject({ reason: 'port-in-use', port });
  await new Promise((resolve) => other.close(resolve));
});

test('the metrics say what happened, by reason', async () => {
  await using station = await startStation();
  using client = await RawClient.connected(station.port, 4, 'smoke-1');
  client.publish(eventTopic('smoke-1'), 'fire!');
  client.publish(`fenghuo/v1/${county}/smoke-1/heartbeat`, '', { messageId: 2 });
  await client.hears('puback');
  const text = await station.metrics.metrics();
  expect(text).toContain('fenghuo_gateway_messages_received_total 2');
  expect(text).toContain('fenghuo_gateway_messages_refused_total{reason="not-json"} 1');
  expect(text).toContain('fenghuo_gateway_heartbeats_total 1');
  expect(text).toContain('fenghuo_gateway_connections 1');
  expect(text).toContain('fenghuo_gateway_unacknowledged 1');
  expect(text).toContain('fenghuo_intake_queue_size 1');
});
