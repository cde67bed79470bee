import type { AccountList } from '@fenghuo/contracts/accounts.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AnsweringWriter } from './answering-writer.ts';
import { county, insertTestAccount, password, songmen, zeguo } from './small-county.ts';
import { connect, enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let writer: AnsweringWriter;
let administrator: string;
beforeAll(async () => {
  web = await startTestWeb({ sessionRecheckMs: 3_600_000 });
  writer = new AnsweringWriter(web.databaseUrl);
  await writer.start();
  await insertTestAccount(web.pool, 'administrator');
});
afterAll(async () => {
  await writer.stop();
  await web.stop();
});
/** A day later nobody remembers what an address got wrong. */
beforeEach(async () => {
  web.advance(24 * 3_600_000);
  administrator = await web.signIn('administrator');
});

const call = (method: string, path: string, body?: object, as = administrator) =>
  web.call(method, `/api/v1/accounts${path}`, { as, ...(body && { body }) });
const signIn = (account: string, with_: string) =>
  web.call('POST', '/api/v1/session', { body: { account, password: with_ } });
const passwordOf = async (response: Response) => ((await response.json()) as { password: string }).password;
const zhang = { name: 'zhang.san', displayName: '张三', role: 'dispatcher', area: zeguo, unit: 'U-zeguo' };

test('created, on the record → comes in → disabled: out, and his socket with him → enabled → comes in again', async () => {
  const created = await call('POST', '', zhang);
  expect(created.status).toBe(201);
  const first = await passwordOf(created);
  expect(writer.taken.at(-1)).toMatchObject({ act: 'create-account', subject: 'zhang.san' });
  expect((await call('POST', '', zhang)).status).toBe(409);
  const cookie = (await signIn('zhang.san', first)).headers.get('set-cookie')!.split(';')[0]!;
  const who = await web.call('GET', '/api/v1/session', { as: cookie });
  expect(await who.json()).toMatchObject({ role: 'dispatcher', area: zeguo, unit: 'U-zeguo' });
  const socket = await connect(web.socket(cookie));
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  expect((await call('POST', '/zhang.san/disable')).status).toBe(204);
  await closed;
  expect((await web.call('GET', '/api/v1/session', { as: cookie })).status).toBe(401);
  expect((await signIn('zhang.san', first)).status).toBe(401);
  expect((await call('POST', '/zhang.san/enable')).status).toBe(204);
  expect((await signIn('zhang.san', first)).status).toBe(200);
});

test('a new password → the old one opens nothing; another role → signed out, and another person at the next sign-in', async () => {
  const first = await passwordOf(await call('POST', '', { ...zhang, name: 'li.si' }));
  const second = await passwordOf(await call('POST', '/li.si/password'));
  expect((await signIn('li.si', first)).status).toBe(401);
  const entered = await signIn('li.si', second);
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
  const change = { displayName: '李四', role: 'viewer', area: songmen, unit: null };
  expect((await call('PUT', '/li.si', change)).status).toBe(204);
  expect((await web.call('GET', '/api/v1/session', { as: cookie })).status).toBe(401);
  expect(await (await signIn('li.si', second)).json()).toMatchObject({ role: 'viewer', area: songmen });
  expect(writer.taken.at(-1)).toMatchObject({ act: 'change-account', subject: 'li.si' });
});

test('nobody disables or demotes themselves; no area of another county, no unit that is not', async () => {
  expect((await call('POST', '/administrator/disable')).status).toBe(409);
  const demoted = { displayName: 'x', role: 'viewer', area: county, unit: null };
  expect((await call('PUT', '/administrator', demoted)).status).toBe(409);
  expect((await call('POST', '', { ...zhang, name: 'x1', area: '331099' })).status).toBe(400);
  expect((await call('POST', '', { ...zhang, name: 'x1', area: '331081999' })).status).toBe(400);
  expect((await call('POST', '', { ...zhang, name: 'x1', unit: 'U-none' })).status).toBe(400);
  expect((await call('POST', '', { ...zhang, name: 'X 1' })).status).toBe(400);
  expect((await call('POST', '/nobody/disable')).status).toBe(404);
});

test('the list tells who is disabled and who was here; it holds no hash', async () => {
  await web.pool.query(`update fenghuo.account set identity = 'idp 1' where name = 'li.si'`);
  const list = (await (await call('GET', '')).json()) as AccountList;
  expect(list.accounts.find(({ name }) => name === 'administrator')?.lastUsedAt).not.toBeNull();
  expect(JSON.stringify(list)).not.toContain('argon2');
  expect((await call('POST', '/li.si/password')).status).toBe(409);
});

test('who comes in, is refused and leaves is on the record; a name that nobody has is not', async () => {
  await enter(web, 'commander');
  await signIn('commander', 'wrong');
  await signIn('nobody-at-all', 'wrong');
  const cookie = await web.signIn('commander');
  await web.call('DELETE', '/api/v1/session', { as: cookie });
  const { rows } = await web.pool.query<{ act: string; who: string }>(
    `select body ->> 'act' as act, actor ->> 'account' as who from fenghuo.command
     where body ->> 'act' like '%sign-%' and actor ->> 'account' in ('commander', 'nobody-at-all') order by arrived_no`,
  );
  expect(rows.map(({ act }) => act)).toEqual(['sign-in', 'refuse-sign-in', 'sign-in', 'sign-out']);
  expect(JSON.stringify(rows)).not.toContain(password);
});

test('the station tells its health to an administrator: queues, disk, versions', async () => {
  const response = await web.call('GET', '/api/v1/station-health', { as: administrator });
  expect(await response.json()).toMatchObject({
    problems: [{ en: 'The writer has never given a sign of life.' }],
    queues: { commands: { waiting: 0 }, jobs: { failed: 0 } },
    versions: { node: process.versions.node, migration: expect.stringMatching(/^\d{4}-/) },
  });
});

test('one’s own: the old one asked for and guesses counted → changed, on the record → signed out everywhere else, in nowhere by the old one', async () => {
  const first = await passwordOf(await call('POST', '', { ...zhang, name: 'wang.wu' }));
  const enterAs = async (with_: string) =>
    (await signIn('wang.wu', with_)).headers.get('set-cookie')!.split(';')[0]!;
  const [here, elsewhere] = [await enterAs(first), await enterAs(first)];
  const socket = await connect(web.socket(elsewhere));
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  const change = (before: string, after: string) =>
    web.call('PUT', '/api/v1/session/password', { as: here, body: { before, after } });
  expect((await change(first, 'short')).status).toBe(400);
  expect(await (await change('guess', 'a sentence of mine')).json()).toMatchObject({
    error: 'wrong-password',
  });
  expect((await change(first, 'a sentence of mine')).status).toBe(204);
  await closed;
  expect((await web.call('GET', '/api/v1/session', { as: here })).status).toBe(200);
  expect((await web.call('GET', '/api/v1/session', { as: elsewhere })).status).toBe(401);
  expect((await signIn('wang.wu', first)).status).toBe(401);
  expect((await signIn('wang.wu', 'a sentence of mine')).status).toBe(200);
  const { rows } = await web.pool.query(
    `select body ->> 'act' as act from fenghuo.command where body ->> 'act' = 'change-password'`,
  );
  expect(rows).toHaveLength(1);
  for (let i = 0; i < 5; i += 1) await change('guess', 'a sentence of mine');
  expect((await change('a sentence of mine', 'another sentence')).status).toBe(429);
});
