import { randomUUID } from 'node:crypto';
import { administratorsActs, command } from '@fenghuo/contracts/commands.ts';
import { signedIn } from '@fenghuo/contracts/rest.ts';
import { type Role, roles } from '@fenghuo/contracts/words.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiContext } from '../src/api/route.ts';
import { apiRoutes } from '../src/api/router.ts';
import { citizensNumber, makeZeguoBusy, zeguosCase } from './busy-zeguo.ts';
import { CameraHost } from './camera-host.ts';
import { expectDeclared } from './declared-answers.ts';
import { noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

/** Who may call what, written down a second time: a slip in the table of the house is not repeated here. */
const everybody = roles;
/**
 * What a route does with areas: nothing; it is for accounts of the whole county only; it names a subject that lies in
 * Zeguo; it lists what lies in the asker's area; its body gives an area away.
 */
type AreaRule = 'own' | 'county' | 'subject' | 'list' | 'given';
const personal: readonly Role[] = roles.filter((role) => !['tester', 'wall', 'viewer'].includes(role));
const pairing: readonly Role[] = ['commander', 'dispatcher', 'administrator'];
const drilling: readonly Role[] = ['commander', 'tester', 'administrator'];
const taking: readonly Role[] = ['commander', 'dispatcher', 'responder', 'grid-worker'];
const expected: Record<
  string,
  {
    area: AreaRule;
    path?: string | ((asker: string) => string);
    body?: unknown;
    may: readonly Role[] | 'strangers' | 'anybody';
  }
> = {
  'post /session': { area: 'own', body: { account: 'x', password: 'x' }, may: 'strangers' },
  'get /session': { area: 'own', may: everybody },
  'delete /session': { area: 'own', may: everybody },
  'put /session/password': { area: 'own', body: {}, may: everybody },
  'put /session/seat': { area: 'own', body: { seat: '席位 1' }, may: everybody },
  'post /commands': { area: 'own', body: {}, may: everybody },
  'get /map/base/:name': { area: 'own', path: '/map/base/county', may: everybody },
  'get /map/points': { area: 'list', may: everybody },
  'get /devices': { area: 'list', may: everybody },
  'get /devices/:id': { area: 'subject', path: '/devices/S-1', may: everybody },
  'get /buildings/:id/plan': { area: 'subject', path: '/buildings/B1/plan', may: everybody },
  'get /buildings/:id': { area: 'subject', path: '/buildings/B1', may: everybody },
  'get /cameras/near': { area: 'list', path: '/cameras/near?lon=121.37&lat=28.49', may: everybody },
  'get /cameras/places': { area: 'list', may: everybody },
  'get /cameras/scan': { area: 'list', may: everybody },
  'get /cameras/scan/states': { area: 'list', may: everybody },
  'get /cameras/scan/latest': { area: 'list', may: everybody },
  'get /cameras/:id': { area: 'subject', path: '/cameras/C-1', may: everybody },
  'get /cameras/:id/live.m3u8': { area: 'subject', path: '/cameras/C-1/live.m3u8', may: everybody },
  'get /cameras/:id/live/:part': { area: 'subject', path: '/cameras/C-1/live/forged.name', may: everybody },
  'get /incidents': { area: 'list', may: everybody },
  'get /incidents/:id': { area: 'subject', path: '/incidents/I-zeguo', may: everybody },
  'get /incidents/:id/deliveries': { area: 'subject', path: '/incidents/I-zeguo/deliveries', may: everybody },
  'get /incidents/:id/evidence': { area: 'subject', path: '/incidents/I-zeguo/evidence', may: everybody },
  'get /broadcasts/mine': { area: 'own', may: everybody },
  'get /broadcasts/:id': { area: 'subject', path: '/broadcasts/B-zeguo', may: everybody },
  'get /alarm-lines': { area: 'list', may: everybody },
  'get /desk-views': { area: 'own', may: everybody },
  'put /desk-views/:name': { area: 'own', path: '/desk-views/x', body: {}, may: everybody },
  'delete /desk-views/:name': { area: 'own', path: '/desk-views/x', may: everybody },
  'post /reports': {
    area: 'subject',
    body: () => ({
      id: randomUUID(),
      channel: '119',
      what: 'fire',
      place: { by: 'building', building: 'B1' },
    }),
    may: taking,
  },
  'get /reports': { area: 'list', may: everybody },
  'get /reports/:id': { area: 'subject', path: '/reports/report-zeguo', may: everybody },
  'post /reports/:id/erase': {
    area: 'county',
    path: '/reports/report-zeguo/erase',
    body: { reason: 'x' },
    may: ['administrator'],
  },
  'get /places': { area: 'list', path: `/places?text=${encodeURIComponent('牧屿')}`, may: taking },
  'get /intake/matches': { area: 'list', path: '/intake/matches?what=fire&area=331081100203', may: taking },
  'get /buildings/:id/qr.svg': { area: 'subject', path: '/buildings/B1/qr.svg', may: everybody },
  'get /public/buildings/:id': { area: 'own', path: '/public/buildings/B1', may: 'anybody' },
  'post /public/reports': { area: 'own', body: {}, may: 'anybody' },
  'get /public/reports/:link': { area: 'own', path: '/public/reports/none', may: 'anybody' },
  'post /positions': {
    area: 'subject',
    body: { ticket: 'T-zeguo', lon: 121.37, lat: 28.49, accuracyM: 10 },
    may: ['responder', 'grid-worker'],
  },
  'delete /positions': { area: 'own', may: ['responder', 'grid-worker'] },
  'get /holds': { area: 'list', may: everybody },
  'get /upkeep': { area: 'list', may: everybody },
  'get /upkeep/buildings': { area: 'list', may: everybody },
  'get /upkeep/routes': { area: 'list', may: everybody },
  'get /upkeep/figures': { area: 'list', may: everybody },
  'get /case-figures': { area: 'list', path: '/case-figures?from=0', may: everybody },
  'get /safety-index': { area: 'list', may: everybody },
  'get /safety-index/values': { area: 'list', may: everybody },
  'get /chain': { area: 'list', may: everybody },
  'get /roster': { area: 'list', may: everybody },
  'get /tickets/:id/proposals': { area: 'subject', path: '/tickets/T-zeguo/proposals', may: everybody },
  'get /cases': { area: 'list', may: everybody },
  'get /cases/:code': { area: 'subject', path: `/cases/${zeguosCase}`, may: everybody },
  'get /cases/:code/report': { area: 'subject', path: `/cases/${zeguosCase}/report`, may: everybody },
  'get /cases/:code/report.json': {
    area: 'subject',
    path: `/cases/${zeguosCase}/report.json`,
    may: everybody,
  },
  'get /cases/:code/export.json': {
    area: 'subject',
    path: `/cases/${zeguosCase}/export.json`,
    may: personal,
  },
  'post /cases/:code/files': {
    area: 'subject',
    path: `/cases/${zeguosCase}/files`,
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
  },
  'get /cases/:code/files/:id': {
    area: 'subject',
    path: `/cases/${zeguosCase}/files/E-zeguo`,
    may: personal,
  },
  'get /alarm-performance': { area: 'list', may: everybody },
  'get /alarm-performance/history': { area: 'list', may: everybody },
  'get /bad-actors': { area: 'list', may: everybody },
  'get /false-rates': { area: 'list', may: everybody },
  'get /rule-proposals': { area: 'list', may: everybody },
  'get /history/events': { area: 'list', may: everybody },
  'get /history/alarms': { area: 'list', may: everybody },
  'get /history/transitions': { area: 'list', may: everybody },
  'get /history/rollups': {
    area: 'list',
    path: '/history/rollups?of=events&by=area&from=0&to=4000000000000',
    may: everybody,
  },
  'post /drills': { area: 'county', body: { title: 'x' }, may: ['commander', 'tester', 'administrator'] },
  'post /drills/:run/end': {
    area: 'county',
    path: '/drills/none/end',
    may: ['commander', 'tester', 'administrator'],
  },
  'get /drills': { area: 'county', may: drilling },
  'get /drills/scenarios': { area: 'county', may: drilling },
  'post /drills/runs': { area: 'county', body: { scenario: 'none' }, may: drilling },
  'post /drills/:run/wish': {
    area: 'county',
    path: '/drills/none/wish',
    body: { wish: 'pause' },
    may: drilling,
  },
  'get /drills/:run/report': { area: 'county', path: '/drills/none/report', may: drilling },
  'post /drills/runner': { area: 'county', body: { software: 'x', scenarios: [] }, may: ['tester'] },
  'post /drills/take': { area: 'county', may: ['tester'] },
  'post /drills/:run/progress': {
    area: 'county',
    path: '/drills/none/progress',
    body: { state: 'playing', progress: null },
    may: ['tester'],
  },
  'post /drills/:run/ending': {
    area: 'county',
    path: '/drills/none/ending',
    body: { software: 'x', verdict: null, fault: null, report: null },
    may: ['tester'],
  },
  'get /credentials': { area: 'county', may: ['administrator'] },
  'post /credentials': { area: 'county', body: {}, may: ['administrator'] },
  'post /credentials/:name/revoke': {
    area: 'county',
    path: '/credentials/%00/revoke',
    may: ['administrator'],
  },
  'get /quarantine': { area: 'county', may: ['administrator'] },
  'get /quarantine/:no': { area: 'county', path: '/quarantine/1', may: ['administrator'] },
  'post /quarantine/reprocess': { area: 'county', body: { reason: 'x' }, may: ['administrator'] },
  'post /quarantine/:no/reprocess': {
    area: 'county',
    path: '/quarantine/1/reprocess',
    may: ['administrator'],
  },
  'get /carrier-sources': { area: 'county', may: ['administrator'] },
  'post /carrier-sources': {
    area: 'county',
    body: { source: 'x', dialect: 'ctwing', area: '331081' },
    may: ['administrator'],
  },
  'get /api-tokens': { area: 'county', may: ['administrator'] },
  'post /api-tokens': {
    area: 'county',
    body: { name: 'x', area: '331081', rights: ['live'] },
    may: ['administrator'],
  },
  'post /api-tokens/:name/revoke': {
    area: 'county',
    path: '/api-tokens/stands/revoke',
    may: ['administrator'],
  },
  'get /oidc': { area: 'own', may: 'anybody' },
  'get /oidc/start': { area: 'own', may: 'anybody' },
  'get /oidc/callback': { area: 'own', may: 'anybody' },
  'post /wall-pairings': { area: 'own', may: 'anybody' },
  'post /wall-pairings/poll': { area: 'own', body: { deviceCode: 'x' }, may: 'anybody' },
  'get /wall-pairings/:code': { area: 'own', path: '/wall-pairings/BCDF-GHJK', may: pairing },
  'post /wall-pairings/:code/approve': {
    area: 'given',
    path: '/wall-pairings/BCDF-GHJK/approve',
    body: { name: 'x', area: zeguo },
    may: pairing,
  },
  'get /walls': { area: 'list', may: pairing },
  'post /walls/:account/unpair': {
    area: 'subject',
    path: (asker) => `/walls/wall-of-${asker}/unpair`,
    may: pairing,
  },
  'post /walls/:account/orders': {
    area: 'own',
    path: '/walls/none/orders',
    body: { do: 'release', kinds: ['mute'] },
    may: pairing,
  },
  'get /audit': { area: 'list', may: ['auditor'] },
  'get /audit/head': { area: 'own', may: ['auditor'] },
  'post /audit/:no/erase': {
    area: 'county',
    path: '/audit/1/erase',
    body: { reason: 'x' },
    may: ['administrator'],
  },
  'delete /carrier-sources/:source': {
    area: 'county',
    path: '/carrier-sources/stands',
    may: ['administrator'],
  },
  'get /rulebook': { area: 'own', may: everybody },
  'get /rulebook/versions': { area: 'own', may: everybody },
  'get /rulebook/versions/:version': { area: 'own', path: '/rulebook/versions/0', may: everybody },
  'post /rulebook/check': { area: 'county', body: { text: '' }, may: ['administrator'] },
  'post /rulebook/backtest': { area: 'county', body: {}, may: ['administrator'] },
  'put /rulebook': { area: 'county', body: {}, may: ['administrator'] },
  'post /devices/import': {
    area: 'county',
    body: { id: randomUUID(), format: 'csv', coordinates: 'wgs84', dryRun: true, text: 'id' },
    may: ['administrator'],
  },
  'put /devices/:id': { area: 'county', path: '/devices/S-9', body: {}, may: ['administrator'] },
  'get /buildings': { area: 'list', may: everybody },
  'put /buildings/:id': { area: 'county', path: '/buildings/B9', body: {}, may: ['administrator'] },
  ...Object.fromEntries(
    ['buildings', 'units', 'people'].map((kind) => [
      `post /${kind}/import`,
      {
        area: 'county' as const,
        body: { id: randomUUID(), format: 'csv', coordinates: 'wgs84', dryRun: true, text: 'id' },
        may: ['administrator' as const],
      },
    ]),
  ),
  'put /units/:id': { area: 'county', path: '/units/U9', body: {}, may: ['administrator'] },
  'put /people/:id': { area: 'county', path: '/people/P9', body: {}, may: ['administrator'] },
  'get /accounts': { area: 'county', may: ['administrator'] },
  'post /accounts': { area: 'county', body: {}, may: ['administrator'] },
  'put /accounts/:name': { area: 'county', path: '/accounts/nobody', body: {}, may: ['administrator'] },
  'post /accounts/:name/password': {
    area: 'county',
    path: '/accounts/nobody/password',
    may: ['administrator'],
  },
  'post /accounts/:name/disable': {
    area: 'county',
    path: '/accounts/nobody/disable',
    may: ['administrator'],
  },
  'post /accounts/:name/enable': {
    area: 'county',
    path: '/accounts/nobody/enable',
    may: ['administrator'],
  },
  'get /station-health': { area: 'county', may: ['administrator'] },
  'get /workflow': { area: 'own', may: everybody },
  'get /workflows': { area: 'own', may: everybody },
  'post /workflow/check': { area: 'county', body: { text: '' }, may: ['administrator'] },
  'put /workflow': { area: 'county', body: {}, may: ['administrator'] },
};
/** What whoever is ordered to the case in Zeguo reads of it from outside, written down a second time. */
const orderedRoutes = [
  'get /incidents',
  'get /incidents/:id',
  'get /incidents/:id/deliveries',
  'get /incidents/:id/evidence',
  'get /alarm-lines',
  'get /buildings/:id',
  'get /buildings/:id/plan',
  'get /devices/:id',
  'get /reports',
  'get /reports/:id',
  'get /cases',
  'get /cases/:code',
  'get /cases/:code/report',
  'get /cases/:code/report.json',
  'get /cases/:code/export.json',
  'get /cases/:code/files/:id',
  'post /cases/:code/files',
  'get /tickets/:id/proposals',
];
const orderedActs = [
  'acknowledge-alarm',
  'acknowledge-incident',
  'move-ticket',
  'transfer-ticket',
  'add-party',
  'move-party',
  'add-note',
  'add-evidence',
];
const acts: Record<string, { subject: string; may: readonly Role[]; more?: object }> = {
  'acknowledge-alarm': {
    subject: 'A-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
  },
  'reset-alarm': { subject: 'A-zeguo', may: ['commander', 'dispatcher'] },
  'shelve-alarm': { subject: 'A-zeguo', may: ['commander', 'dispatcher'], more: { minutes: 60 } },
  'unshelve-alarm': { subject: 'A-zeguo', may: ['commander', 'dispatcher'] },
  'remove-from-service': {
    subject: 'S-1',
    may: ['commander', 'dispatcher', 'administrator'],
    more: { of: 'device', until: noon, expectedVersion: undefined },
  },
  'return-to-service': { subject: 'H-zeguo', may: ['commander', 'dispatcher', 'administrator'] },
  'start-building-test': {
    subject: 'B1',
    may: ['commander', 'dispatcher', 'administrator'],
    more: { until: noon, expectedVersion: undefined },
  },
  'end-building-test': { subject: 'H-zeguo', may: ['commander', 'dispatcher', 'administrator'] },
  'merge-incidents': {
    subject: 'I-zeguo',
    may: ['commander', 'dispatcher'],
    more: { into: 'I-other', intoVersion: 1 },
  },
  'split-incident': { subject: 'I-zeguo', may: ['commander', 'dispatcher'], more: { alarms: ['A-zeguo'] } },
  'acknowledge-incident': { subject: 'I-zeguo', may: ['commander', 'dispatcher', 'responder'] },
  'open-ticket': { subject: 'I-zeguo', may: ['commander', 'dispatcher', 'responder'] },
  'move-ticket': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
    more: { to: 'dispatched' },
  },
  'assign-upkeep': {
    subject: 'U-zeguo',
    may: ['commander', 'dispatcher', 'administrator'],
    more: { orders: [{ id: 'U-1', version: 1 }], dueAt: noon, expectedVersion: undefined },
  },
  'resolve-upkeep': {
    subject: 'U-1',
    may: ['commander', 'dispatcher', 'administrator', 'responder', 'grid-worker'],
  },
  'return-upkeep': {
    subject: 'U-1',
    may: ['commander', 'dispatcher', 'administrator', 'responder', 'grid-worker'],
  },
  'assign-ticket': { subject: 'T-zeguo', may: ['commander', 'dispatcher'] },
  'chase-ticket': { subject: 'T-zeguo', may: ['commander', 'dispatcher'] },
  'send-broadcast': {
    subject: '331081100',
    may: ['commander', 'dispatcher'],
    more: { of: 'area', area: '331081100', level: 'township', expectedVersion: undefined },
  },
  'read-broadcast': {
    subject: 'B-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
    more: { expectedVersion: undefined },
  },
  'transfer-ticket': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'responder'],
    more: { unit: 'U-team' },
  },
  'add-party': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'responder'],
    more: { unit: 'U-village', role: 'support' },
  },
  'move-party': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
    more: { unit: 'U-village', to: 'on-scene' },
  },
  'release-party': { subject: 'T-zeguo', may: ['commander', 'dispatcher'], more: { unit: 'U-village' } },
  'set-duty': {
    subject: 'P3',
    may: ['commander', 'dispatcher', 'administrator'],
    more: { post: 'mobile', expectedVersion: undefined },
  },
  'reopen-ticket': { subject: 'T-zeguo', may: ['commander', 'dispatcher'], more: { to: 'review' } },
  'record-follow-up': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'grid-worker'],
    more: { satisfied: true },
  },
  'list-for-supervision': { subject: 'T-zeguo', may: ['commander', 'dispatcher'], more: { until: noon } },
  'end-supervision': { subject: 'T-zeguo', may: ['commander', 'dispatcher'] },
  'add-note': {
    subject: 'I-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
    more: { expectedVersion: undefined },
  },
  'start-drill': {
    subject: 'run-1',
    may: ['commander', 'tester', 'administrator'],
    more: { title: 'x', expectedVersion: undefined },
  },
  'end-drill': {
    subject: 'run-1',
    may: ['commander', 'tester', 'administrator'],
    more: { expectedVersion: undefined },
  },
};

