import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { caseExport, dossier as dossierShape, shownReport } from '@fenghuo/contracts/case.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenLinks } from '../src/cases/export-case.ts';
import { type CrashStation, prepareStation } from './crash-station.ts';
import type { ServerProcess } from './server-process.ts';
import { insertTestAccount, password, songmen, zeguo } from './small-county.ts';

let station: CrashStation;
let server: ServerProcess;
const cookies = new Map<string, string>();
const hours = 3_600_000;

beforeAll(async () => {
  station = await prepareStation();
  server = await station.start();
  for (const [role, area, name] of [
    ['commander', undefined, 'chen'],
    ['dispatcher', zeguo, 'li'],
    ['dispatcher', zeguo, 'wang'],
    ['dispatcher', songmen, 'songmen'],
    ['auditor', undefined, 'zhou'],
  ] as const) {
    await insertTestAccount(station.outside, role, area, name);
    const response = await ask('', 'POST', '/session', { account: name, password });
    cookies.set(name, response.headers.getSetCookie()[0]!.split(';')[0]!);
  }
});
afterAll(async () => station[Symbol.asyncDispose]());

function ask(who: string, method: string, to: string, body?: unknown, type = 'application/json') {
  const cookie = cookies.get(who);
  const sent = body instanceof Buffer ? new Uint8Array(body) : JSON.stringify(body);
  return fetch(`http://127.0.0.1:${server.httpPort}/api/v1${to}`, {
    method,
    headers: { 'X-Fenghuo': '1', 'Content-Type': type, ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { body: sent }),
  });
}

/** An act over REST: its status, and what was answered. */
async function act(
  who: string,
  body: object,
): Promise<{ status: number; ok?: boolean; reason?: string; message?: { zh: string } }> {
  const response = await ask(who, 'POST', '/commands', { id: randomUUID(), ...body });
  return { status: response.status, ...((await response.json()) as object) };
}

async function document<T>(table: 'incident' | 'ticket'): Promise<T> {
  const { rows } = await station.outside.query(`select doc from fenghuo.${table} order by id limit 1`);
  return rows[0].doc as T;
}
const ticketNow = () => document<TicketRecord>('ticket');
const incidentNow = () => document<IncidentRecord>('incident');

/** An act on the ticket as it is now. */
async function onTicket(who: string, body: object) {
  const { id: subject, version: expectedVersion } = await ticketNow();
  return act(who, { subject, expectedVersion, ...body });
}

async function move(who: string, ...steps: string[]): Promise<void> {
  for (const to of steps)
    expect(await onTicket(who, { act: 'move-ticket', to, reason: '已办' })).toMatchObject({ status: 200 });
}

/** Where it was done, as the time line of the case says. */
async function seatsOf(code: string, words: string): Promise<(string | undefined)[]> {
  const { timeLine } = shownReport.parse(
    await (await ask('chen', 'GET', `/cases/${code}/report.json`)).json(),
  );
  return timeLine.filter(({ what }) => what.zh.startsWith(words)).map(({ seat }) => seat);
}

