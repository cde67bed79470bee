import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { county, password } from './small-county.ts';
import { cookieOf, enter, startTestWeb, type TestWeb } from './test-web.ts';

const session = '/api/v1/session';
const hour = 3_600_000;

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb();
});
afterAll(() => web.stop());
/** A day later nobody remembers what an address got wrong. */
beforeEach(() => web.advance(24 * hour));

test('signs in, says who one is, signs out', async () => {
  const cookie = await enter(web, 'dispatcher');
  const who = await web.call('GET', session, { as: cookie });
  expect(who.status).toBe(200);
  expect(await who.json()).toEqual({
    account: 'dispatcher',
    name: '测试 dispatcher',
    role: 'dispatcher',
    area: '331081',
    acts: expect.arrayContaining(['acknowledge-alarm', 'shelve-alarm']),
  });
  expect((await web.call('DELETE', session, { as: cookie })).status).toBe(204);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(401);
});

test('the cookie is for this site and for no script; the table holds no token', async () => {
  await enter(web, 'wall');
  const response = await web.call('POST', session, { body: { account: 'wall', password } });
  const set = response.headers.get('set-cookie') ?? '';
  expect(set).toMatch(/^fenghuo_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
  const token = cookieOf(response).split('=')[1]!;
  const { rows } = await web.pool.query('select token_hash from fenghuo.session');
  for (const { token_hash } of rows) {
    expect(token_hash).toHaveLength(32);
    expect(token_hash.toString('base64url')).not.toBe(token);
  }
});

test('unused for 12 hours or 7 days old: over; in use: not', async () => {
  const cookie = await enter(web, 'dispatcher', county, 'idle');
  web.advance(11 * hour);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(200);
  web.advance(11 * hour);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(200);
  web.advance(13 * hour);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(401);
  const busy = await web.signIn('idle');
  for (let h = 0; h < 7 * 24 - 1; h += 11) {
    web.advance(11 * hour);
    const status = (await web.call('GET', session, { as: busy })).status;
    expect(status).toBe(h + 11 < 7 * 24 ? 200 : 401);
  }
});

test('a wall stays signed in for weeks', async () => {
  const cookie = await enter(web, 'wall', county, 'hung');
  web.advance(29 * 24 * hour);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(200);
  web.advance(2 * 24 * hour);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(401);
});

test('a disabled account is out at once', async () => {
  const cookie = await enter(web, 'dispatcher', county, 'disabled');
  await web.pool.query(`update fenghuo.account set disabled = true where name = 'disabled'`);
  expect((await web.call('GET', session, { as: cookie })).status).toBe(401);
  expect((await web.call('POST', session, { body: { account: 'disabled', password } })).status).toBe(401);
});

async function attempt(account: string, with_ = 'wrong'): Promise<number> {
  return (await web.call('POST', session, { body: { account, password: with_ } })).status;
}

test('five wrong passwords lock the account for half a minute, the next for a minute', async () => {
  await enter(web, 'dispatcher', county, 'locked');
  for (let i = 0; i < 5; i += 1) expect(await attempt('locked')).toBe(401);
  const locked = await web.call('POST', session, { body: { account: 'locked', password } });
  expect(locked.status).toBe(429);
  expect(locked.headers.get('retry-after')).toBe('30');
  expect(await locked.json()).toMatchObject({ error: 'locked' });
  web.advance(31_000);
  expect(await attempt('locked')).toBe(401);
  web.advance(31_000);
  expect(await attempt('locked', password)).toBe(429);
  web.advance(30_000);
  expect(await attempt('locked', password)).toBe(200);
  expect(await attempt('locked')).toBe(401);
  expect(await attempt('locked', password)).toBe(200);
});

test('a name that nobody has locks like one that somebody has', async () => {
  for (let i = 0; i < 5; i += 1) expect(await attempt('nobody')).toBe(401);
  expect(await attempt('nobody')).toBe(429);
});

test('guesses made at once are counted one by one', async () => {
  await enter(web, 'dispatcher', county, 'hurried');
  const statuses = await Promise.all(Array.from({ length: 12 }, () => attempt('hurried')));
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(7);
});

test('an address that guesses at many names is locked, and who is right gets no guesses back', async () => {
  await enter(web, 'dispatcher', county, 'near');
  for (let i = 0; i < 18; i += 1) expect(await attempt(`name${i}`)).toBe(401);
  expect(await attempt('near', password)).toBe(200);
  expect(await attempt('name18')).toBe(401);
  expect(await attempt('name19')).toBe(401);
  expect(await attempt('near', password)).toBe(429);
});
