import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { frameOf, sampleFrame } from '../src/codecs/gb26875-frame.fixture.ts';
import { readFrame } from '../src/codecs/gb26875-frame.ts';
import { FrameReader } from '../src/sources/gb26875/frame-reader.ts';
import { type Station, startStation, until } from './station.ts';

/** A transmitter that says exactly what it is told to, and notes the answers. */
class Transmitter implements Disposable {
  readonly socket: Socket;
  /** `{command} {sequence number}` of each. */
  readonly answers: string[] = [];
  closed = false;
  readonly #reader = new FrameReader();

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('data', (bytes) => {
      this.#reader.append(bytes);
      for (let read = this.#reader.next(); read !== null; read = this.#reader.next()) this.#note(read.frame!);
    });
  }

  #note(bytes: Buffer): void {
    const frame = readFrame(bytes);
    this.answers.push(typeof frame === 'string' ? frame : `${frame.command} ${frame.seq}`);
  }

  send(...frames: Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

const fire = (seq: number) => frameOf('0101 0103 0200 301213010814', 2, seq);
const damaged = (seq: number) => {
  const frame = fire(seq);
  frame[28]! ^= 0xff;
  return frame;
};
const reasons = async (station: Station, count: number) =>
  (await station.arrivals(count)).map(
    ({ event, refused }) => refused?.reason ?? `${event!.deviceId} ${event!.state}`,
  );

test('a fire is confirmed when all of its events are stored, and not before', async () => {
  await using station = await startStation({ gb26875: {} });
  using transmitter = new Transmitter(station.gb26875.port!);
  transmitter.send(sampleFrame);
  const [alarm, fault] = await station.arrivals(2);
  expect(alarm!.event).toMatchObject({
    deviceId: 'gb:000000000000:1-3:393433',
    kind: 'smoke',
    state: 'alarm',
    run: null,
  });
  alarm!.acknowledge();
  await new Promise((resolve) => setImmediate(resolve));
  expect(transmitter.answers).toEqual([]);
  fault!.acknowledge();
  await until(() => transmitter.answers.length === 1);
  expect(transmitter.answers).toEqual(['3 0']);
});

test('bytes that trickle, two frames in one segment, garbage, a wrong checksum, the longest data unit', async () => {
  await using station = await startStation({ gb26875: {} });
  using transmitter = new Transmitter(station.gb26875.port!);
  for (const byte of fire(1)) {
    transmitter.send(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const system = 'gb:010203040506:1-3';
  const take = async (count: number) => {
    const taken = await station.arrivals(count);
    for (const one of taken) one.acknowledge();
    return taken.map(({ event, refused }) => refused?.reason ?? `${event!.deviceId} ${event!.state}`);
  };
  expect(await take(2)).toEqual([`${system} alarm`, `${system} normal`]);
  transmitter.send(fire(2), frameOf('1501 01', 2, 3));
  expect(await take(3)).toEqual([`${system} alarm`, 'gb:010203040506 normal', 'gb:010203040506 normal']);
  transmitter.send(Buffer.from('garbage'), fire(4));
  expect(await take(2)).toEqual([`${system} alarm`, 'damaged']);
  transmitter.send(damaged(5), fire(6));
  expect(await take(2)).toEqual([`${system} alarm`, 'damaged']);
  transmitter.send(frameOf(`0181${'0103 0100'.repeat(255)}`.padEnd(2048, '0'), 2, 7), fire(8));
  expect(await take(2)).toEqual([`${system} alarm`, 'schema']);
  await until(() => transmitter.answers.length === 8);
  const bySeq = transmitter.answers.toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2)));
  expect(bySeq).toEqual(['3 1', '3 2', '3 3', '3 4', '6 5', '3 6', '3 7', '3 8']);
  expect(station.gateway.tallies.transmitters).toMatchObject({
    frames: 8,
    confirmed: 7,
    denied: 1,
    garbageBytes: 7,
  });
});

test('clock and duty frames are confirmed at once; a confirmation is not answered', async () => {
  await using station = await startStation({ gb26875: {} });
  using transmitter = new Transmitter(station.gb26875.port!);
  transmitter.send(frameOf('', 3, 1), frameOf('5a01 301213010814', 2, 2), frameOf('5b01 05', 2, 3));
  await until(() => transmitter.answers.length === 2);
  expect(transmitter.answers).toEqual(['3 2', '3 3']);
  expect(station.queue.size).toBe(0);
});

