import type { WallAsking, WallCode, WallList } from '@fenghuo/contracts/walls.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AnsweringWriter } from './answering-writer.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { connect, cookieOf, enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let writer: AnsweringWriter;
let dispatcher: string;
beforeAll(async () => {
  web = await startTestWeb();
  writer = new AnsweringWriter(web.databaseUrl);
  await writer.start();
  await enter(web, 'dispatcher', zeguo);
});
afterAll(async () => {
  await writer.stop();
  await web.stop();
});
beforeEach(async () => {
  web.advance(24 * 3_600_000);
  dispatcher = await web.signIn('dispatcher');
});

const begin = async () => (await (await web.call('POST', '/api/v1/wall-pairings')).json()) as WallCode;
const ask = (deviceCode: string) => web.call('POST', '/api/v1/wall-pairings/poll', { body: { deviceCode } });
const look = (code: string, as = dispatcher) => web.call('GET', `/api/v1/wall-pairings/${code}`, { as });
const approve = (code: string, wish: object = {}, as = dispatcher) =>
  web.call('POST', `/api/v1/wall-pairings/${code}/approve`, {
    as,
    body: { name: '泽国大屏', area: zeguo, ...wish },
  });
const walls = async (as = dispatcher) =>
  ((await (await web.call('GET', '/api/v1/walls', { as })).json()) as WallList).walls;

async function error(response: Promise<Response>): Promise<string> {
  const { status } = await response;
  const { error } = (await (await response).json()) as { error: string };
  return `${status} ${error}`;
}
/** What the next poll says, after the interval. */
function afterInterval(deviceCode: string) {
  web.advance(30_000);
  return ask(deviceCode);
}

test('code shown → asked too soon → approved at a desk, on the record → in, read-only, in its area → unpaired → out', async () => {
  const { deviceCode, userCode, verificationPath, intervalS } = await begin();
  expect(userCode).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
  expect([verificationPath, intervalS]).toEqual(['/pair', 5]);
  expect(await error(ask(deviceCode))).toBe('400 authorization_pending');
  expect(await error(ask(deviceCode))).toBe('400 slow_down');
  web.advance(6_000);
  expect(await error(ask(deviceCode))).toBe('400 slow_down');
  expect(await error(afterInterval(deviceCode))).toBe('400 authorization_pending');

  const asking = (await (await look(userCode.toLowerCase())).json()) as WallAsking;
  expect(asking.address).toBe('127.0.0.1');
  expect(asking.areas.map(({ code }) => code)).toEqual([zeguo]);
  expect((await approve(userCode)).status).toBe(204);
  const response = await afterInterval(deviceCode);
  expect(response.status).toBe(200);
  const wall = cookieOf(response);
  const [hung] = await walls();
  expect(hung).toMatchObject({ name: '泽国大屏', area: zeguo, pairedBy: 'dispatcher', paired: true });
  expect(writer.taken.at(-1)).toMatchObject({ act: 'pair-wall', subject: hung!.account });
  expect(await response.json()).toEqual({
    account: hung!.account,
    name: '泽国大屏',
    role: 'wall',
    area: zeguo,
    acts: [],
  });

  expect((await web.call('GET', '/api/v1/devices/S-1', { as: wall })).status).toBe(200);
  expect((await web.call('GET', '/api/v1/devices/S-2', { as: wall })).status).toBe(404);
  const building = await web.call('GET', '/api/v1/buildings/B1', { as: wall });
  expect(await building.json()).toMatchObject({ keyholder: { name: '王某', phone: '138****2207' } });
  expect((await approve('BCDF-GHJK', {}, wall)).status).toBe(403);
  expect((await web.call('POST', '/api/v1/drills', { as: wall, body: { title: 'x' } })).status).toBe(403);
  const socket = await connect(web.socket(wall));
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  const unpair = () => web.call('POST', `/api/v1/walls/${hung!.account}/unpair`, { as: dispatcher });
  expect((await unpair()).status).toBe(204);
  await closed;
  expect(writer.taken.at(-1)).toMatchObject({ act: 'unpair-wall', subject: hung!.account });
  expect((await web.call('GET', '/api/v1/session', { as: wall })).status).toBe(401);
  expect((await walls())[0]).toMatchObject({ paired: false });
  expect((await unpair()).status).toBe(404);
});

test('a code is good once: for one approval and one wall', async () => {
  const { deviceCode, userCode } = await begin();
  expect((await approve(userCode)).status).toBe(204);
  expect((await approve(userCode)).status).toBe(404);
  const [first, second] = await Promise.all([ask(deviceCode), ask(deviceCode)]);
  expect([first.status, second.status].sort()).toEqual([200, 400]);
  expect(await error(afterInterval(deviceCode))).toBe('400 expired_token');
});

test('a code is over after ten minutes, approved or not', async () => {
  const [early, late] = [await begin(), await begin()];
  expect((await approve(early.userCode)).status).toBe(204);
  web.advance(600_000);
  for (const { deviceCode } of [early, late]) expect(await error(ask(deviceCode))).toBe('400 expired_token');
  expect((await approve(late.userCode)).status).toBe(404);
});

test('nobody lets a wall into an area that is not theirs, nor ends one there', async () => {
  const { userCode } = await begin();
  for (const area of [county, songmen, '331082', '3310811']) {
    const { status } = await approve(userCode, { area });
    expect(status).toBe(400);
  }
  expect((await approve(userCode)).status).toBe(204);
  const other = await enter(web, 'dispatcher', songmen, 'songmen');
  expect(await walls(other)).toEqual([]);
  const [hung] = await walls();
  const unpair = await web.call('POST', `/api/v1/walls/${hung!.account}/unpair`, { as: other });
  expect(unpair.status).toBe(404);
});

test('who types wrong codes is locked; what cannot be a code is no guess', async () => {
  for (let i = 0; i < 8; i++) expect((await look('AEIO-UUUU')).status).toBe(404);
  for (let i = 0; i < 5; i++) expect((await look('BCDF-GHJK')).status).toBe(404);
  const { userCode } = await begin();
  expect((await look(userCode)).status).toBe(429);
  expect((await approve(userCode)).status).toBe(429);
  web.advance(31_000);
  expect((await look(userCode)).status).toBe(200);
});

test('one address has twenty pairings under way, no more; the table holds no code', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 21; i++) statuses.push((await web.call('POST', '/api/v1/wall-pairings')).status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(20);
  expect(statuses.at(-1)).toBe(429);
  web.advance(600_001);
  const { deviceCode, userCode } = await begin();
  const { rows } = await web.pool.query('select * from fenghuo.wall_pairing');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${deviceCode}|${userCode.replace('-', '')}`));
});

test('the account of a wall has no password', async () => {
  const { userCode } = await begin();
  await approve(userCode);
  const [{ account } = { account: '' }] = await walls();
  for (const password of ['', ' ', 'wall', account])
    expect([400, 401]).toContain(
      (await web.call('POST', '/api/v1/session', { body: { account, password } })).status,
    );
});
