import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { startServer } from './server-process.ts';
import { insertSmallCounty } from './small-county.ts';

test('a server that ends writes down who was heard, and until when it listened; its pulse counts who was not', async () => {
  const database = await createTestDatabase();
  const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  await outside.query(
    `insert into fenghuo.upkeep (id, county, doc) values ('U1', '331081',
       '{"device":"S-2","kind":"silent","cause":"own","run":null,"openedAt":1772337600000,"closedAt":null}')`,
  );
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-liveness-'));
  const urls = { FENGHUO_DATABASE_URL: database.appUrl, FENGHUO_OWNER_DATABASE_URL: database.ownerUrl };
  const begin = Date.now();
  const server = await startServer({ FENGHUO_DATA: data, ...urls });
  const { mqtt } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
  const { username, secret: password } = mqtt[0];
  const client = await connectAsync(`mqtt://127.0.0.1:${server.mqttPort}`, { username, password });
  await client.publishAsync('fenghuo/v1/331081/C-1/heartbeat', '', { qos: 1 });
  await client.endAsync();
  expect(await server.stop()).toBe(0);
  const { rows } = await outside.query(
    `select d.id, fenghuo.seen_ms(p.seconds, d.no) as at from fenghuo.device d join fenghuo.seen_page p on p.no = d.no / 256
     where fenghuo.seen_ms(p.seconds, d.no) is not null`,
  );
  expect(rows).toEqual([{ id: 'C-1', at: expect.closeTo(begin, -5) }]);
  const until = await outside.query(
    `select extract(epoch from heard_until)::float8 * 1000 as at from fenghuo.hearing`,
  );
  expect(until.rows[0].at).toBeGreaterThanOrEqual(rows[0].at);
  const pulse = await outside.query(`select doc from fenghuo.pulse`);
  expect(pulse.rows[0].doc).toMatchObject({ devicesSilent: 1, devicesSuppressed: 0 });
  expect(pulse.rows[0].doc.devicesNeverHeard).toBeGreaterThanOrEqual(5);
  await outside.end();
  await database.drop();
  rmSync(data, { recursive: true, force: true });
});