/** One of several who did it in the same moment was first, and the others were told so. */
async function firstOf(body: object): Promise<void> {
  const { id: subject, version: expectedVersion } = await ticketNow();
  const of = { subject, expectedVersion, reason: '同时', ...body };
  const people = ['li', 'wang', 'chen'];
  const answers = await Promise.all(people.map((who) => act(who, of)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const first = people[answers.findIndex(({ ok }) => ok)];
  const seconds = answers.filter(({ reason }) => reason === 'version-conflict');
  expect(seconds.map(({ message }) => message?.zh)).toEqual([
    expect.stringMatching(new RegExp(`^测试 ${first}(（席位 3）)?已在 \\S+ 先行办理`)),
    expect.stringMatching(new RegExp(`^测试 ${first}(（席位 3）)?已在 \\S+ 先行办理`)),
  ]);
}

const audit = path.resolve(import.meta.dirname, '../src/audit.ts');
const verify = () =>
  promisify(execFile)(process.execPath, [audit, 'verify', '--json'], {
    env: {
      ...{ PATH: process.env.PATH, FENGHUO_DATABASE_URL: station.database.appUrl },
      FENGHUO_OWNER_DATABASE_URL: station.database.ownerUrl,
    },
  });

test('smoke and a call point over MQTT, a call → ordered, handled, reviewed, killed in between, closed → visited → reopened → closed: one case, one record', async () => {
  const device = await station.connect(server);
  for (const [id, kind] of [
    ['S-1', 'smoke'],
    ['H-1', 'manual'],
  ] as const) {
    const payload = JSON.stringify({ id: `${id}-1`, kind, ts: Date.now(), value: 1 });
    await device.publishAsync(`fenghuo/v1/331081/${id}/event`, payload, { qos: 1 });
  }
  const incident = await incidentNow();
  const code = incident.caseCode;
  expect(await ticketNow()).toMatchObject({ stage: 'dispatched', holder: 'U-team', caseCode: code });
  const call = {
    ...{ id: randomUUID(), channel: '119', what: 'fire', words: '五楼冒烟', joins: incident.id },
    ...{ place: { by: 'building', building: 'B1', floor: 5 }, caller: { name: '王', phone: '13812342207' } },
  };
  for (let i = 0; i < 2; i += 1) expect((await ask('li', 'POST', '/reports', call)).status).toBe(200);
  expect((await incidentNow()).alarms).toHaveLength(3);

  const { id: subject, version: expectedVersion } = await incidentNow();
  const look = { act: 'acknowledge-incident', subject, expectedVersion, reason: '看过' };
  const both = await Promise.all(['li', 'wang'].map((who) => act(who, look)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

  await firstOf({ act: 'move-ticket', to: 'accepted' });
  await firstOf({ act: 'add-party', unit: 'U-village', role: 'support' });
  await firstOf({ act: 'move-party', unit: 'U-village', to: 'on-scene' });
  await firstOf({ act: 'list-for-supervision', until: Date.now() + hours });
  const again = { id: randomUUID(), act: 'move-ticket', to: 'on-scene' };
  const of = { subject: (await ticketNow()).id, expectedVersion: (await ticketNow()).version };
  for (const seat of ['席位 2', '席位 3']) {
    expect((await ask('li', 'PUT', '/session/seat', { seat })).status).toBe(200);
    expect(await act('li', { ...of, ...again })).toMatchObject({ ok: true });
  }
  expect(await seatsOf(code, '到场')).toEqual(['席位 2']);
  expect((await act('wang', { ...of, ...again })).status).toBe(409);

  server.kill();
  await server.ended;
  server = await station.start();
  expect(await ticketNow()).toMatchObject({ stage: 'on-scene', parties: [{ state: 'on-scene' }] });
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();
  const uploaded = await ask('li', 'POST', `/cases/${code}/files?note=现场`, photo, 'image/jpeg');
  expect(uploaded.status).toBe(201);
  const { id: file } = (await uploaded.json()) as { id: string };
  await move('li', 'under-control', 'feedback', 'review', 'supervision');
  expect(await onTicket('li', { act: 'move-ticket', to: 'closed' })).toMatchObject({
    reason: 'not-authorised',
  });
  expect(await onTicket('chen', { act: 'move-ticket', to: 'closed' })).toMatchObject({ status: 409 });
  await onTicket('li', { act: 'move-party', unit: 'U-village', to: 'done' });
  await firstOfCounty({ act: 'move-ticket', to: 'closed' });
  await firstOf({ act: 'record-follow-up', satisfied: true });
  await firstOf({ act: 'reopen-ticket' });
  await move(
    'li',
    'dispatched',
    'accepted',
    'on-scene',
    'under-control',
    'feedback',
    'review',
    'supervision',
  );
  await move('chen', 'closed');

  const reported = async () => dossierShape.parse(await (await ask('li', 'GET', `/cases/${code}`)).json());
  await expect
    .poll(async () => (await reported()).reports.map(({ round }) => round), { timeout: 20_000 })
    .toEqual([0, 1]);
  const taken = caseExport.parse(await (await ask('zhou', 'GET', `/cases/${code}/export.json`)).json());
  expect(brokenLinks(taken.record)).toEqual([]);
  expect(taken.files).toHaveLength(1);
  expect(taken.dossier.ticket).toMatchObject({
    stage: 'closed',
    reopened: 1,
    listed: { by: expect.any(String) },
  });

  for (const to of [
    ...['', '/export.json', '/report', `/files/${file}`].map((end) => `/cases/${code}${end}`),
    ...[`/reports/report-${call.id}`, `/incidents/${subject}/deliveries`, `/tickets/${of.subject}/proposals`],
  ])
    expect([to, (await ask('songmen', 'GET', to)).status]).toEqual([to, 404]);
  for (const body of [
    { act: 'reopen-ticket', subject: of.subject },
    { act: 'record-follow-up', subject: of.subject, satisfied: true },
    { act: 'add-note', subject },
  ])
    expect(await act('songmen', { expectedVersion: 1, reason: 'x', ...body })).toMatchObject({ status: 403 });
  expect(JSON.parse((await verify()).stdout)).toMatchObject({ fault: null });
});

/** As {@link firstOf}, of those who may. */
async function firstOfCounty(body: object): Promise<void> {
  const { id: subject, version: expectedVersion } = await ticketNow();
  const of = { subject, expectedVersion, reason: '同时', ...body };
  const answers = await Promise.all(['chen', 'chen'].map((who) => act(who, of)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
}

const pdf = Buffer.from('%PDF-1.7 x');

test('texts, times and places of a slip of the hand or of malice: refused in words, and nothing is set aside as unstorable', async () => {
  const call = { channel: '110', what: 'fire', place: { by: 'building', building: 'B1' } };
  const report = (more: object) => ask('li', 'POST', '/reports', { id: randomUUID(), ...call, ...more });
  expect((await report({ words: '𠮷'.repeat(250) })).status).toBe(200);
  const { rows } = await station.outside.query(
    `select doc from fenghuo.ticket where doc ->> 'closedAt' is null`,
  );
  const { id: subject, version: expectedVersion, incident, caseCode } = rows[0].doc as TicketRecord;
  const tries = (body: object) => act('li', { subject, expectedVersion, reason: 'x', ...body });
  for (const text of ['a\0b', '\ud800', '火'.repeat(501)]) {
    for (const more of [{ reason: text }, { seat: text }, { unit: text }])
      expect((await tries({ act: 'add-party', role: 'lead', unit: 'U-village', ...more })).status).toBe(400);
    expect((await tries({ act: 'add-note', subject: incident, reason: text })).status).toBe(400);
    for (const more of [{ words: text }, { caller: { name: text } }, { seat: text }])
      expect((await report(more)).status).toBe(400);
    const name = encodeURIComponent(text.toWellFormed());
    const file = `/cases/${caseCode}/files?name=${name}`;
    expect((await ask('li', 'POST', file, pdf, 'application/pdf')).status).toBeOneOf([400, 415]);
  }
  for (const reason of ['‮<script>', '𠮷'.repeat(250)])
    expect(await tries({ act: 'add-note', subject: incident, reason })).toMatchObject({ ok: true });
  for (const time of [1e300, -1e300, Date.now() + 1e14, 0.5]) {
    for (const body of [
      { act: 'list-for-supervision', until: time },
      { act: 'set-duty', subject: 'P3', post: 'mobile', until: time },
      { act: 'remove-from-service', of: 'device', subject: 'S-1', until: time },
    ])
      expect(await act('chen', { subject, expectedVersion, reason: 'x', ...body })).toMatchObject({
        reason: 'not-allowed-now',
      });
  }
  for (const point of [
    { by: 'point', lon: 0, lat: 0 },
    { by: 'point', lon: 121.61, lat: 28.35 },
  ])
    expect(await (await report({ place: point })).json()).toMatchObject({ reason: 'not-authorised' });
  const answered = await station.outside.query(
    `select count(*)::int as n from fenghuo.command where answer ->> 'reason' = 'could-not-be-stored'`,
  );
  expect(answered.rows[0].n).toBe(0);
});
