import type { AuditPage } from '@fenghuo/contracts/audit.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { AnsweringWriter } from './answering-writer.ts';
import { fillRecord } from './audit-rows.ts';
import { noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let writer: AnsweringWriter;
let auditor: string;
let last: { no: number; digest: string };
const digest = 'ab'.repeat(32);
beforeAll(async () => {
  web = await startTestWeb();
  writer = new AnsweringWriter(web.databaseUrl);
  await writer.start();
  const client = await connectClient({ url: web.databaseUrl, name: 'filling' });
  const heads = await fillRecord(client, {
    batches: 3,
    rows: 4,
    of: (no) => ({
      area: no % 2 === 0 ? `${zeguo}203` : `${songmen}207`,
      ...(no === 6 ? { actor: 'commander', role: 'commander', act: 'reset-alarm' } : {}),
      ...(no === 7 || no === 8 ? { detail: `{"personal":"${digest}"}` } : {}),
      ...(no === 9 ? { area: '331081' } : {}),
    }),
  });
  last = heads.at(-1)!;
  await client.query(
    `insert into fenghuo.audit_personal (county, no, digest, salt, payload)
     values ('331081', 8, decode($1, 'hex'), '\\x00', '{"phone":"13812342207"}')`,
    [digest],
  );
  await client.end();
  auditor = await enter(web, 'auditor');
});
afterAll(async () => {
  await writer.stop();
  await web.stop();
});

async function page(query: string, as = auditor): Promise<AuditPage> {
  const response = await web.call('GET', `/api/v1/audit?${query}`, { as });
  expect(response.status).toBe(200);
  return response.json() as Promise<AuditPage>;
}
const numbers = async (query: string, as = auditor) => (await page(query, as)).items.map(({ no }) => no);

test('newest first, page by page, to the end', async () => {
  const first = await page('limit=5');
  expect(first.items.map(({ no }) => no)).toEqual([12, 11, 10, 9, 8]);
  expect(first.next).toBe(8);
  const second = await page(`limit=5&before=${first.next}`);
  expect(second.items.map(({ no }) => no)).toEqual([7, 6, 5, 4, 3]);
  expect(await page(`limit=5&before=${second.next}`)).toMatchObject({
    items: [{ no: 2 }, { no: 1 }],
    next: null,
  });
});

test('by subject, actor, act and time', async () => {
  expect(await numbers('subject=A3')).toEqual([3]);
  expect(await numbers('actor=commander')).toEqual([6]);
  expect(await numbers('act=reset-alarm')).toEqual([6]);
  expect(await numbers('act=reset-alarm&actor=engine')).toEqual([]);
  expect(await numbers(`from=${noon + 10}&to=${noon + 12}`)).toEqual([11, 10]);
  for (const wrong of ['limit=0', 'before=x', 'from=-1', 'actor='])
    expect((await web.call('GET', `/api/v1/audit?${wrong}`, { as: auditor })).status).toBe(400);
});

test('an auditor of a township sees what lies there, and nothing of the county as a whole', async () => {
  const there = await enter(web, 'auditor', songmen, 'songmen-auditor');
  expect(await numbers('', there)).toEqual([11, 7, 5, 3, 1]);
  expect(await numbers('subject=A6', there)).toEqual([]);
});

test('the head is told as the last link has it', async () => {
  const response = await web.call('GET', '/api/v1/audit/head', { as: auditor });
  expect(await response.json()).toEqual({ county: '331081', head: { ...last, at: noon + 12 } });
});

test('what is said of a person is read → erased by an administrator, on the record → gone, its digest stays', async () => {
  const [before] = (await page('subject=A8')).items;
  expect(before).toMatchObject({ personal: 'kept', person: { phone: '13812342207' } });
  expect((await page('subject=A7')).items[0]).toMatchObject({ personal: 'erased', person: null });
  expect((await page('subject=A6')).items[0]).toMatchObject({ personal: 'none', person: null });
  const administrator = await enter(web, 'administrator');
  const erase = (no: string, body: object) =>
    web.call('POST', `/api/v1/audit/${no}/erase`, { as: administrator, body });
  expect((await erase('8', {})).status).toBe(400);
  expect((await erase('7', { reason: 'asked for' })).status).toBe(404);
  expect((await erase('x', { reason: 'asked for' })).status).toBe(404);
  expect(writer.taken).toEqual([]);
  expect((await erase('8', { reason: 'asked for' })).status).toBe(204);
  expect(writer.taken).toMatchObject([{ act: 'erase-personal', subject: '8', reason: 'asked for' }]);
  const [after] = (await page('subject=A8')).items;
  expect(after).toMatchObject({ personal: 'erased', person: null, detail: { personal: digest } });
});