/** What lies in Zeguo is known by its area, its name or its device. Points have no names. */
const ofZeguo = /331081100|zeguo|"S-1"/;

/** Lists that hold no names. */
const inBytes = ['get /map/points', 'get /cameras/places', 'get /cameras/scan/states'];

/** Which routes tell what names a citizen's number. */
const telling = [
  'get /broadcasts/:id',
  'get /incidents/:id/evidence',
  'get /buildings',
  'get /buildings/:id',
  'get /incidents/:id',
  'get /reports',
  'get /reports/:id',
  'get /holds',
  'get /upkeep',
  'get /cases/:code',
  'get /cases/:code/report',
  'get /cases/:code/report.json',
  'get /cases/:code/export.json',
  'get /history/alarms',
  'get /history/events',
];

let web: TestWeb;
let host: CameraHost;
const cookies = new Map<string, string>();
beforeAll(async () => {
  host = await CameraHost.start();
  web = await startTestWeb({ answerWaitMs: 1, cameraUrl: host.template });
  await makeZeguoBusy(web);
  for (const role of roles) {
    cookies.set(role, await enter(web, role));
    cookies.set(`${role} in`, await enter(web, role, zeguo, `${role}-in`));
    cookies.set(`${role} out`, await enter(web, role, songmen, `${role}-out`));
    cookies.set(`${role} ordered`, await enter(web, role, songmen, `${role}-ordered`));
  }
  await web.pool.query(`update fenghuo.account set unit = 'U-songmen' where name like '%-ordered'`);
  await web.pool.query(`update fenghuo.account set unit = 'U-village' where name like '%-out'`);
  await web.pool.query(`update fenghuo.ticket set units = '["U-songmen"]' where id = 'T-zeguo'`);
  await web.pool.query(`insert into fenghuo.api_token
      (county, name, account, token_hash, area, rights, issued_at, expires_at)
    values ('331081', 'stands', 'administrator', '', '331081', '{}', now(), now() + interval '1 day')`);
});
afterAll(async () => {
  await web.stop();
  await host.stop();
});

