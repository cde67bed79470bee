import { randomUUID } from 'node:crypto';
import type { ApiTokenList, IssuedApiToken } from '@fenghuo/contracts/api-tokens.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnsweringWriter } from './answering-writer.ts';
import { anAlarm, anIncident } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, next, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let writer: AnsweringWriter;
let administrator: string;
beforeAll(async () => {
  web = await startTestWeb();
  writer = new AnsweringWriter(web.databaseUrl);
  await writer.start();
  administrator = await enter(web, 'administrator');
});
afterAll(async () => {
  await writer.stop();
  await web.stop();
});

const day = 24 * 3_600_000;
const ask = (wish: object, as = administrator) =>
  web.call('POST', '/api/v1/api-tokens', { as, body: { area: '331081', rights: ['live'], ...wish } });

async function issue(wish: { name: string; area?: string; rights?: string[]; days?: number }) {
  const response = await ask(wish);
  expect(response.status).toBe(201);
  return ((await response.json()) as IssuedApiToken).token;
}

/** As a program calls: no cookie, no X-Fenghuo. */
const call = (token: string, method: string, path: string, body?: object) =>
  fetch(web.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const status = async (token: string, path: string) => (await call(token, 'GET', path)).status;

test('issued, on the record, told once → calls → revoked → refused at once; the table holds no token', async () => {
  const token = await issue({ name: 'map-reader', rights: ['live'] });
  expect(writer.taken.at(-1)).toMatchObject({ act: 'issue-api-token', subject: 'map-reader' });
  expect(token).toMatch(/^fenghuo_[\w-]{43}$/);
  const who = await call(token, 'GET', '/api/v1/session');
  expect(await who.json()).toEqual({
    ...{ account: 'token:map-reader', name: 'map-reader', role: 'administrator', area: '331081' },
    rights: ['live'],
    acts: [],
  });
  expect(await status(token, '/api/v1/devices')).toBe(200);
  const { rows } = await web.pool.query('select * from fenghuo.api_token');
  expect(JSON.stringify(rows)).not.toContain(token.slice('fenghuo_'.length));
  const list = (await (
    await web.call('GET', '/api/v1/api-tokens', { as: administrator })
  ).json()) as ApiTokenList;
  expect(list.tokens).toMatchObject([{ name: 'map-reader', issuedBy: 'administrator', revokedAt: null }]);
  expect(list.tokens[0]?.lastUsedAt).not.toBeNull();
  const revoke = () => web.call('POST', '/api/v1/api-tokens/map-reader/revoke', { as: administrator });
  expect((await revoke()).status).toBe(204);
  expect(writer.taken.at(-1)).toMatchObject({ act: 'revoke-api-token', subject: 'map-reader' });
  expect(await status(token, '/api/v1/devices')).toBe(401);
  expect((await revoke()).status).toBe(404);
});

test('a token may do what it was given and nothing else of its role', async () => {
  const token = await issue({ name: 'scoped', rights: ['live', 'quarantine'] });
  expect(await status(token, '/api/v1/quarantine')).toBe(200);
  for (const path of ['/api/v1/credentials', '/api/v1/api-tokens', '/api/v1/audit'])
    expect(await status(token, path)).toBe(403);
  const building = await call(token, 'GET', '/api/v1/buildings/B1');
  expect(await building.json()).toMatchObject({ keyholder: { name: '王某', phone: '138****2207' } });
  const drill = { act: 'start-drill', id: randomUUID(), subject: 'run-1', title: 'x' };
  expect((await call(token, 'POST', '/api/v1/commands', drill)).status).toBe(403);
  expect((await call(token, 'DELETE', '/api/v1/session')).status).toBe(403);
  expect(await status(token, '/metrics')).toBe(200);
  const elsewhere = { headers: { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '203.0.113.9' } };
  expect((await fetch(`${web.url}/metrics`, elsewhere)).status).toBe(403);
  const gauges = {
    headers: {
      ...elsewhere.headers,
      Authorization: `Bearer ${await issue({ name: 'gauges', rights: ['metrics'] })}`,
    },
  };
  expect((await fetch(`${web.url}/metrics`, gauges)).status).toBe(200);
});

test('a token with the right acts, under its own name on the record', async () => {
  const token = await issue({ name: 'drill-robot', rights: ['start-drill', 'end-drill'] });
  const drill = { act: 'start-drill', id: randomUUID(), subject: 'run-2', title: 'x' };
  expect((await call(token, 'POST', '/api/v1/commands', drill)).status).toBe(200);
  const { rows } = await web.pool.query('select actor from fenghuo.command where id = $1', [drill.id]);
  expect(rows[0].actor).toMatchObject({ account: 'token:drill-robot', role: 'administrator' });
});

test('a token of a township sees that township', async () => {
  const token = await issue({ name: 'zeguo', area: zeguo });
  const devices = await call(token, 'GET', '/api/v1/devices');
  const { devices: seen } = (await devices.json()) as { devices: { id: string }[] };
  expect(seen.map(({ id }) => id)).toEqual(['S-1', 'H-1', 'C-1']);
  expect(await status(token, '/api/v1/devices/S-2')).toBe(404);
});

/** A socket by a token, as socket.io's clients show it, or by the header. */
const bySocket = (token: string, as: 'auth' | 'header' = 'auth') =>
  connect(
    web.socket(
      null,
      as === 'auth' ? { auth: { token } } : { extraHeaders: { Authorization: `Bearer ${token}` } },
    ),
  );

test('a token opens the socket: its area and its rights → revoked: it ends at once, and opens nothing again', async () => {
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ id: 'A-zeguo', area: zeguo, acknowledgedComment: '13812342207' }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-songmen', area: songmen }) },
  );
  const token = await issue({ name: 'screen-of-zeguo', area: zeguo });
  for (const as of ['auth', 'header'] as const) {
    const socket = await bySocket(token, as);
    socket.emit('follow', { after: null });
    const { alarms } = await next(socket, 'snapshot');
    expect(alarms.map(({ id, acknowledgedComment }) => [id, acknowledgedComment])).toEqual([
      ['A-zeguo', '138****2207'],
    ]);
    socket.disconnect();
  }
  const [first, second] = [await bySocket(token), await bySocket(await issue({ name: 'stays' }))];
  const goodbye = new Promise((resolve) => first.once('disconnect', resolve));
  await web.call('POST', '/api/v1/api-tokens/screen-of-zeguo/revoke', { as: administrator });
  expect(await goodbye).toBe('io server disconnect');
  expect(second.connected).toBe(true);
  await expect(bySocket(token)).rejects.toThrow('not-signed-in');
});

