import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { type Chance, chanceOf, hostileStream } from './packet-fuzz.ts';
import { RawClient, type Station, startStation, until } from './station.ts';

/** Connections at a time. */
const atOnce = 50;
/** Of all that is sent: before the heap is looked at for the first time. */
const warmUp = 0.2;
const mostHeapGrowth = 8 * 2 ** 20;
/** The machine may be shared; what would hang hangs for good. */
const slowestPingMs = 2_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapAfterCollection(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/**
 * Sends so many hostile packets, in both versions, over many connections, while a healthy client pings and
 * what is stored is acknowledged now or later. No fault of ours, no hang, and nothing left behind: connections,
 * unacknowledged messages, sockets, timers, heap. A failure names the seed.
 */
export async function fuzz(packets: number, seed: number): Promise<void> {
  try {
    await run(packets, chanceOf(seed));
  } catch (error) {
    throw new Error(`with seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function run(packets: number, chance: Chance): Promise<void> {
  await using station = await startStation({ endpoint: { limits: { window: 8 } } });
  const { tallies } = station.gateway;
  using witness = await RawClient.connected(station.port, 4, 'smoke-9');
  const resources = () =>
    process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'Timeout').length;
  const before = resources();
  let sent = 0;
  let connections = 0;
  let heap: number | null = null;
  let slowest = 0;
  while (sent < packets) {
    const streams = Array.from({ length: atOnce }, () => hostileStream(chance, connections++));
    for (const stream of streams) sent += stream.packets;
    const closed = Promise.all(streams.map(({ bytes }) => send(station.port, bytes, chance)));
    const from = performance.now();
    await witness.pings();
    slowest = Math.max(slowest, performance.now() - from);
    await settle(station, closed, chance);
    if (heap === null && sent > packets * warmUp) heap = heapAfterCollection();
  }
  await until(() => tallies.connections === 1);
  for (const delivery of station.queue.take(100_000)) delivery.acknowledge();
  expect(tallies.closed['internal-error']).toBe(0);
  expect(tallies.closed['malformed-packet']).toBeGreaterThan(connections / 20);
  expect(tallies.received).toBeGreaterThan(packets / 8);
  expect(tallies.unacknowledged).toBe(0);
  expect(station.queue.size).toBe(0);
  expect(witness.closed).toBe(false);
  expect(slowest).toBeLessThan(slowestPingMs);
  await until(() => resources() <= before);
  expect(heapAfterCollection() - heap!).toBeLessThan(mostHeapGrowth);
}

/** Acknowledges what has come, some of it only when its sender is gone, until all senders are. */
async function settle(station: Station, closed: Promise<unknown>, chance: Chance): Promise<void> {
  let isOver = false;
  void closed.then(() => {
    isOver = true;
  });
  const late = [];
  while (!isOver) {
    for (const delivery of station.queue.take(1_000))
      if (chance() < 0.8) delivery.acknowledge();
      else late.push(delivery);
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const delivery of late) delivery.acknowledge();
}

/** In two pieces, and at the end a farewell or a reset. Resolves when the socket is closed. */
function send(port: number, bytes: Buffer, chance: Chance): Promise<void> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {}).resume();
  const middle = Math.floor(chance() * bytes.length);
  const reset = chance() < 0.1;
  socket.write(bytes.subarray(0, middle), () => {
    if (socket.destroyed) return;
    if (reset) socket.write(bytes.subarray(middle), () => socket.resetAndDestroy());
    else socket.end(bytes.subarray(middle));
  });
  return new Promise((resolve) => socket.on('close', () => resolve()));
}
