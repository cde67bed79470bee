import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectAsync, type IClientOptions } from 'mqtt';
import { expect, test } from 'vitest';
import type { Delivery } from '../src/intake-queue.ts';
import { county, eventTopic, RawClient, type Station, smoke, startStation, until } from './station.ts';

const tlsFile = (name: string) => readFileSync(new URL(`./tls/${name}`, import.meta.url));

const connectTo = (station: Station, options: IClientOptions) =>
  connectAsync({
    host: '127.0.0.1',
    port: station.port,
    username: 'smoke-1',
    password: 'secret',
    clientId: 'smoke-1-client',
    reconnectPeriod: 0,
    connectTimeout: 5_000,
    ...options,
  });

for (const protocolVersion of [4, 5] as const) {
  const name = `mqtt.js, ${protocolVersion === 4 ? '3.1.1' : '5'}`;

  test(`${name}: each QoS is published; 1 and 2 are done when acknowledged`, async () => {
    await using station = await startStation();
    const client = await connectTo(station, { protocolVersion });
    for (const qos of [0, 1, 2] as const) {
      const published = client.publishAsync(eventTopic('smoke-1'), smoke({ seq: qos }), { qos });
      const [delivery] = await station.arrivals();
      let done = false;
      void published.then(() => {
        done = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(done).toBe(qos === 0);
      delivery!.acknowledge();
      await published;
    }
    await client.endAsync();
    await until(() => station.gateway.tallies.closed.disconnected === 1);
  });

  test(`${name}: cut off with three unacknowledged → all three come again, with their identity`, async () => {
    await using station = await startStation();
    const client = await connectTo(station, { protocolVersion, reconnectPeriod: 10, clean: false });
    const ts = Date.now();
    const published = [1, 2, 3].map((seq) =>
      client.publishAsync(eventTopic('smoke-1'), smoke({ seq, ts }), { qos: 1 }),
    );
    const first = await station.arrivals(3);
    client.stream.destroy();
    const again: Delivery[] = [];
    for (let resent = 0; resent < 3; resent++) {
      again.push(...(await station.arrivals()));
      again[resent]!.acknowledge();
    }
    expect(again.map(({ event }) => event!.ident)).toEqual(first.map(({ event }) => event!.ident));
    for (const delivery of first) delivery.acknowledge();
    await Promise.all(published);
    await client.endAsync();
  });

  test(`${name}: its command topic is granted, another is not`, async () => {
    await using station = await startStation();
    const client = await connectTo(station, { protocolVersion });
    await expect(
      client.subscribeAsync(`fenghuo/v1/${county}/smoke-1/command`, { qos: 1 }),
    ).resolves.toMatchObject([{ qos: 1 }]);
    await expect(client.subscribeAsync(`fenghuo/v1/${county}/smoke-2/command`)).rejects.toThrow();
    await client.endAsync();
  });
}

test('mqtt.js, 5: a topic that is not its own fails at the client, and the next message passes', async () => {
  await using station = await startStation();
  const client = await connectTo(station, { protocolVersion: 5 });
  await expect(client.publishAsync(eventTopic('smoke-2'), smoke(), { qos: 1 })).rejects.toMatchObject({
    code: 0x87,
  });
  const published = client.publishAsync(eventTopic('smoke-1'), smoke(), {
    qos: 1,
    properties: { contentType: 'application/json' },
  });
  for (const delivery of await station.arrivals()) delivery.acknowledge();
  await published;
  await client.endAsync();
});

test('mqtt.js: a wrong secret is told to the client', async () => {
  await using station = await startStation();
  await expect(connectTo(station, { password: 'guess' })).rejects.toMatchObject({ code: 4 });
  await expect(connectTo(station, { password: 'guess', protocolVersion: 5 })).rejects.toMatchObject({
    code: 0x86,
  });
});

test('mqtt.js over TLS: published, acknowledged; plain text on the TLS port → closed', async () => {
  const options = { cert: tlsFile('localhost.crt'), key: tlsFile('localhost.key') };
  await using station = await startStation({ endpoint: { port: null, tls: { port: 0, options } } });
  expect(station.port).toBe(0);
  const { tlsPort: port } = station;
  const client = await connectTo(station, { protocol: 'mqtts', host: 'localhost', port, ca: options.cert });
  const published = client.publishAsync(eventTopic('smoke-1'), smoke(), { qos: 1 });
  for (const delivery of await station.arrivals()) delivery.acknowledge();
  await published;
  using plain = new RawClient(port);
  plain.connect('smoke-1');
  await plain.isClosed();
  await client.endAsync();
});

test('a certificate that is none → an error with its reason', async () => {
  const tls = { port: 0, options: { cert: 'none', key: 'none' } };
  await expect(startStation({ endpoint: { tls } })).rejects.toMatchObject({ reason: 'tls-unusable' });
});

/**
 * Clients that others wrote: `mosquitto_pub` (Debian: mosquitto-clients) and Paho (python3-paho-mqtt). `.ci/run`
 * brings both; without them the tests above, with mqtt.js, have to do.
 */
const runs = (program: string, ...parameters: string[]) => spawnSync(program, parameters).status === 0;
const python = ['python3', '/usr/bin/python3'].find((it) => runs(it, '-c', 'import paho.mqtt.client'));
const hasMosquitto = spawnSync('mosquitto_pub', ['--help']).error === undefined;
const paho = fileURLToPath(new URL('./paho-publish.py', import.meta.url));

interface Publication {
  port: number;
  version: '4' | '5';
  qos: string;
}

const programs: Record<string, (publication: Publication) => [string, ...string[]]> = {
  ...(hasMosquitto && {
    mosquitto_pub: ({ port, version, qos }) => [
      'mosquitto_pub',
      ...['-h', '127.0.0.1', '-p', String(port), '-V', version === '4' ? '311' : '5', '-q', qos],
      ...['-u', 'smoke-1', '-P', 'secret', '-t', eventTopic('smoke-1'), '-m', smoke()],
    ],
  }),
  ...(python && {
    Paho: ({ port, version, qos }) => [
      python,
      ...[paho, String(port), version, qos, eventTopic('smoke-1'), smoke()],
    ],
  }),
};

const cases = Object.keys(programs).flatMap((program) =>
  (['4', '5'] as const).flatMap((version) => ['1', '2'].map((qos) => ({ program, version, qos }))),
);

test.each(cases)(
  '$program, protocol level $version, QoS $qos: published → stored, and only then acknowledged',
  async ({ program, version, qos }) => {
    await using station = await startStation();
    const [file, ...parameters] = programs[program]!({ port: station.port, version, qos });
    const child = spawn(file, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
    const exit = once(child, 'exit');
    const [delivery] = await station.arrivals();
    expect(delivery!.event).toMatchObject({ deviceId: 'smoke-1', kind: 'smoke' });
    expect(station.gateway.tallies.unacknowledged).toBe(1);
    expect(child.exitCode).toBe(null);
    delivery!.acknowledge();
    expect(await exit).toEqual([0, null]);
    await until(() => station.gateway.tallies.closed.disconnected === 1);
  },
);