test('without the right to what is live, with none, or beside a good cookie: the socket stays shut', async () => {
  await expect(bySocket(await issue({ name: 'no-live', rights: ['quarantine'] }))).rejects.toThrow(
    'not-authorised',
  );
  for (const token of ['', 'x', `fenghuo_${'A'.repeat(43)}`])
    await expect(bySocket(token)).rejects.toThrow('not-signed-in');
  const both = web.socket(administrator, { auth: { token: 'x' } });
  await expect(connect(both)).rejects.toThrow('not-signed-in');
});

test('the account that issued it is disabled → the sockets of its tokens end', async () => {
  const giver = await enter(web, 'administrator', '331081', 'giver');
  const response = await ask({ name: 'of-giver' }, giver);
  const socket = await bySocket(((await response.json()) as IssuedApiToken).token);
  const goodbye = new Promise((resolve) => socket.once('disconnect', resolve));
  await web.call('POST', '/api/v1/accounts/giver/disable', { as: administrator });
  expect(await goodbye).toBe('io server disconnect');
});

test('a program is nobody who looks at a case', async () => {
  await web.writer.write({ topic: 'incident', doc: anIncident({ id: 'I-1', area: zeguo }) });
  const program = await bySocket(await issue({ name: 'looker' }));
  const person = await connect(web.socket(administrator));
  const heard: string[] = [];
  person.on('presence', ({ looking }) =>
    heard.push(...looking.flatMap(({ who }) => who.map(({ account }) => account))),
  );
  program.emit('look', { incident: 'I-1' });
  person.emit('look', { incident: 'I-1' });
  await expect.poll(() => heard).toEqual(['administrator']);
});

