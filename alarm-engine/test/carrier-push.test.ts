import { createHash } from 'node:crypto';
import type { CarrierSourceList } from '@fenghuo/contracts/carrier.ts';
import { type QuarantinePage, quarantinePage } from '@fenghuo/contracts/quarantine.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PushStation } from './push-station.ts';

let station: PushStation;
beforeAll(async () => {
  station = await PushStation.prepare();
  await station.start();
});
afterAll(() => station[Symbol.asyncDispose]());

const report = (IMEI: string, payload: object, more: object = {}) => ({
  ...{
    upPacketSN: -1,
    upDataSN: -1,
    topic: 'v1/up/ad19',
    timestamp: Date.now(),
    tenantId: '10',
    serviceId: 1,
  },
  ...{
    protocol: 'lwm2m',
    productId: '10000080',
    payload,
    messageType: 'dataReport',
    deviceId: 'cloud-id',
    IMEI,
  },
  ...more,
});
const world = () => station.counts('event', 'alarm', 'incident', 'ticket', 'quarantine');

test('a fire from CTWing → 200 → alarm, incident; the same body again changes nothing', async () => {
  const telecom = await station.issue('telecom-fire');
  const body = report('S-1', { smoke_state: 1, smoke_value: 12 });
  expect((await station.push(telecom, body)).status).toBe(200);
  const after = await world();
  expect(after).toMatchObject({ alarm: 1, incident: 1, ticket: 0, quarantine: 0 });
  const { rows } = await station.outside.query(`select device, doc ->> 'value' as value from fenghuo.alarm`);
  expect(rows).toEqual([{ device: 'S-1', value: '12' }]);
  expect((await station.push(telecom, body)).status).toBe(200);
  expect(await world()).toEqual(after);
});

test('a device that nobody registered is kept, alarms, and waits for adoption under its IMEI', async () => {
  const telecom = await station.issue('telecom-new');
  expect((await station.push(telecom, report('860374051096202', { smoke_state: 1 }))).status).toBe(200);
  const { rows } = await station.outside.query(
    `select d.adopted, a.doc ->> 'title' is not null as alarmed
     from fenghuo.device d join fenghuo.alarm a on a.device = d.id where d.id = '860374051096202'`,
  );
  expect(rows).toEqual([{ adopted: false, alarmed: true }]);
});

test('a hundred messages, three of them bad: 97 events, the three in quarantine by reason, one 200', async () => {
  const telecom = await station.issue('telecom-batch');
  const [before, now] = [await world(), Date.now()];
  const list: unknown[] = Array.from({ length: 100 }, (_, i) =>
    report('G-2', { gas_sensor_state: 0 }, { timestamp: now - i }),
  );
  list[3] = report('G-2', { note: 'a\0b', gas_sensor_state: 1 });
  list[50] = { messageType: 'weather' };
  list[99] = report('G-2', { liquid_level: 402 });
  const answer = await station.push(telecom, list);
  expect([answer.status, await answer.json()]).toEqual([200, { messages: 100, notAuthorised: 0 }]);
  const after = await world();
  expect([after.event! - before.event!, after.quarantine! - before.quarantine!]).toEqual([97, 3]);
  const query = '?source=carrier:telecom-batch';
  const page: QuarantinePage = quarantinePage.parse(
    await (await station.api('GET', `/quarantine${query}`)).json(),
  );
  expect(page.messages.map(({ reason }) => reason)).toEqual([
    'unknown-payload',
    'unknown-payload',
    'nul-or-surrogate',
  ]);
  expect(page.messages[0]).toMatchObject({ topic: 'carrier/v1/ctwing/telecom-batch', outcome: 'untried' });
  expect(page.lastDayByReason).toMatchObject({ 'unknown-payload': 2, 'nul-or-surrogate': 1 });
});

test('a wrong token is refused and counted; a revoked source at its next request; its name can be issued anew', async () => {
  const telecom = await station.issue('telecom-gone');
  const body = report('S-2', { smoke_state: 0 });
  expect((await station.push({ ...telecom, token: 'other' }, body)).status).toBe(401);
  const metrics = await (await station.get('/metrics')).text();
  expect(metrics).toContain('fenghuo_gateway_pushes_total{reason="wrong-token"} 1');
  expect((await station.push(telecom, body)).status).toBe(200);
  expect(
    (
      await station.api('POST', '/carrier-sources', {
        source: 'telecom-gone',
        dialect: 'ctwing',
        area: '331081',
      })
    ).status,
  ).toBe(409);
  expect((await station.api('DELETE', '/carrier-sources/telecom-gone')).status).toBe(204);
  expect((await station.push(telecom, body)).status).toBe(403);
  expect((await station.api('DELETE', '/carrier-sources/telecom-gone')).status).toBe(404);
  const anew = await station.issue('telecom-gone');
  expect((await station.push(telecom, body)).status).toBe(401);
  expect((await station.push(anew, body)).status).toBe(200);
});