test('every route is in the walk', () => {
  const routes = apiRoutes({} as ApiContext).map(({ method, path }) => `${method} ${path}`);
  expect(routes.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (name, { area, path, body, may }) => {
  const [method = '', route = ''] = name.split(' ');
  const call = (as?: string, headers?: object, asker = 'commander') =>
    web.call(method.toUpperCase(), `/api/v1${typeof path === 'function' ? path(asker) : (path ?? route)}`, {
      ...(as === undefined ? {} : { as }),
      body: typeof body === 'function' ? body() : body,
      ...(headers === undefined ? {} : { headers }),
    });

  test('a stranger', async () => {
    const forged = `fenghuo_session=${'A'.repeat(43)}`;
    if (may === 'anybody') return expect([200, 201, 400, 404]).toContain((await call()).status);
    for (const as of [undefined, forged, 'fenghuo_session=']) {
      const response = await call(as);
      expect(response.status).toBe(401);
      const { error } = (await response.json()) as { error: string };
      expect(error).toBe(may === 'strangers' ? 'wrong-credentials' : 'not-signed-in');
    }
  });

  test.each(roles)('%s', async (role) => {
    if (may === 'strangers' || may === 'anybody') return;
    const cookie = name === 'delete /session' ? await web.signIn(role) : cookies.get(role)!;
    const response = await call(cookie, {}, role);
    const { status } = response;
    await expectDeclared(name, response);
    if (may.includes(role)) expect([200, 201, 202, 204, 400, 404, 415]).toContain(status);
    else expect(status).toBe(403);
  });

  test.each(roles)('%s of a township, in its area and outside', async (role) => {
    if (may === 'strangers' || may === 'anybody') return;
    const open = (where: string) =>
      name === 'delete /session' ? web.signIn(`${role}-${where}`) : cookies.get(`${role} ${where}`)!;
    const outside = await call(await open('out'), {}, `${role}-in`);
    const inside = await call(await open('in'), {}, `${role}-in`);
    const statuses = [inside.status, outside.status];
    if (!may.includes(role) || area === 'county') return expect(statuses).toEqual([403, 403]);
    expect(statuses).not.toContain(403);
    if (area === 'own') expect(inside.status).toBe(outside.status);
    if (area === 'subject') expect([inside.status === 404, outside.status]).toEqual([false, 404]);
    if (area === 'given') expect([inside.status === 400, outside.status]).toEqual([false, 400]);
    const [seen, unseen] = [await inside.text(), await outside.text()];
    expect(seen.includes(citizensNumber)).toBe(telling.includes(name) && personal.includes(role));
    if (area !== 'list') return;
    expect(statuses).toEqual([200, 200]);
    expect(unseen).not.toMatch(ofZeguo);
    if (inBytes.includes(name)) expect(seen).not.toBe(unseen);
    else expect(seen).toMatch(ofZeguo);
  });

  test.each(roles)('%s of another township whose unit is ordered to the case', async (role) => {
    if (may === 'strangers' || may === 'anybody' || area === 'own' || area === 'given') return;
    const response = await call(cookies.get(`${role} ordered`)!, {}, `${role}-in`);
    const { status } = response;
    if (!may.includes(role) || area === 'county') return expect(status).toBe(403);
    const said = inBytes.includes(name) ? '' : await response.text();
    const [sees, isList] = [orderedRoutes.includes(name), area === 'list'];
    if (isList) expect([status, ofZeguo.test(said)]).toEqual([200, sees]);
    else expect([status === 403, status === 404]).toEqual([false, !sees]);
    expect(said.includes(citizensNumber)).toBe(sees && telling.includes(name) && personal.includes(role));
    expect(said).not.toContain('I-other');
  });

  test('from a foreign page', async () => {
    if (method === 'get') return;
    for (const value of ['', '0']) {
      const response = await call(cookies.get('commander'), { 'X-Fenghuo': value });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: 'header-missing' });
    }
  });
});