test('nobody gives what they lack, in an area that is not theirs, a county’s right for a part, or the making of tokens', async () => {
  const before = writer.taken.length;
  for (const wish of [
    { rights: ['acknowledge-alarm'] },
    { rights: ['audit'] },
    { rights: ['issue-api-token'] },
    { rights: ['erase-personal'] },
    { rights: ['nonsense'] },
    { rights: [] },
    { area: zeguo, rights: ['quarantine'] },
    { area: '331082' },
    { area: '3310' },
    { days: 367 },
    { name: 'Über' },
    { more: true },
  ])
    expect((await ask({ name: 'greedy', ...wish })).status).toBe(400);
  expect(writer.taken).toHaveLength(before);
});

test('a name that stands is not given twice; revoked or over, it is made anew', async () => {
  const first = await issue({ name: 'twice', days: 1 });
  expect((await ask({ name: 'twice' })).status).toBe(409);
  web.advance(day);
  administrator = await web.signIn('administrator');
  expect(await status(first, '/api/v1/devices')).toBe(401);
  const second = await issue({ name: 'twice', days: 30 });
  expect(await status(first, '/api/v1/devices')).toBe(401);
  expect(await status(second, '/api/v1/devices')).toBe(200);
});

test('a token can do no more than the account that issued it is now', async () => {
  await enter(web, 'administrator', '331081', 'leaving');
  const leaving = await web.signIn('leaving');
  const response = await ask({ name: 'of-leaving', area: songmen }, leaving);
  const { token } = (await response.json()) as IssuedApiToken;
  expect(await status(token, '/api/v1/devices/S-2')).toBe(200);
  const become = (what: string) =>
    web.pool.query(`update fenghuo.account set ${what} where name = 'leaving'`);
  await become(`area = '${zeguo}'`);
  expect(await status(token, '/api/v1/devices/S-2')).toBe(401);
  await become(`area = '${songmen}', disabled = true`);
  expect(await status(token, '/api/v1/devices/S-2')).toBe(401);
  await become('disabled = false');
  expect(await status(token, '/api/v1/devices/S-2')).toBe(200);
});

test('what is no token opens nothing, not even beside a good cookie', async () => {
  for (const token of ['x', `fenghuo_${'A'.repeat(43)}`, ' ', `${'A'.repeat(9000)}`])
    expect([401, 431]).toContain(await status(token, '/api/v1/devices'));
  const both = { Cookie: administrator, Authorization: 'Bearer x' };
  expect((await fetch(`${web.url}/api/v1/devices`, { headers: both })).status).toBe(401);
});

test('a foreign page gets nothing changed: by its origin, without our header, in a form', async () => {
  const body = { title: 'x' };
  const drill = (headers: object) => web.call('POST', '/api/v1/drills', { as: administrator, body, headers });
  const error = async (response: Promise<Response>) =>
    ((await (await response).json()) as { error: string }).error;
  for (const Origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
    expect(await error(drill({ Origin }))).toBe('foreign-origin');
  expect(await error(drill({ Origin: web.url, 'X-Fenghuo': '' }))).toBe('header-missing');
  expect(await error(drill({ Authorization: 'Basic eDp5', 'X-Fenghuo': '' }))).toBe('header-missing');
  expect((await drill({ Origin: web.url })).status).toBe(201);
  const form = { 'Content-Type': 'text/plain', Origin: web.url };
  expect((await drill(form)).status).toBe(400);
  expect((await web.call('POST', '/api/v1/session', { body: {}, headers: { 'X-Fenghuo': '' } })).status).toBe(
    403,
  );
  const preflight = await fetch(`${web.url}/api/v1/drills`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'x-fenghuo',
    },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
});