test('sources are listed without their tokens, which the database does not hold either; each act is on the record', async () => {
  const mobile = await station.issue('mobile-list', 'onenet', '331081100');
  const { sources } = (await (await station.api('GET', '/carrier-sources')).json()) as CarrierSourceList;
  expect(sources.find(({ source }) => source === 'mobile-list')).toEqual({
    ...{ source: 'mobile-list', dialect: 'onenet', area: '331081100', issuedBy: 'administrator' },
    ...{ issuedAt: expect.any(Number), revokedAt: null },
  });
  const dump = JSON.stringify((await station.outside.query('select * from fenghuo.carrier_source')).rows);
  expect(dump).not.toContain(mobile.token);
  expect(dump).not.toContain(mobile.signingToken);
  const { rows } = await station.outside.query(
    `select act, actor, detail from fenghuo.audit where subject = 'mobile-list'`,
  );
  const detail = JSON.stringify({ what: 'onenet for 331081100' });
  expect(rows).toEqual([{ act: 'issue-carrier-source', actor: 'administrator', detail }]);
});

test('no source for an area that is not there, nor with a name that is none', async () => {
  const statusOf = async (body: object) => (await station.api('POST', '/carrier-sources', body)).status;
  expect(await statusOf({ source: 'x', dialect: 'ctwing', area: '331081999' })).toBe(400);
  expect(await statusOf({ source: 'x', dialect: 'ctwing', area: '330100' })).toBe(400);
  expect(await statusOf({ source: 'X/y', dialect: 'ctwing', area: '331081' })).toBe(400);
  expect(await statusOf({ source: 'x', dialect: 'smoke-signals', area: '331081' })).toBe(400);
});

test('OneNET: the address is verified and messages are signed with the token that was issued', async () => {
  const mobile = await station.issue('mobile-signed', 'onenet');
  const sign = (msg: string) =>
    createHash('md5').update(`${mobile.signingToken}abcdefgh${msg}`).digest('base64');
  const query = new URLSearchParams({ msg: 'hello', nonce: 'abcdefgh', signature: sign('hello') });
  expect(await (await station.get(`${mobile.path}?${query}`)).text()).toBe('hello');
  const msg = JSON.stringify({
    ...{ productId: 'C6z4Zk012B', deviceName: 'H-1', messageType: 'notify', notifyType: 'property' },
    data: { id: '1', params: { battery_value: { value: 5, time: Date.now() } } },
  });
  const before = await station.counts('upkeep');
  const body = { msg, nonce: 'abcdefgh', signature: sign(msg), time: Date.now(), id: '1' };
  expect((await station.push({ ...mobile, token: '' }, body)).status).toBe(200);
  expect(await station.counts('upkeep')).toEqual({ upkeep: before.upkeep! + 1 });
});

test('a source of one township does not speak for another', async () => {
  const zeguo = await station.issue('telecom-zeguo', 'ctwing', '331081100');
  const before = await world();
  expect((await station.push(zeguo, report('S-2', { smoke_state: 1 }))).status).toBe(403);
  expect(await world()).toEqual(before);
  expect((await station.push(zeguo, report('H-1', { battery_value: 80 }))).status).toBe(200);
});

test('the screens’ rules do not apply below /ingest, and theirs are not loosened', async () => {
  const nobody = await station.get('/ingest/v1/nobody');
  expect([nobody.status, await nobody.json()]).toMatchObject([404, { error: 'unknown-source' }]);
  expect((await station.get('/ingest')).status).toBe(404);
  const { status } = await fetch(new URL((await station.get('/api/v1/session')).url), { method: 'POST' });
  expect(status).toBe(403);
});

test('killed before the commit: no 200; sent again to the next server, it is one alarm', async () => {
  await using doomed = await PushStation.prepare();
  await doomed.start();
  const telecom = await doomed.issue('telecom-1');
  const body = report('S-1', { smoke_state: 1 });
  const server = await doomed.start({ FENGHUO_FAILPOINT: 'before-commit:2' });
  const answer = await doomed
    .push(telecom, report('S-1', { battery_value: 90 }))
    .then(({ status }) => status);
  expect(answer).toBe(200);
  await expect(doomed.push(telecom, body)).rejects.toThrow();
  expect(await server.ended).toBe('SIGKILL');
  expect(await doomed.counts('event', 'alarm')).toEqual({ event: 1, alarm: 0 });
  await doomed.start();
  expect((await doomed.push(telecom, body)).status).toBe(200);
  expect(await doomed.counts('event', 'alarm')).toEqual({ event: 2, alarm: 1 });
});

test('killed after the commit: no 200; sent again, nothing is doubled', async () => {
  await using doomed = await PushStation.prepare();
  await doomed.start();
  const telecom = await doomed.issue('telecom-1');
  const body = report('S-1', { smoke_state: 1 });
  await doomed.start({ FENGHUO_FAILPOINT: 'commit-to-puback' });
  await expect(doomed.push(telecom, body)).rejects.toThrow();
  await doomed.start();
  expect((await doomed.push(telecom, body)).status).toBe(200);
  expect(await doomed.counts('event', 'alarm', 'incident')).toEqual({ event: 1, alarm: 1, incident: 1 });
});

test('database away: 503 and come again, nothing is taken; back again, the same body is stored once', async () => {
  const telecom = await station.issue('telecom-away');
  const body = report('S-2', { smoke_state: 1 });
  const before = await world();
  await station.takeDatabaseAway();
  const refused = await station.push(telecom, body);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  await station.bringDatabaseBack();
  let status = 503;
  while (status === 503) status = (await station.push(telecom, body)).status;
  expect(status).toBe(200);
  expect(await world()).toMatchObject({ event: before.event! + 1, alarm: before.alarm! + 1 });
});
