import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditItem, AuditPage } from '@fenghuo/contracts/audit.ts';
import { connectAsync } from 'mqtt';
import { expect, test } from 'vitest';
import { headsPath, readHeads } from '../src/audit/heads-file.ts';
import { verifyRecord } from '../src/audit/verify-record.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { startServer } from './server-process.ts';
import { county, insertSmallCounty } from './small-county.ts';

test('a person reports → the auditor reads who → it is erased → the record holds, up to the head kept at stop', async () => {
  const database = await createTestDatabase();
  const owner = await connectClient({ url: database.ownerUrl, name: 'owner' });
  await insertSmallCounty(owner);
  const data = mkdtempSync(path.join(tmpdir(), 'fenghuo-audit-'));
  const urls = { FENGHUO_DATABASE_URL: database.appUrl, FENGHUO_OWNER_DATABASE_URL: database.ownerUrl };
  const server = await startServer({ FENGHUO_DATA: data, ...urls });
  const { accounts, mqtt } = JSON.parse(readFileSync(path.join(data, 'accounts.json'), 'utf8'));
  const call = async (cookie: string, method: string, of: string, body?: object) =>
    fetch(`http://127.0.0.1:${server.httpPort}/api/v1${of}`, {
      method,
      headers: { 'X-Fenghuo': '1', 'Content-Type': 'application/json', Cookie: cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
  const signIn = async (wanted: string) => {
    const { account, password } = accounts.find(({ role }: { role: string }) => role === wanted);
    const response = await call('', 'POST', '/session', { account, password });
    return response.headers.get('set-cookie')!.split(';', 1)[0]!;
  };
  const [auditor, administrator] = [await signIn('auditor'), await signIn('administrator')];
  const raised = async (): Promise<AuditItem> => {
    const response = await call(auditor, 'GET', '/audit?act=raise-alarm');
    return ((await response.json()) as AuditPage).items[0]!;
  };

  const [{ username, secret: password }] = mqtt;
  const client = await connectAsync({ port: server.mqttPort, username, password, reconnectPeriod: 0 });
  const said = { kind: 'report', attrs: { name: '王建国', phone: '13812342207', note: '五楼冒烟' } };
  await client.publishAsync(`fenghuo/v1/${county}/S-1/event`, JSON.stringify(said), { qos: 1 });
  await client.endAsync();
  expect(await raised()).toMatchObject({ personal: 'kept', person: said.attrs });
  const { rows } = await owner.query(`select detail || reason || subject as text from fenghuo.audit`);
  for (const { text } of rows) expect(text).not.toMatch(/王建国|13812342207/);

  const { no } = await raised();
  expect((await call(administrator, 'POST', `/audit/${no}/erase`, { reason: '本人要求' })).status).toBe(204);
  expect(await raised()).toMatchObject({ personal: 'erased', person: null });
  expect(await server.stop()).toBe(0);
  const heads = (await readHeads(headsPath(data), county)) ?? [];
  expect(heads.at(-1)?.because).toBe('stop');
  const verdict = await verifyRecord({ db: owner, county, heads });
  expect(verdict).toMatchObject({ fault: null, heads: heads.length, rows: heads.at(-1)?.no });
  await owner.query('delete from fenghuo.audit where no = $1', [verdict.rows]);
  await owner.query('delete from fenghuo.audit_link where last_no = $1', [verdict.rows]);
  expect((await verifyRecord({ db: owner, county, heads })).fault?.kind).toBe('cut-end');
  await owner.end();
  await database.drop();
  rmSync(data, { recursive: true });
});
