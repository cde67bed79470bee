import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { hashSecret } from '@fenghuo/gateway/admission/secrets.ts';
import { connectAsync } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import { readOrMakeServerKey } from '../src/access/secrets-file.ts';
import { connectClient } from '../src/store/pool.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

test('the database is killed in the middle of a flood: every event is acknowledged and stored once, by the same server', async () => {
  const folder = makeTemporaryFolder();
  stops.push(() => folder.remove());
  const data = path.join(folder.path, 'data');
  const server = await startServer({ FENGHUO_DATA: data });
  const cluster = await clusterOf(data);
  stops.push(async () => rmSync(cluster, { recursive: true, force: true }));
  stops.push(() => server.stop());
  await letBridgeIn(data);
  const client = await connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, {
    username: 'bridge',
    password: 'secret',
  });
  stops.push(() => client.endAsync(true));

  const publish = (i: number) =>
    client.publishAsync(
      `fenghuo/v1/331081/device-${i % 20}/event`,
      JSON.stringify({ seq: i, kind: 'test', ts: Date.now() }),
      { qos: 1 },
    );
  await Promise.all(Array.from({ length: 200 }, (_, i) => publish(i)));
  const flood = Array.from({ length: 2000 }, (_, i) => publish(1000 + i));
  process.kill(postmasterOf(cluster), 'SIGKILL');
  const after = Array.from({ length: 200 }, (_, i) => publish(5000 + i));
  await Promise.all([...flood, ...after]);

  expect(await storedEvents(data)).toBe(2400);
  expect(await healthy(server)).toBe(true);
});

async function databaseFile(data: string) {
  return JSON.parse(readFileSync(path.join(data, 'database.json'), 'utf8'));
}

async function clusterOf(data: string): Promise<string> {
  const { cluster } = await databaseFile(data);
  return path.resolve(data, cluster);
}

/** Pid of the postmaster, as the first line of its pid file has it. */
function postmasterOf(cluster: string): number {
  return Number(readFileSync(path.join(cluster, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function ask<R>(data: string, statement: string, values: unknown[] = []): Promise<R[]> {
  const { port, ownerPassword } = await databaseFile(data);
  const url = `postgres://fenghuo_owner:${ownerPassword}@127.0.0.1:${port}/fenghuo`;
  const client = await connectClient({ url, name: 'outside' });
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

async function letBridgeIn(data: string): Promise<void> {
  const key = await readOrMakeServerKey(data);
  await ask(
    data,
    `insert into fenghuo.credential (username, county, kind, area, secret_hash) values ('bridge', '331081', 'bridge', '331081', $1)`,
    [hashSecret(key, 'secret')],
  );
}

async function storedEvents(data: string): Promise<number> {
  const [row] = await ask<{ stored: number }>(data, 'select count(*)::int as stored from fenghuo.event');
  return row!.stored;
}

/** Waits until the station says that it is well; the test's own limit ends the waiting. */
async function healthy({ httpPort }: ServerProcess): Promise<boolean> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${httpPort}/healthz`);
    if (answer.ok) return true;
  }
}