test('who does not keep to its window is not read until something is stored', async () => {
  await using station = await startStation({ gb26875: { limits: { window: 2 } } });
  using transmitter = new Transmitter(station.gb26875.port!);
  transmitter.send(...[1, 2, 3, 4].map(fire));
  const first = await station.arrivals(4);
  expect(station.queue.size).toBe(0);
  expect(station.gateway.tallies.transmitters.frames).toBe(2);
  for (const delivery of first) delivery.acknowledge();
  for (const delivery of await station.arrivals(2)) delivery.acknowledge();
  await until(() => transmitter.answers.length === 4);
});

test('nothing whole for too long → cut off; half a frame is kept in quarantine', async () => {
  await using station = await startStation({
    gb26875: { limits: { firstFrameMs: 50, frameTimeoutMs: 20, sweepMs: 10 } },
  });
  using silent = new Transmitter(station.gb26875.port!);
  using slow = new Transmitter(station.gb26875.port!);
  slow.send(sampleFrame.subarray(0, 50));
  await until(() => silent.closed && slow.closed);
  expect(await reasons(station, 1)).toEqual(['damaged']);
  expect(station.gateway.tallies.transmitters.closed.idle).toBe(2);
});

test('a byte now and then → cut off, however long the frame may be idle', async () => {
  const limits = { wholeFrameMs: 60, frameTimeoutMs: 50_000, sweepMs: 10 };
  await using station = await startStation({ gb26875: { limits } });
  using slow = new Transmitter(station.gb26875.port!);
  slow.send(fire(1));
  for (const delivery of await station.arrivals(2)) delivery.acknowledge();
  for (const byte of sampleFrame.subarray(0, 60)) {
    if (slow.closed) break;
    slow.send(Buffer.of(byte));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await until(() => slow.closed);
  expect(station.gateway.tallies.transmitters.closed['frame-timeout']).toBe(1);
});

test('too much garbage → cut off', async () => {
  await using station = await startStation({ gb26875: { limits: { garbageBytes: 4_000 } } });
  using noise = new Transmitter(station.gb26875.port!);
  noise.send(Buffer.alloc(20_000, 7));
  await until(() => noise.closed);
  expect(station.gateway.tallies.transmitters.closed.garbage).toBe(1);
});

test('more connections than there is room for are closed at once', async () => {
  await using station = await startStation({ gb26875: { limits: { maxConnections: 1 } } });
  using first = new Transmitter(station.gb26875.port!);
  await until(() => station.gateway.tallies.transmitters.connections === 1);
  using second = new Transmitter(station.gb26875.port!);
  await until(() => second.closed);
  expect([first.closed, station.gateway.tallies.transmitters.closed['crowded-out']]).toEqual([false, 1]);
});

test('ports of drills: no drill has it → closed; each drill by its own port → its run and nothing live', async () => {
  const runs = new Map<number, string>();
  await using station = await startStation({
    gb26875: { port: null, drill: { ports: [0, 0], runAt: async (port) => runs.get(port) ?? null } },
  });
  expect(station.gb26875.port).toBeNull();
  const [first, second] = station.gb26875.drillPorts as [number, number];
  using early = new Transmitter(first);
  await until(() => early.closed);
  runs.set(first, 'r1').set(second, 'r2');
  for (const [port, run] of runs) {
    using transmitter = new Transmitter(port);
    transmitter.send(fire(1));
    const deliveries = await station.arrivals(2);
    expect(deliveries.map(({ event }) => event!.run)).toEqual([run, run]);
    for (const delivery of deliveries) delivery.acknowledge();
    await until(() => transmitter.answers.length === 1);
  }
});

test('the gateway stops → unstored frames stay unconfirmed', async () => {
  const station = await startStation({ gb26875: {} });
  using transmitter = new Transmitter(station.gb26875.port!);
  transmitter.send(fire(1));
  const deliveries = await station.arrivals(2);
  await station.gateway.stop();
  for (const delivery of deliveries) delivery.acknowledge();
  await until(() => transmitter.closed);
  expect(transmitter.answers).toEqual([]);
});
