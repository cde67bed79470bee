import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Client } from 'pg';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { launchServer, type ServerProcess, startServer } from './server-process.ts';
import { county, insertSmallCounty } from './small-county.ts';

export interface CrashStation extends AsyncDisposable {
  database: TestDatabase;
  /** Looks at the database as an outsider: sees what is committed. */
  outside: Client;
  /** A server process on this station's data and the small county. */
  start(settings?: Record<string, string>): Promise<ServerProcess>;
  /** Starts a server that is going to die; resolves with what it died of. */
  doom(settings: Record<string, string>): ServerProcess['ended'];
  /** Name and secret of the county's bridge, once a server has run. */
  bridge(): { username: string; password: string };
  /** Connects with the bridge's secret, as the bridge unless another name is given. */
  connect(server: ServerProcess, clientId?: string, username?: string): Promise<MqttClient>;
  /** Rows of each table. */
  counts(...tables: string[]): Promise<Record<string, number>>;
  /** Puts an act of the commander to the writer; resolves with its answer. */
  order(body: { act: string; subject: string } & Record<string, unknown>): Promise<unknown>;
}

/** A station whose servers are processes of their own, to be killed: one database, one data folder. */
export async function prepareStation({ demo = false } = {}): Promise<CrashStation> {
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside, { demo });
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-crash-'));
  const own = {
    FENGHUO_DATA: data,
    FENGHUO_DATABASE_URL: database.appUrl,
    FENGHUO_OWNER_DATABASE_URL: database.ownerUrl,
  };
  const servers: ServerProcess[] = [];
  const clients: MqttClient[] = [];
  const bridge = () => {
    const { mqtt } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
    return { username: String(mqtt[0].username), password: String(mqtt[0].secret) };
  };
  return {
    database,
    outside,
    bridge,
    async start(settings = {}) {
      const server = await startServer({ ...own, ...settings });
      servers.push(server);
      return server;
    },
    doom(settings) {
      const { ready, ended } = launchServer({ ...own, ...settings });
      ready.catch(() => {});
      return ended;
    },
    async connect(server, clientId = 'bridge-1', username = bridge().username) {
      const { password } = bridge();
      const options = { username, password, clientId, clean: false, reconnectPeriod: 50, resubscribe: false };
      const client = await connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, options);
      client.on('error', () => {});
      clients.push(client);
      return client;
    },
    async counts(...tables) {
      const columns = tables.map((table) => `(select count(*)::int from fenghuo.${table}) as ${table}`);
      return (await outside.query(`select ${columns.join(', ')}`)).rows[0];
    },
    order: (body) => order(outside, body),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.endAsync(true);
      for (const server of servers) await server.stop();
      await outside.end();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function order(outside: Client, body: object): Promise<unknown> {
  const id = randomUUID();
  const actor = { account: 'commander', name: 'commander', role: 'commander', area: county };
  await outside.query(
    `with asked as (insert into fenghuo.command (id, county, actor, body) values ($1, $2, $3, $4))
     select pg_notify('fenghuo_command', '')`,
    [id, county, actor, { id, seat: '', reason: '', ...body }],
  );
  for (;;) {
    const { rows } = await outside.query('select answer from fenghuo.command where id = $1', [id]);
    if (rows[0].answer !== null) return rows[0].answer;
  }
}
