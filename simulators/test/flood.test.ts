import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { generate, parser } from 'mqtt-packet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BareEndpoint } from '../src/bench/bare-endpoint.ts';
import { rollOfPrefix } from '../src/flood/device-roll.ts';
import { Flood, type FloodOptions } from '../src/flood/flood.ts';
import type { FloodReport } from '../src/flood/flood-report.ts';

const project = path.resolve(import.meta.dirname, '../..');
const endpoint = new BareEndpoint({ project });
let port = 0;

beforeAll(async () => {
  port = await endpoint.start();
});

afterAll(() => endpoint.stop());

const options = (more: Partial<FloodOptions> = {}): FloodOptions => ({
  target: { host: '127.0.0.1', port },
  devices: rollOfPrefix('331081', 'T-', 500),
  connections: 20,
  window: 10,
  rate: 'max',
  durationMs: 1_000,
  seed: 'test',
  alarmShare: 0.01,
  redeliver: 0,
  cutsPerSecond: 0,
  firstSeq: 1,
  drainWithinMs: 10_000,
  ...more,
});

interface Flooded extends FloodReport {
  inLedger: number;
  ledger: { device: string; firstSeq: number; lastSeq: number; alarmed: boolean }[];
}

/** Floods, and counts what the ledger says was acknowledged: by device without overlap. */
async function flooded(more: Partial<FloodOptions>): Promise<Flooded> {
  const flood = new Flood(options(more));
  try {
    await flood.open();
    const report = await flood.run();
    const ranges = [...flood.acknowledged()];
    const inLedger = ranges.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
    return {
      ...report,
      inLedger,
      ledger: ranges.map(({ alarmAt, ...range }) => ({ ...range, alarmed: alarmAt !== null })),
    };
  } finally {
    await flood.stop();
  }
}

test('at full pace, cut 30 times a second and a tenth sent twice: each message acknowledged once in the end', async () => {
  const report = await flooded({ redeliver: 0.1, cutsPerSecond: 30 });
  expect(report.sent).toBeGreaterThan(1_000);
  expect(report).toMatchObject({ unacknowledged: 0, stray_pubacks: 0, connections_lost: 0 });
  expect(report.acknowledged).toBe(report.sent);
  expect(report.inLedger).toBe(report.sent);
  expect(report.connections_cut).toBeGreaterThan(5);
  expect(report.resent).toBeGreaterThan(report.sent * 0.08);
});

test('by the clock: exactly rate × duration, in that time', async () => {
  const report = await flooded({ rate: 2_000, window: 1 });
  expect(report).toMatchObject({ sent: 2_000, acknowledged: 2_000, inLedger: 2_000, resent: 0 });
  expect(report.seconds).toBeGreaterThan(0.98);
});

test('the same seed: the same devices said the same, whoever was cut', async () => {
  const [one, other] = await Promise.all([
    flooded({ rate: 1_500, seed: 'same' }),
    flooded({ rate: 1_500, seed: 'same', connections: 20, cutsPerSecond: 20, redeliver: 0.2 }),
  ]);
  expect(other.connections_cut).toBeGreaterThan(0);
  expect(other.ledger).toEqual(one.ledger);
  expect(one.ledger.filter(({ alarmed }) => alarmed)).toHaveLength(one.alarms);
});

test('the server is killed and comes back: everything unacknowledged comes again', async () => {
  const first = new BareEndpoint({ project });
  const port = await first.start();
  const target = { host: '127.0.0.1', port };
  const flood = new Flood(options({ target, rate: 500, durationMs: 3_000, drainWithinMs: 30_000 }));
  await using ends = new AsyncDisposableStack();
  ends.defer(() => flood.stop());
  await flood.open();
  const running = flood.run();
  await expect.poll(() => flood.figures.acknowledged).toBeGreaterThan(100);
  await first.kill();
  const second = new BareEndpoint({ project, port });
  ends.defer(() => second.stop());
  await second.start();
  expect(await running).toMatchObject({
    sent: 1_500,
    acknowledged: 1_500,
    stray_pubacks: 0,
    connections_lost: 20,
  });
  expect(flood.figures.latency.quantileMs(1)).toBeGreaterThan(100);
});

test('one device for each connection is enough, fewer are refused', async () => {
  const devices = rollOfPrefix('331081', 'T-', 20);
  expect((await flooded({ devices, durationMs: 100 })).unacknowledged).toBe(0);
  expect(() => new Flood(options({ devices, connections: 21 }))).toThrow('too few');
});

test('nobody listens → unreachable; not MQTT → unreachable, with what was seen', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: other } = server.address() as { port: number };
  const target = { host: '127.0.0.1', port: other };
  await expect(flooded({ target })).rejects.toMatchObject({ reason: 'unreachable' });
  await new Promise((resolve) => server.close(resolve));
  await expect(flooded({ target })).rejects.toMatchObject({ reason: 'unreachable' });
});

/**
 * A server that answers nothing for a while once the flood runs. Were latency counted from when a message really
 * left, only the one in flight would have met the pause.
 */
async function serverThatPauses(pauseMs: number) {
  const connack = Buffer.from([0x20, 2, 0, 0]);
  const server = createServer((socket) => {
    const reader = parser({ protocolVersion: 4 });
    let published = 0;
    reader.on('packet', (packet) => {
      if (packet.cmd === 'connect') socket.write(connack);
      if (packet.cmd !== 'publish') return;
      const puback = generate({ cmd: 'puback', messageId: packet.messageId! });
      if (++published === 100) setTimeout(() => socket.write(puback), pauseMs);
      else socket.write(puback);
    });
    socket.on('error', () => {}).on('data', (bytes) => reader.parse(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

test('a server that stands still for half a second: messages are late from the moment meant for them', async () => {
  const { server, port: other } = await serverThatPauses(500);
  const target = { host: '127.0.0.1', port: other };
  const report = await flooded({ target, connections: 1, window: 1, rate: 1_000, durationMs: 700 });
  server.close();
  expect(report.sent).toBe(700);
  expect(report.puback_max_ms).toBeGreaterThan(490);
  expect(report.puback_p50_ms).toBeGreaterThan(100);
});