test('every act is in the walk, and a screen is told which a role may do', async () => {
  const every = command.options.map((option) => option.shape.act.value);
  expect(every.sort()).toEqual(Object.keys(acts).sort());
  for (const role of roles) {
    const response = await web.call('GET', '/api/v1/session', { as: cookies.get(role)! });
    const { acts: told } = signedIn.parse(await response.json());
    const may = Object.entries(acts).filter((entry) => entry[1].may.includes(role));
    const offered = [...may.map(([act]) => act), ...(taking.includes(role) ? ['take-report'] : [])];
    expect(told.filter((act) => act in acts || act === 'take-report').sort()).toEqual(offered.sort());
  }
});

describe.each(Object.entries(acts))('act %s', (act, { subject, may, more }) => {
  test.each(roles)('%s', async (role) => {
    const body = { act, id: randomUUID(), subject, expectedVersion: 1, ...more };
    const { status } = await web.call('POST', '/api/v1/commands', { as: cookies.get(role)!, body });
    expect(status).toBe(may.includes(role) ? 202 : 403);
  });

  test.each(roles)('%s of another township whose unit is ordered to the case', async (role) => {
    const body = { act, id: randomUUID(), subject, expectedVersion: 1, ...more };
    const as = cookies.get(`${role} ordered`)!;
    const { status } = await web.call('POST', '/api/v1/commands', { as, body });
    expect(status).toBe(may.includes(role) && orderedActs.includes(act) ? 202 : 403);
  });

  test.each(roles)('%s of a township, in its area and outside', async (role) => {
    const isOfCounty = subject === 'run-1';
    for (const where of ['in', 'out']) {
      const body = { act, id: randomUUID(), subject, expectedVersion: 1, ...more };
      const as = cookies.get(`${role} ${where}`)!;
      const { status } = await web.call('POST', '/api/v1/commands', { as, body });
      expect(status).toBe(may.includes(role) && where === 'in' && !isOfCounty ? 202 : 403);
    }
  });
});

