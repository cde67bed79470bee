import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { type Absence, startOwnDatabase } from './own-database.ts';
import { ResendingClient } from './resending-client.ts';
import { startServer } from './server-process.ts';

export interface AbsenceOptions {
  absences: readonly Absence[];
  /** Seconds. A device that gets no answer to its pings for one and a half of it is cut off by its own rules. */
  keepalive: number;
  /** How often each device must have had its answer while the database is away: so long it is away. */
  pings: number;
  devices: number;
  /** What each device says while it is away. Its window is 50. */
  messages: number;
  /** Senders without a window, who fill the intake to its bound, and what each says. */
  greedy?: { senders: number; messages: number };
}

/** The default of the intake's bound, in messages; at it a sender may have 64 of them, before it a thousand. */
const bound = 100_000;
/** Most that the server may grow by; 220 MB were seen with 101,000 messages in the intake. */
const mostMemoryMb = 400;

/**
 * The database goes away under a flood and comes back, in each of the ways in turn: meanwhile nothing is acknowledged,
 * every ping is answered, nobody is cut off and memory stays bounded; after it all that was said is
 * there once.
 */
export async function surviveAbsences(options: AbsenceOptions): Promise<void> {
  await using database = await startOwnDatabase();
  await using station = await startStation(database);
  const devices = await station.devices(options.devices, 50, options.keepalive);
  const greedy = await station.devices(options.greedy?.senders ?? 0, 60_000, 0);
  for (const how of options.absences) {
    await Promise.all(say(devices, options.messages / 4));
    await database.goAway(how);
    const acknowledged = sum([...devices, ...greedy], (one) => one.acknowledged);
    const said = [...say(devices, options.messages), ...say(greedy, options.greedy?.messages ?? 0)];
    await pinged(devices, options.pings);
    expect(sum([...devices, ...greedy], (one) => one.acknowledged)).toBe(acknowledged);
    await station.expectBounded(greedy.length > 0);
    await database.comeBack();
    await Promise.all(said);
    expect(await station.storedEvents()).toBe(seq);
  }
  expect(sum(devices, ({ cuts }) => cuts)).toBe(0);
  for (const one of [...devices, ...greedy]) one.stop();
}

function sum(devices: readonly ResendingClient[], of: (device: ResendingClient) => number): number {
  return devices.reduce((total, device) => total + of(device), 0);
}

/** Until each has had so many answers more to its pings, one each keepalive. */
async function pinged(devices: readonly ResendingClient[], times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await Promise.all(devices.map((device) => device.nextPong()));
}

/** Messages of each device, told apart by their numbers. */
function say(devices: readonly ResendingClient[], messages: number): Promise<void>[] {
  return devices.flatMap((device, i) =>
    Array.from({ length: messages }, () => {
      seq += 1;
      const payload = JSON.stringify({ seq, kind: 'test', ts: Date.now() });
      return device.publish(`fenghuo/v1/331081/device-${i}/event`, payload);
    }),
  );
}
let seq = 0;

/** Resident memory of a process. */
function memoryMb(pid: number): number {
  if (process.platform === 'linux')
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1024;
}

async function startStation({ appUrl, ownerUrl }: { appUrl: string; ownerUrl: string }) {
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-absence-'));
  const urls = { FENGHUO_DATABASE_URL: appUrl, FENGHUO_OWNER_DATABASE_URL: ownerUrl };
  const server = await startServer({ FENGHUO_DATA: data, ...urls });
  const { mqtt } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
  const gauge = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${server.httpPort}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  const before = memoryMb(server.pid);
  let clients = 0;
  return {
    devices: (count: number, window: number, keepalive: number) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const who = { username: mqtt[0].username, password: mqtt[0].secret, clientId: `raw-${clients++}` };
          const device = new ResendingClient({ port: server.mqttPort, ...who, window, keepalive });
          await device.start();
          return device;
        }),
      ),
    /** What waits is about the bound when somebody fills it, and what it takes is bounded in any case. */
    async expectBounded(filled: boolean) {
      const waiting = await gauge('fenghuo_intake_queue_size');
      if (filled) expect(waiting).toBeGreaterThan(bound * 0.9);
      expect(waiting).toBeLessThan(bound * 2);
      expect(memoryMb(server.pid) - before).toBeLessThan(mostMemoryMb);
    },
    async storedEvents() {
      const outside = await connectClient({ url: ownerUrl, name: 'outside' });
      const { rows } = await outside.query('select count(*)::int as stored from fenghuo.event');
      await outside.end();
      return rows[0].stored;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
