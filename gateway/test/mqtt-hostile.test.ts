import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { eventTopic, RawClient, smoke, startStation, until } from './station.ts';

const sound: Packet[] = [
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
    topic: eventTopic('smoke-1'),
    payload: smoke(),
    qos: 2,
    messageId: 2,
    dup: true,
    retain: true,
    properties: { contentType: 'x', userProperties: { a: 'b' } },
  },
  { cmd: 'pubrel', messageId: 2, reasonCode: 0 },
  {
    cmd: 'subscribe',
    messageId: 3,
    subscriptions: [{ topic: 'a', qos: 1 }],
    properties: { subscriptionIdentifier: 5 },
  },
  { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['a'] },
  { cmd: 'pingreq' },
  { cmd: 'disconnect', reasonCode: 4, properties: { reasonString: 'x' } },
];
const connect: Packet = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 5,
  clientId: 'c',
  clean: true,
  keepalive: 5,
  username: 'smoke-1',
  password: Buffer.from('secret'),
  properties: { receiveMaximum: 5, userProperties: { a: 'b' } },
  will: {
    topic: eventTopic('smoke-1'),
    payload: Buffer.from(smoke()),
    qos: 1,
    properties: { contentType: 'x' },
  },
};

/** Some packets, with some of their bytes changed, cut or doubled. */
const mangled = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom<4 | 5>(4, 5),
    fc.array(fc.constantFrom(...sound), { maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
    fc.option(fc.nat()),
  )
  .map(([polite, version, packets, changes, cut]) => {
    const opening = generate({ ...connect, protocolVersion: version }, { protocolVersion: version });
    const rest = packets.map((packet) => generate(packet, { protocolVersion: version }));
    const bytes = Buffer.concat([opening, ...rest]);
    const from = polite ? opening.length : 0;
    for (const [at, byte] of changes)
      if (from < bytes.length) bytes[from + (at % (bytes.length - from))] = byte;
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

test('property: whatever comes, nothing of ours breaks, memory and books stay right, and others are served', async () => {
  await using station = await startStation();
  const { tallies } = station.gateway;
  using witness = await RawClient.connected(station.port, 4, 'smoke-9');
  const batches = fc.sample(mangled, { numRuns: 1_500, seed: 26_875 });
  for (let at = 0; at < batches.length; at += 50) {
    const clients = batches.slice(at, at + 50).map((bytes) => {
      const client = new RawClient(station.port);
      client.socket.removeAllListeners('data').resume();
      client.socket.end(bytes);
      return client;
    });
    await until(() => clients.every(({ closed }) => closed));
    for (const delivery of station.queue.take(10_000)) delivery.acknowledge();
    await witness.pings();
  }
  await until(() => tallies.connections === 1);
  expect(tallies.closed['internal-error']).toBe(0);
  expect(tallies.closed['malformed-packet']).toBeGreaterThan(100);
  expect(tallies.unacknowledged).toBe(0);
  expect(tallies.received).toBeGreaterThan(100);
});

test('a flood by one client does not keep the others waiting', async () => {
  await using station = await startStation({ endpoint: { limits: { window: 100 } } });
  using hostile = await RawClient.connected(station.port, 4, 'smoke-1');
  for (let messageId = 1; messageId <= 5_000; messageId++)
    hostile.publish(eventTopic('smoke-1'), smoke(), { messageId });
  await until(() => station.queue.size === 100);
  using good = await RawClient.connected(station.port, 4, 'smoke-2');
  good.publish(eventTopic('smoke-2'), smoke());
  for (const delivery of await station.arrivals(101))
    if (delivery.event!.deviceId === 'smoke-2') delivery.acknowledge();
  await good.hears('puback');
});
