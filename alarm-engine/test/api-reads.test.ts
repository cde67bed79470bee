import { deliveryList } from '@fenghuo/contracts/deliveries.ts';
import { decodeDevicePoints } from '@fenghuo/contracts/device-points.ts';
import { quarantinePage } from '@fenghuo/contracts/quarantine.ts';
import {
  buildingCard,
  buildingPlan,
  deviceCard,
  devicePage,
  incidentCase,
  incidentPage,
} from '@fenghuo/contracts/rest.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveSeenPages } from '../src/store/sql/save-seen-pages.ts';
import { anAlarm, anIncident, aTicket, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let dispatcher: string;
let township: string;
beforeAll(async () => {
  web = await startTestWeb();
  dispatcher = await enter(web, 'dispatcher');
  township = await enter(web, 'dispatcher', zeguo, 'zeguo');
});
afterAll(() => web.stop());

function get(path: string, as: string, headers: object = {}) {
  return web.call('GET', `/api/v1${path}`, { as, headers });
}
async function status(path: string, as: string) {
  return (await get(path, as)).status;
}

test('a device’s card; a township has its own, the county also those that lie nowhere yet', async () => {
  const card = deviceCard.parse(await (await get('/devices/S-1', township)).json());
  expect(card).toMatchObject({
    area: `${zeguo}203-02`,
    building: 'B1',
    floor: 5,
    room: '501',
    lastSeenAt: null,
  });
  const seen = new LastSeen();
  seen.touch(4, noon);
  await saveSeenPages(web.pool, [...seen.drainPages()].flat());
  const camera = deviceCard.parse(await (await get('/devices/C-1', township)).json());
  expect(camera).toMatchObject({ lastSeenAt: noon, camera: { code: '泽国-0231' } });
  expect(deviceCard.parse(await (await get('/devices/NEW-1', dispatcher)).json())).toMatchObject({
    area: '',
    adopted: false,
    lon: null,
  });
  expect(await status('/devices/S-2', dispatcher)).toBe(200);
  expect(await status('/devices/S-2', township)).toBe(404);
  expect(await status('/devices/NEW-1', township)).toBe(404);
  expect(await (await get('/devices/S-2', township)).text()).toBe(
    await (await get('/devices/nil', township)).text(),
  );
});

test('devices that want a look: silent, stuck, never heard, clock off; of the viewer’s area, a page at a time', async () => {
  const item = (device: string, kind: string, of: object = {}) => ({
    ...{ id: `U-${device}-${kind}`, device, kind, run: null, openedAt: noon, closedAt: null },
    ...of,
  });
  for (const doc of [
    item('S-1', 'silent'),
    item('S-2', 'silent'),
    item('H-1', 'silent', { closedAt: noon }),
    item('C-1', 'silent', { run: 'R1' }),
    item('H-1', 'stuck'),
  ])
    await web.pool.query(`insert into fenghuo.upkeep (id, county, doc) values ($1, '331081', $2)`, [
      doc.id,
      doc,
    ]);
  await web.pool.query(
    `update fenghuo.device set clock_off_since = to_timestamp($1::float8 / 1000), clock_off_ms = -5e9 where id = 'S-1'`,
    [noon],
  );
  const list = async (query: string, as: string) => {
    const page = devicePage.parse(await (await get(`/devices?liveness=${query}`, as)).json());
    return { ids: page.devices.map(({ id }) => id), next: page.next };
  };
  expect(await list('silent', dispatcher)).toEqual({ ids: ['S-1', 'S-2'], next: null });
  expect(await list('silent&limit=1', dispatcher)).toEqual({ ids: ['S-1'], next: 0 });
  expect((await list('silent', township)).ids).toEqual(['S-1']);
  await web.pool.query(`update fenghuo.device set parent = 'S-2' where id in ('G-2', 'C-1')`);
  expect((await list('suppressed', dispatcher)).ids).toEqual([]);
  await web.pool.query(
    `update fenghuo.upkeep set doc = jsonb_set(doc, '{openedAt}', $1) where device = 'S-2'`,
    [noon + 1000],
  );
  expect((await list('suppressed', dispatcher)).ids).toEqual(['C-1']);
  expect((await list('stuck', township)).ids).toEqual(['H-1']);
  expect((await list('clock', township)).ids).toEqual(['S-1']);
  expect((await list('never-heard', township)).ids).toEqual(['S-1', 'H-1']);
  expect((await list('never-heard', dispatcher)).ids).toEqual(['S-1', 'H-1', 'S-2', 'G-2']);
  expect(await status('/devices?liveness=asleep', dispatcher)).toBe(400);
  expect(deviceCard.parse(await (await get('/devices/S-1', township)).json())).toMatchObject({
    ...{ silentSince: noon, stuckSince: null, clockOff: { since: noon, offsetMs: -5e9 } },
  });
});

test('a building’s plan: its outline and what hangs on which floor, in the caller’s area alone', async () => {
  const plan = buildingPlan.parse(await (await get('/buildings/B1/plan', township)).json());
  expect(plan.left).toBe(0);
  expect(plan.devices.map(({ id, floor }) => [id, floor])).toContainEqual(['S-1', 5]);
  expect(await status('/buildings/B2/plan', township)).toBe(404);
});

test('a building’s card; its key-holder is masked for those without the right', async () => {
  const card = buildingCard.parse(await (await get('/buildings/B1', township)).json());
  expect(card).toMatchObject({ detectors: 2, keyholder: { name: '王建国', phone: '13812342207' } });
  expect(await status('/buildings/B2', township)).toBe(404);
  for (const role of ['wall', 'viewer', 'tester'] as const) {
    const masked = await (await get('/buildings/B1', await enter(web, role))).text();
    expect(buildingCard.parse(JSON.parse(masked)).keyholder).toEqual({ name: '王某', phone: '138****2207' });
    expect(masked).not.toContain('建国');
  }
  const none = buildingCard.parse(await (await get('/buildings/B2', dispatcher)).json());
  expect(none.keyholder).toBeNull();
});

test('a grid sees its own devices, not those of a grid whose code begins alike', async () => {
  const worker = await enter(web, 'grid-worker', `${zeguo}203-02`, 'grid');
  await web.pool.query(`
    insert into fenghuo.area (code, county, parent, level, name_zh, lon, lat)
      values ('331081100203-021', '331081', '331081100203', 'grid', '牧屿 21 网格', 121, 28);
    insert into fenghuo.device (no, id, county, type, adopted, area, lon, lat)
      values (6, 'S-21', '331081', 'smoke', true, '331081100203-021', 121.372, 28.492)`);
  expect(await status('/devices/S-1', worker)).toBe(200);
  expect(await status('/devices/S-21', worker)).toBe(404);
  expect(await status('/devices/C-1', worker)).toBe(404);
});

test('an incident with its ticket and alarms; lists by state, a page at a time', async () => {
  const closed = [1, 2, 3].map((n) => ({
    topic: 'incident' as const,
    doc: anIncident({ id: `I-old${n}`, area: zeguo, openedAt: noon - 1000, closedAt: noon }),
  }));
  await web.writer.write(
    { topic: 'incident', doc: anIncident({ id: 'I-1', area: `${zeguo}203`, alarms: ['A-1', 'A-2'] }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-2', area: `${zeguo}203`, incident: 'I-1', raisedAt: noon + 5 }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-1', area: `${zeguo}203`, incident: 'I-1' }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-1', area: `${zeguo}203`, incident: 'I-1' }) },
    { topic: 'incident', doc: anIncident({ id: 'I-2', area: `${songmen}207` }) },
    ...closed,
  );
  const case_ = incidentCase.parse(await (await get('/incidents/I-1', township)).json());
  expect(case_.alarms.map(({ id }) => id)).toEqual(['A-1', 'A-2']);
  expect(case_.ticket?.id).toBe('T-1');
  expect(await status('/incidents/I-2', township)).toBe(404);
  const list = async (query: string, as: string) => {
    const page = incidentPage.parse(await (await get(`/incidents${query}`, as)).json());
    return { ids: page.incidents.map(({ id }) => id), next: page.next };
  };
  expect(await list('', township)).toEqual({ ids: ['I-1'], next: null });
  expect((await list('?state=open', dispatcher)).ids.sort()).toEqual(['I-1', 'I-2']);
  const first = await list('?state=closed&limit=2', township);
  expect(first.ids).toEqual(['I-old3', 'I-old2']);
  expect(await list(`?state=closed&limit=2&before=${first.next}`, township)).toEqual({
    ids: ['I-old1'],
    next: null,
  });
  for (const query of ['?state=all', '?limit=0', '?before=x', '?limit=1&limit=2', '?before=1:%00'])
    expect(await status(`/incidents${query}`, dispatcher)).toBe(400);
});

test('quarantine: counted by reason, newest first, a page at a time', async () => {
  const administrator = await enter(web, 'administrator');
  const bytes = Buffer.alloc(100, 0xfe);
  for (const [reason, topic] of [
    ['oversized', 'a'],
    ['undecodable', 'b'],
    ['oversized', 'c'],
  ])
    await web.pool.query(
      `insert into fenghuo.quarantine (county, received_at, reason, source, topic, bytes, detail)
       values ('331081', to_timestamp($1::float8 / 1000), $2, 'mqtt', $3, $4, 'why')`,
      [noon, reason, topic, bytes],
    );
  const page = async (query: string) =>
    quarantinePage.parse(await (await get(`/quarantine${query}`, administrator)).json());
  const all = await page('');
  expect(all).toMatchObject({ total: 3, byReason: { oversized: 2, undecodable: 1 } });
  expect(all.messages.map(({ topic }) => topic)).toEqual(['c', 'b', 'a']);
  expect(all.messages[0]).toMatchObject({ at: noon, bytesBase64: bytes.toString('base64') });
  expect((await page('?reason=oversized')).messages.map(({ topic }) => topic)).toEqual(['c', 'a']);
  const older = await page(`?limit=1&before=${all.messages[0]?.no}`);
  expect(older.messages.map(({ topic }) => topic)).toEqual(['b']);
});

async function points(as: string, headers: object = {}) {
  const response = await get('/map/points', as, headers);
  const bytes = await response.arrayBuffer();
  const read = decodeDevicePoints(bytes);
  const [west, south, east, north] = read.bounds;
  const places = Array.from(read.types, (type, i) => [
    deviceTypes[type],
    Number((west + ((east - west) * read.lonSteps[i]!) / 65535).toFixed(3)),
    Number((south + ((north - south) * read.latSteps[i]!) / 65535).toFixed(3)),
  ]);
  const villages = Array.from(read.areaIndexes, (i) => read.areas[i]);
  return {
    places,
    villages,
    numbers: [...read.numbers],
    tag: response.headers.get('etag') ?? '',
    headers: response.headers,
  };
}

test('points: the viewer’s devices in the order of their numbers, each in its village', async () => {
  const county = await points(dispatcher);
  expect(county.numbers).toEqual([...county.numbers].sort((a, b) => a - b));
  expect(county.villages).toContain('331081100203');
  expect(county.places.map(([type]) => type)).toEqual(['smoke', 'heat', 'smoke', 'gas', 'camera', 'smoke']);
  expect(county.places[2]).toEqual(['smoke', 121.61, 28.35]);
  const own = await points(township);
  expect(own.places.map(([type]) => type)).toEqual(['smoke', 'heat', 'camera', 'smoke']);
  expect(own.tag).not.toBe(county.tag);
});

test('points: compressed, asked again by tag, new with the directory', async () => {
  const first = await points(dispatcher, { 'Accept-Encoding': 'gzip, br' });
  expect(first.headers.get('content-encoding')).toBe('br');
  expect((await points(dispatcher, { 'Accept-Encoding': 'gzip' })).headers.get('content-encoding')).toBe(
    'gzip',
  );
  const again = { 'If-None-Match': first.tag };
  expect((await get('/map/points', dispatcher, again)).status).toBe(304);
  expect((await get('/map/points', township, again)).status).toBe(200);
  await web.pool.query(`
    insert into fenghuo.device (no, id, county, type, adopted, area, lon, lat)
      values (7, 'S-7', '331081', 'smoke', true, '331081101', 121.6, 28.3)`);
  expect((await get('/map/points', dispatcher, again)).status).toBe(304);
  await web.pool.query(`select fenghuo.bump_directory('331081')`);
  expect((await get('/map/points', dispatcher, again)).status).toBe(200);
  expect((await points(dispatcher)).places).toHaveLength(first.places.length + 1);
});

test('the base map by layer', async () => {
  const response = await get('/map/base/county', township);
  expect(response.headers.get('content-type')).toContain('geo+json');
  expect(await response.json()).toMatchObject({ type: 'FeatureCollection' });
  const again = { 'If-None-Match': response.headers.get('etag') ?? '' };
  expect((await get('/map/base/county', township, again)).status).toBe(304);
  expect(await (await get('/map/base/land', township)).json()).toEqual({
    type: 'FeatureCollection',
    features: [],
  });
  expect(await status('/map/base/passwords', township)).toBe(404);
});

test('errors are JSON, everywhere below /api', async () => {
  const cases: [method: string, path: string, status: number, body?: unknown][] = [
    ['GET', '/api/v1/nothing', 404],
    ['GET', '/api/nothing', 404],
    ['PUT', '/api/v1/session', 404],
    ['POST', '/api/v1/session', 400, '{"account":'],
    ['POST', '/api/v1/session', 413, { account: 'a', password: 'x'.repeat(70_000) }],
    ['POST', '/api/v1/session', 400, { account: 'a\0', password: 'x' }],
    ['GET', '/api/v1/devices/%00', 400],
    ['GET', '/api/v1/devices/%E0%A4%A', 400],
  ];
  for (const [method, path, expected, body] of cases) {
    const response = await web.call(method, path, {
      as: dispatcher,
      ...(body === undefined ? {} : { body }),
    });
    expect([path, response.status]).toEqual([path, expected]);
    expect(await response.json()).toEqual({
      error: expect.any(String),
      message: expect.stringMatching(/\.$/),
    });
  }
});

test('devices: by type, by building, those that wait for adoption, by pages, and only of one’s own area', async () => {
  const ids = async (query: string, as: string) => {
    const page = devicePage.parse(await (await get(`/devices${query}`, as)).json());
    return [...page.devices.map((device) => device.id), page.next];
  };
  expect(await ids('?type=smoke&building=B1', dispatcher)).toEqual(['S-1', null]);
  expect(await ids('?adopted=false', dispatcher)).toEqual(['NEW-1', null]);
  expect(await ids('?limit=2', township)).toEqual(['S-1', 'H-1', 1]);
  expect(await ids('?type=camera&limit=2&after=1', township)).toEqual(['C-1', null]);
  expect(await status('/devices?type=toaster', dispatcher)).toBe(400);
});

test('what was told of an incident: who, over what, how it went; only in one’s own area, masked without the right', async () => {
  await web.writer.write(
    { topic: 'incident', doc: anIncident({ id: 'I-told', area: `${zeguo}203` }) },
    { topic: 'incident', doc: anIncident({ id: 'I-elsewhere', area: `${songmen}207` }) },
  );
  const [sent, failed] = ['sent', 'failed'].map((state, i) => ({ state, at: noon + i }));
  for (const { state, at } of [sent!, failed!])
    await web.pool.query(
      `insert into fenghuo.delivery
         (id, county, message, person, channel, kind, incident, doc, state, reason, attempts, made_at, settled_at)
       values ($1, '331081', $1, 'P3', 'webhook', 'opened', 'I-told', '{}', $1,
               case $1 when 'failed' then 'rejected' end, 1, $2, $2)`,
      [state, new Date(at)],
    );
  const list = async (as: string) =>
    deliveryList.parse(await (await get('/incidents/I-told/deliveries', as)).json()).deliveries;
  expect(await list(township)).toMatchObject([
    { state: 'sent', reason: null, at: noon, person: { name: '张强', phone: '13900000003' } },
    { state: 'failed', reason: 'rejected', attempts: 1, settledAt: noon + 1 },
  ]);
  const masked = await list(await enter(web, 'viewer', zeguo, 'viewer-zeguo'));
  expect(masked[0]?.person).toEqual({ name: '张某', phone: '139****0003' });
  expect(await status('/incidents/I-elsewhere/deliveries', township)).toBe(404);
  expect(await (await get('/incidents/I-elsewhere/deliveries', dispatcher)).json()).toEqual({
    deliveries: [],
  });
});