test.each(administratorsActs)(
  '%s is no command: nothing stands on the record that nobody did',
  async (act) => {
    const body = { act, id: randomUUID(), subject: '1', detail: '', expectedVersion: 1 };
    const { status } = await web.call('POST', '/api/v1/commands', {
      as: cookies.get('administrator')!,
      body,
    });
    expect(status).toBe(400);
  },
);

test('rights over the county are not a township’s', async () => {
  const commander = await enter(web, 'commander', zeguo, 'township-commander');
  const administrator = await enter(web, 'administrator', zeguo, 'township-administrator');
  const start = { act: 'start-drill', id: randomUUID(), subject: 'run-2', title: 'x' };
  expect((await web.call('POST', '/api/v1/commands', { as: commander, body: start })).status).toBe(403);
  expect((await web.call('POST', '/api/v1/drills', { as: commander, body: { title: 'x' } })).status).toBe(
    403,
  );
  expect((await web.call('GET', '/api/v1/quarantine', { as: administrator })).status).toBe(403);
  expect(await web.call('GET', '/metrics', forwarded(administrator)).then(({ status }) => status)).toBe(403);
});

function forwarded(as?: string) {
  return { ...(as === undefined ? {} : { as }), headers: { 'X-Forwarded-For': '203.0.113.9' } };
}

test('metrics are for this machine and for administrators', async () => {
  expect((await web.call('GET', '/metrics')).status).toBe(200);
  expect((await web.call('GET', '/metrics', forwarded())).status).toBe(403);
  expect((await web.call('GET', '/metrics', forwarded(cookies.get('commander')))).status).toBe(403);
  const response = await web.call('GET', '/metrics', forwarded(cookies.get('administrator')));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('fenghuo_api_requests_total');
});
