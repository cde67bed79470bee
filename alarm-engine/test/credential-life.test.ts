import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { startServer } from './server-process.ts';
import { insertSmallCounty } from './small-county.ts';

const tls = (name: string) => fileURLToPath(new URL(`../../gateway/test/tls/${name}`, import.meta.url));

/** Signs the administrator of the first start in. */
async function asAdministrator(url: string, data: string) {
  const { accounts } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
  const { account, password } = accounts.find(({ role }: { role: string }) => role === 'administrator');
  let cookie = '';
  const post = (route: string, body: object) =>
    fetch(`${url}/api/v1${route}`, {
      method: 'POST',
      headers: { 'X-Fenghuo': '1', 'Content-Type': 'application/json', Cookie: cookie },
      body: JSON.stringify(body),
    });
  const response = await post('/session', { account, password });
  cookie = response.headers.get('set-cookie')!.split(';', 1)[0]!;
  return post;
}

test('a whole server, TLS alone: a credential issued → its device publishes → revoked → cut off; all on the record', async () => {
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-credentials-'));
  const server = await startServer({
    FENGHUO_DATA: data,
    FENGHUO_DATABASE_URL: database.appUrl,
    FENGHUO_OWNER_DATABASE_URL: database.ownerUrl,
    FENGHUO_MQTT_PORT: 'off',
    FENGHUO_MQTT_TLS_PORT: '0',
    FENGHUO_MQTT_TLS_CERT: tls('localhost.crt'),
    FENGHUO_MQTT_TLS_KEY: tls('localhost.key'),
  });
  const { mqttPort, mqttTlsPort } = JSON.parse(readFileSync(path.join(data, 'station.json'), 'utf8'));
  expect(mqttPort).toBe(null);
  const post = await asAdministrator(`http://127.0.0.1:${server.httpPort}`, data);
  const issued = await post('/credentials', { kind: 'device', username: 'S-1', device: 'S-1' });
  expect(issued.status).toBe(201);
  const { secret } = (await issued.json()) as { secret: string };
  const client = await connectAsync({
    protocol: 'mqtts',
    host: 'localhost',
    port: mqttTlsPort,
    ca: readFileSync(tls('localhost.crt')),
    username: 'S-1',
    password: secret,
    protocolVersion: 5,
    reconnectPeriod: 0,
  });
  await client.publishAsync('fenghuo/v1/331081/S-1/event', '{"kind":"smoke"}', { qos: 1 });
  const cut = new Promise((resolve) => client.once('disconnect', ({ reasonCode }) => resolve(reasonCode)));
  expect((await post('/credentials/S-1/revoke', {})).status).toBe(204);
  expect(await cut).toBe(0x98);
  const { rows } = await outside.query(
    `select act, subject, actor, role from fenghuo.audit where act like '%credential' order by no`,
  );
  expect(rows).toEqual([
    { act: 'issue-credential', subject: 'S-1', actor: 'administrator', role: 'administrator' },
    { act: 'revoke-credential', subject: 'S-1', actor: 'administrator', role: 'administrator' },
  ]);
  await client.endAsync(true);
  expect(await server.stop()).toBe(0);
  await outside.end();
  await database.drop();
  rmSync(data, { recursive: true });
});
