import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { eventTopic, RawClient, smoke, startStation, until } from './station.ts';

const file = (name: string) => readFileSync(new URL(`./tls/${name}`, import.meta.url));
const pair = (name: string, key = name) => ({ cert: file(`${name}.crt`), key: file(`${key}.key`) });
const limits = { connectTimeoutMs: 300, sweepMs: 50 };
const withTls = (options = pair('localhost')) => ({ endpoint: { limits, tls: { port: 0, options } } });

const connectSecurely = (port: number, ca: Buffer, username = 'smoke-1') =>
  connectAsync({
    protocol: 'mqtts',
    host: 'localhost',
    port,
    ca,
    username,
    password: 'secret',
    clientId: `${username}-client`,
    protocolVersion: 5,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
  });

/** SHA-256 of the certificate that the port shows. */
function fingerprint(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('plain and TLS are one endpoint: a device that comes by TLS takes over from itself', async () => {
  await using station = await startStation(withTls());
  using plain = await RawClient.connected(station.port, 5, 'smoke-1');
  const secure = await connectSecurely(station.tlsPort, file('localhost.crt'));
  expect(await plain.hears('disconnect')).toMatchObject({ reasonCode: 0x8e });
  const published = secure.publishAsync(eventTopic('smoke-1'), smoke(), { qos: 2 });
  for (const delivery of await station.arrivals()) delivery.acknowledge();
  await published;
  expect(station.gateway.tallies.connections).toBe(1);
  await secure.endAsync();
});

test('nothing, half a handshake, a byte now and then, garbage, a wrong version → closed in time, counted, told once', async () => {
  await using station = await startStation(withTls());
  const { tallies } = station.gateway;
  const raw = () => new RawClient(station.tlsPort);
  using silent = raw();
  using half = raw();
  half.sendHex('16 0301 00c8 01 0000c4 0303');
  using slow = raw();
  const dripping = setInterval(() => slow.socket.write(Buffer.from([0x16])), 20);
  using garbage = raw();
  garbage.sendHex('00 11 22 33 44 55 66 77');
  using plain = raw();
  plain.connect('smoke-1');
  const old = connectTls({
    port: station.tlsPort,
    host: '127.0.0.1',
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
    rejectUnauthorized: false,
  }).on('error', () => {});
  await Promise.all([silent, half, slow, garbage, plain].map((client) => client.isClosed()));
  clearInterval(dripping);
  await until(() => tallies.closed['handshake-failed'] === 6);
  old.destroy();
  expect(station.logged.filter(({ reason }) => reason === 'handshake-failed')).toHaveLength(1);
  const client = await connectSecurely(station.tlsPort, file('localhost.crt'));
  await client.endAsync();
});

test('a handshake, and then a byte of CONNECT now and then → closed in time', async () => {
  await using station = await startStation(withTls());
  const socket = connectTls({ port: station.tlsPort, host: '127.0.0.1', rejectUnauthorized: false });
  socket.on('error', () => {}).resume();
  const connect = Buffer.from('10180004', 'hex');
  let sent = 0;
  const dripping = setInterval(() => socket.write(connect.subarray(sent, ++sent)), 100);
  await until(() => station.gateway.tallies.closed['connect-timeout'] === 1);
  clearInterval(dripping);
  socket.destroy();
});

test('an expired certificate: clients refuse it, the station serves on, and a new one is taken without a restart', async () => {
  await using station = await startStation(withTls(pair('expired', 'renewed')));
  const ca = file('expired.crt');
  await expect(connectSecurely(station.tlsPort, ca)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  using plain = await RawClient.connected(station.port, 4, 'smoke-2');
  station.gateway.renewTls(pair('renewed'));
  const client = await connectSecurely(station.tlsPort, file('renewed.crt'));
  await plain.pings();
  const before = await fingerprint(station.tlsPort);
  expect(() => station.gateway.renewTls({ cert: 'none', key: 'none' })).toThrow();
  expect(() => station.gateway.renewTls(pair('localhost', 'renewed'))).toThrow();
  expect(await fingerprint(station.tlsPort)).toBe(before);
  await client.publishAsync(`fenghuo/v1/331081/smoke-1/heartbeat`, '', { qos: 1 });
  await client.endAsync();
});

test('stop while a handshake is under way → it ends, too', async () => {
  const station = await startStation(withTls());
  using half = new RawClient(station.tlsPort);
  half.sendHex('16 0301 00c8');
  using plain = await RawClient.connected(station.port, 4, 'smoke-1');
  await station.gateway.stop();
  await Promise.all([half.isClosed(), plain.isClosed()]);
});

test('one of the two ports is taken → the other is not kept either', async () => {
  await using station = await startStation(withTls());
  const tls = { port: station.tlsPort, options: pair('localhost') };
  await expect(startStation({ endpoint: { port: 0, tls } })).rejects.toMatchObject({
    reason: 'port-in-use',
    port: station.tlsPort,
  });
});
