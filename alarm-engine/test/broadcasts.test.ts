import { randomUUID } from 'node:crypto';
import { broadcastDetail, ownBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOpenRecords } from '../src/store/sql/list-open-records.ts';
import { type CrashStation, prepareStation } from './crash-station.ts';
import type { ServerProcess } from './server-process.ts';
import { county, insertTestAccount, password, songmen, zeguo } from './small-county.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

let station: CrashStation;
let server: ServerProcess;
let receiver: WebhookReceiver;
const cookies = new Map<string, string>();

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  station = await prepareStation();
  await station.outside.query(`insert into fenghuo.person (id, unit, name, post, phone, on_duty) values
    ('P4', 'U-zeguo', '李梅', '值班员', '13900000004', true)`);
  server = await station.start(receiver.settings);
  for (const [name, role, area, unit] of [
    ['chen', 'commander', county, 'U-county'],
    ['li', 'dispatcher', zeguo, 'U-zeguo'],
    ['wang', 'dispatcher', zeguo, 'U-zeguo'],
    ['song', 'dispatcher', songmen, 'U-songmen'],
    ['zhang', 'responder', zeguo, 'U-team'],
  ] as const) {
    await insertTestAccount(station.outside, role, area, name);
    await station.outside.query('update fenghuo.account set unit = $2 where name = $1', [name, unit]);
    const response = await ask('', 'POST', '/session', { account: name, password });
    cookies.set(name, response.headers.getSetCookie()[0]!.split(';')[0]!);
  }
});
afterAll(async () => {
  await station[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

function ask(who: string, method: string, to: string, body?: unknown) {
  const cookie = cookies.get(who);
  return fetch(`http://127.0.0.1:${server.httpPort}/api/v1${to}`, {
    method,
    headers: { 'X-Fenghuo': '1', 'Content-Type': 'application/json', ...(cookie ? { cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const act = async (who: string, body: object) =>
  (await ask(who, 'POST', '/commands', { id: randomUUID(), ...body })).status;
const mine = async (who: string) =>
  ownBroadcasts.parse(await (await ask(who, 'GET', '/broadcasts/mine')).json()).broadcasts;
const detail = async (who: string, id: string) => ask(who, 'GET', `/broadcasts/${id}`);

/** What is told so long after it was done was not told at once. */
const toldLaterMs = 2_000;

test('the county to its townships → their rooms see it, are told once inside and outside → one reads it → killed and up again → the other reads it', async () => {
  const sent = { act: 'send-broadcast', of: 'area', subject: county, area: county, level: 'township' };
  expect(await act('li', { ...sent, reason: '越权' })).toBe(403);
  expect(await act('chen', { ...sent, reason: '今夜暴雨，请加强值守' })).toBe(200);
  const [one] = await mine('li');
  expect(one).toMatchObject({ text: '今夜暴雨，请加强值守', units: 2, read: 0, readAt: null, by: 'chen' });
  expect(await mine('zhang')).toEqual([]);
  await expect.poll(() => receiver.received.length).toBe(1);
  expect(receiver.received[0]?.body).toMatchObject({
    ...{ kind: 'broadcast', person: { id: 'P4' }, unit: 'U-zeguo', ticket: null, run: null },
    note: { zh: '今夜暴雨，请加强值守' },
  });
  const read = { act: 'read-broadcast', subject: one!.id };
  expect(await act('zhang', read)).toBe(409);
  expect(await Promise.all([act('li', read), act('wang', read)])).toEqual([200, 200]);
  await server.stop();
  server = await station.start({ ...receiver.settings, FENGHUO_MQTT_PORT: String(server.mqttPort) });
  const seen = broadcastDetail.parse(await (await detail('chen', one!.id)).json());
  expect(seen.broadcast).toMatchObject({ units: 2, read: 1 });
  expect(seen.units).toMatchObject([
    { unit: 'U-songmen', told: 0, read: null },
    { unit: 'U-zeguo', told: 1, read: { by: expect.stringMatching(/li|wang/) } },
  ]);
  expect((await detail('li', one!.id)).status).toBe(404);
  const doneAt = one!.at;
  await expect.poll(() => Date.now() - doneAt, { timeout: 5_000 }).toBeGreaterThan(toldLaterMs);
  expect(await act('song', { ...read, doneAt })).toBe(200);
  const later = broadcastDetail.parse(await (await detail('chen', one!.id)).json());
  expect(later.units.map((unit) => unit.read?.doneAt ?? null).toSorted()).toEqual([expect.any(Number), null]);
  expect((await mine('song'))[0]?.readAt).toBeTypeOf('number');
  const { rows } = await station.outside.query(
    `select act, count(*)::int as n from fenghuo.audit where act like '%-broadcast' group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { act: 'read-broadcast', n: 2 },
    { act: 'send-broadcast', n: 1 },
  ]);
});

test('a snapshot holds what is said over the area, and over one that the area lies in', async () => {
  const sent = { act: 'send-broadcast', of: 'area', subject: zeguo, area: zeguo, level: 'team', reason: 'x' };
  expect(await act('li', sent)).toBe(200);
  const open = async (area: string, areaPattern = `${area}%`) =>
    (await listOpenRecords(station.outside, { county, area, areaPattern, unit: null })).broadcasts.map(
      ({ area }) => area,
    );
  expect(await open(county, '%')).toEqual([county, zeguo]);
  expect(await open(zeguo)).toEqual([county, zeguo]);
  expect(await open(`${zeguo}203`)).toEqual([county, zeguo]);
  expect(await open(songmen)).toEqual([county]);
});
