import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { expect, test } from 'vitest';
import type { FailpointName } from '../src/engine/failpoint.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { insertSmallCounty } from './small-county.ts';

/** What one fire leaves in the database, wherever the process died on the way. */
const oneFire = {
  event: 1,
  alarm: 1,
  incident: 1,
  ticket: 1,
  due: 1,
  change_log: 3,
  audit: 3,
  quarantine: 0,
};

const failpoints: FailpointName[] = ['before-insert', 'before-commit', 'commit-to-puback', 'puback-to-push'];

test.concurrent.each(failpoints)(
  'killed %s: the detector sends again, and there is one event, alarm, incident and ticket',
  async (failpoint) => {
    await using station = await prepareStation();
    const doomed = await station.start({ FENGHUO_FAILPOINT: failpoint });
    const client = await station.connect(doomed);
    const acknowledged = client.publishAsync(
      'fenghuo/v1/331081/S-1/event',
      JSON.stringify({ id: 'fire-1', kind: 'smoke', ts: Date.now() }),
      { qos: 1 },
    );
    expect(await doomed.ended).toBe('SIGKILL');
    await station.start({ FENGHUO_MQTT_PORT: String(doomed.mqttPort) });
    await acknowledged;
    expect(await station.counts()).toEqual(oneFire);
  },
);

async function prepareStation() {
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-crash-'));
  const servers: ServerProcess[] = [];
  const clients: MqttClient[] = [];
  return {
    async start(settings: Record<string, string>): Promise<ServerProcess> {
      const urls = { FENGHUO_DATABASE_URL: database.appUrl, FENGHUO_OWNER_DATABASE_URL: database.ownerUrl };
      const server = await startServer({ FENGHUO_DATA: data, ...urls, ...settings });
      servers.push(server);
      return server;
    },
    async connect(server: ServerProcess): Promise<MqttClient> {
      const { mqtt } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
      const { username, secret: password } = mqtt[0];
      const options = { username, password, clientId: 'bridge-1', clean: false, reconnectPeriod: 100 };
      const client = await connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, options);
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    async counts() {
      const tables = Object.keys(oneFire);
      const columns = tables.map((table) => `(select count(*)::int from fenghuo.${table}) as ${table}`);
      return (await outside.query(`select ${columns.join(', ')}`)).rows[0];
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.endAsync(true);
      for (const server of servers) await server.stop();
      await outside.end();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
