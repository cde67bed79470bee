import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { Mosquitto } from '../../gateway/test/mosquitto.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { insertSmallCounty } from './small-county.ts';

const topic = (deviceId: string) => `fenghuo/v1/331081/${deviceId}/event`;

/** A station that hears its devices at a Mosquitto, with the settings that we ship for one. */
async function prepareStation() {
  const broker = await Mosquitto.prepared({ verbose: true });
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-broker-'));
  const servers: ServerProcess[] = [];
  const count = async (table: string, where = 'true') => {
    const { rows } = await outside.query(`select count(*)::int as n from fenghuo.${table} where ${where}`);
    return rows[0].n as number;
  };
  return {
    broker,
    count,
    async start(settings: Record<string, string> = {}): Promise<ServerProcess> {
      const server = await startServer({
        FENGHUO_DATA: data,
        FENGHUO_DATABASE_URL: database.appUrl,
        FENGHUO_OWNER_DATABASE_URL: database.ownerUrl,
        FENGHUO_BROKER_URL: `mqtt://127.0.0.1:${broker.port}`,
        ...settings,
      });
      servers.push(server);
      return server;
    },
    async fires() {
      return {
        alarms: await count('alarm'),
        incidents: await count('incident'),
        tickets: await count('ticket'),
      };
    },
    /** Asks again and again; the test's own limit ends the waiting. */
    async holds(table: string, n: number, where?: string): Promise<void> {
      while ((await count(table, where)) < n);
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server.stop();
      await broker[Symbol.asyncDispose]();
      await outside.end();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

const health = async ({ httpPort }: ServerProcess) =>
  (await fetch(`http://127.0.0.1:${httpPort}/healthz`)).json() as Promise<{
    ok: boolean;
    problems: string[];
  }>;

/** Until the health says that; the test's own limit ends the waiting. */
async function becomes(server: ServerProcess, problems: readonly string[]): Promise<void> {
  while (JSON.stringify((await health(server)).problems) !== JSON.stringify(problems));
}

test('broker away → the station starts and says so; the broker comes → a fire there is an alarm; a retained one is not', async () => {
  await using station = await prepareStation();
  const server = await station.start();
  expect(await health(server)).toEqual({ ok: true, problems: ['The external broker is away.'] });
  await station.broker.start();
  await station.broker.publish(topic('S-2'), JSON.stringify({ kind: 'smoke', id: 'old' }), '-r');
  await becomes(server, []);
  await station.broker.publish(topic('S-1'), JSON.stringify({ kind: 'manual', id: 'fire' }));
  await station.broker.publish(
    `fenghuo-drill/v1/unknown/~/${topic('H-1')}`,
    JSON.stringify({ kind: 'heat', id: 'drill' }),
  );
  await station.holds('event', 3);
  expect(await station.fires()).toEqual({ alarms: 1, incidents: 1, tickets: 1 });
  expect(await station.count('alarm', `device = 'S-1'`)).toBe(1);
});

test('zigbee2mqtt at the broker: a retained smoke raises nothing, a live one does, repeated it is the same', async () => {
  await using station = await prepareStation();
  const { broker } = station;
  await broker.start();
  await broker.publish('zigbee2mqtt/old', '{"smoke":true}', '-r');
  const server = await station.start({ FENGHUO_BROKER_DIALECTS: 'zigbee2mqtt' });
  await becomes(server, []);
  await station.holds('event', 1);
  for (const _ of [1, 2]) await broker.publish('zigbee2mqtt/kitchen', '{"smoke":true,"linkquality":26}');
  await broker.publish('zigbee2mqtt/kitchen', '{"smoke":false}');
  await station.holds('event', 3);
  expect(await station.count('event')).toBe(3);
  expect(await station.fires()).toEqual({ alarms: 1, incidents: 1, tickets: 0 });
  expect(await station.count('alarm', `device = 'z2m:kitchen'`)).toBe(1);
});

test('killed in the middle of a flood, started again → all that the broker acknowledged is stored once', async () => {
  await using station = await prepareStation();
  const { broker } = station;
  await broker.start();
  const doomed = await station.start();
  await becomes(doomed, []);
  const client = await connectAsync({ host: '127.0.0.1', port: broker.port, protocolVersion: 5 });
  const publish = (deviceId: string, message: object) =>
    client.publishAsync(topic(deviceId), JSON.stringify({ ts: Date.now(), ...message }), { qos: 1 });
  const flood = (from: number, length: number) =>
    Promise.all(
      Array.from({ length }, (_, i) => publish(`device-${i % 50}`, { seq: from + i, kind: 'test' })),
    );
  const first = flood(0, 6_000);
  await station.holds('event', 500);
  const fire = publish('S-1', { kind: 'manual', id: 'fire' });
  doomed.kill();
  expect(await doomed.ended).toBe('SIGKILL');
  const atKill = await station.count('event');
  await Promise.all([first, fire, flood(10_000, 2_000)]);
  await client.endAsync();
  await station.start();
  await station.holds('event', 8_001);
  expect(atKill).toBeLessThan(8_001);
  expect(await station.count('event')).toBe(8_001);
  expect(await station.fires()).toEqual({ alarms: 1, incidents: 1, tickets: 1 });
});
