import { randomUUID } from 'node:crypto';
import { administratorsActs, command } from '@fenghuo/contracts/commands.ts';
import { signedIn } from '@fenghuo/contracts/rest.ts';
import { type Role, roles } from '@fenghuo/contracts/words.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiContext } from '../src/api/route.ts';
import { apiRoutes } from '../src/api/router.ts';
import { anAlarm, anIncident, aTicket, noon } from './records.ts';
import { zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

/** Who may call what, written down a second time: a slip in the table of the house is not repeated here. */
const everybody = roles;
const expected: Record<string, { path?: string; body?: unknown; may: readonly Role[] | 'strangers' }> = {
  'post /session': { body: { account: 'x', password: 'x' }, may: 'strangers' },
  'get /session': { may: everybody },
  'delete /session': { may: everybody },
  'post /commands': { body: {}, may: everybody },
  'get /map/base/:name': { path: '/map/base/county', may: everybody },
  'get /map/points': { may: everybody },
  'get /devices': { may: everybody },
  'get /devices/:id': { path: '/devices/S-1', may: everybody },
  'get /buildings/:id': { path: '/buildings/B1', may: everybody },
  'get /incidents': { may: everybody },
  'get /incidents/:id': { path: '/incidents/I-zeguo', may: everybody },
  'get /incidents/:id/deliveries': { path: '/incidents/I-zeguo/deliveries', may: everybody },
  'get /holds': { may: everybody },
  'get /alarm-performance': { may: everybody },
  'get /alarm-performance/history': { may: everybody },
  'get /bad-actors': { may: everybody },
  'get /false-rates': { may: everybody },
  'get /rule-proposals': { may: everybody },
  'get /history/events': { may: everybody },
  'get /history/alarms': { may: everybody },
  'get /history/transitions': { may: everybody },
  'get /history/rollups': { path: '/history/rollups?of=events&from=0&to=1', may: everybody },
  'post /drills': { body: { title: 'x' }, may: ['commander', 'tester', 'administrator'] },
  'post /drills/:run/end': { path: '/drills/none/end', may: ['commander', 'tester', 'administrator'] },
  'get /credentials': { may: ['administrator'] },
  'post /credentials': { body: {}, may: ['administrator'] },
  'post /credentials/:name/revoke': { path: '/credentials/%00/revoke', may: ['administrator'] },
  'get /quarantine': { may: ['administrator'] },
  'get /quarantine/:no': { path: '/quarantine/1', may: ['administrator'] },
  'post /quarantine/reprocess': { body: { reason: 'x' }, may: ['administrator'] },
  'post /quarantine/:no/reprocess': { path: '/quarantine/1/reprocess', may: ['administrator'] },
  'get /carrier-sources': { may: ['administrator'] },
  'post /carrier-sources': {
    body: { source: 'x', dialect: 'ctwing', area: '331081' },
    may: ['administrator'],
  },
  'get /rulebook': { may: everybody },
  'get /rulebook/versions': { may: everybody },
  'get /rulebook/versions/:version': { path: '/rulebook/versions/0', may: everybody },
  'post /rulebook/check': { body: {}, may: ['administrator'] },
  'post /rulebook/backtest': { body: {}, may: ['administrator'] },
  'put /rulebook': { body: {}, may: ['administrator'] },
  'delete /carrier-sources/:source': { path: '/carrier-sources/stands', may: ['administrator'] },
};
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
  'move-ticket': {
    subject: 'T-zeguo',
    may: ['commander', 'dispatcher', 'responder', 'grid-worker'],
    more: { to: 'dispatched' },
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

let web: TestWeb;
const cookies = new Map<Role, string>();
beforeAll(async () => {
  web = await startTestWeb({ answerWaitMs: 1 });
  const area = `${zeguo}203-02`;
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ id: 'A-zeguo', area }) },
    { topic: 'incident', doc: anIncident({ id: 'I-zeguo', area }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-zeguo', area }) },
  );
  await web.pool.query(`insert into fenghuo.quarantine (county, received_at, reason, source, topic, bytes, detail)
                        values ('331081', now(), 'schema', 'test', 'a', '', '')`);
  await web.pool.query(`insert into fenghuo.carrier_source (source, county, dialect, area, secret_hash, issued_by)
                        values ('stands', '331081', 'ctwing', '331081', '', 'test')`);
  await web.pool.query(`insert into fenghuo.rulebook (county, version, text, digest, author, reason, at, engine_no)
                        values ('331081', 0, '', '', 'house', '', now(), 0)`);
  for (const role of roles) cookies.set(role, await enter(web, role));
});
afterAll(() => web.stop());

test('every route is in the walk', () => {
  const routes = apiRoutes({} as ApiContext).map(({ method, path }) => `${method} ${path}`);
  expect(routes.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (name, { path, body, may }) => {
  const [method = '', route = ''] = name.split(' ');
  const call = (as?: string, headers?: object) =>
    web.call(method.toUpperCase(), `/api/v1${path ?? route}`, {
      ...(as === undefined ? {} : { as }),
      body,
      ...(headers === undefined ? {} : { headers }),
    });

  test('a stranger', async () => {
    const forged = `fenghuo_session=${'A'.repeat(43)}`;
    for (const as of [undefined, forged, 'fenghuo_session=']) {
      const response = await call(as);
      expect(response.status).toBe(401);
      const { error } = (await response.json()) as { error: string };
      expect(error).toBe(may === 'strangers' ? 'wrong-credentials' : 'not-signed-in');
    }
  });

  test.each(roles)('%s', async (role) => {
    if (may === 'strangers') return;
    const cookie = name === 'delete /session' ? await web.signIn(role) : cookies.get(role)!;
    const { status } = await call(cookie);
    if (may.includes(role)) expect([200, 201, 202, 204, 400]).toContain(status);
    else expect(status).toBe(403);
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
    expect(told.sort()).toEqual(may.map(([act]) => act).sort());
  }
});

describe.each(Object.entries(acts))('act %s', (act, { subject, may, more }) => {
  test.each(roles)('%s', async (role) => {
    const body = { act, id: randomUUID(), subject, expectedVersion: 1, ...more };
    const { status } = await web.call('POST', '/api/v1/commands', { as: cookies.get(role)!, body });
    expect(status).toBe(may.includes(role) ? 202 : 403);
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
