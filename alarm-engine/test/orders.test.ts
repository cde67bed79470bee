import { randomUUID } from 'node:crypto';
import type { Change, ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import sharp from 'sharp';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CrashStation, prepareStation } from './crash-station.ts';
import type { ServerProcess } from './server-process.ts';
import { insertTestAccount, password, songmen, zeguo } from './small-county.ts';
import { connect, type ScreenSocket } from './test-web.ts';

/** A team of Zeguo is ordered to a fire in Songmen: what it sees, and does, and no longer sees. */
let station: CrashStation;
let server: ServerProcess;
const cookies = new Map<string, string>();
const phones: Phone[] = [];

beforeAll(async () => {
  station = await prepareStation();
  await station.outside.query(
    `insert into fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities)
     values ('U-second', '331081', 'team', '331081101', 'U-songmen', '松门专职队', 'Songmen team', 121.6, 28.34, '{rescue}')`,
  );
  server = await station.start();
  for (const [role, area, name, unit] of [
    ['responder', zeguo, 'team', 'U-team'],
    ['dispatcher', zeguo, 'room-of-team', 'U-zeguo'],
    ['responder', zeguo, 'neighbour', 'U-village'],
    ['dispatcher', songmen, 'songmen', 'U-songmen'],
    ['commander', undefined, 'chen', 'U-county'],
  ] as const) {
    await insertTestAccount(station.outside, role, area, name);
    await station.outside.query('update fenghuo.account set unit = $2 where name = $1', [name, unit]);
    const response = await ask('', 'POST', '/session', { account: name, password });
    cookies.set(name, response.headers.getSetCookie()[0]!.split(';')[0]!);
  }
});
afterAll(async () => {
  for (const { socket } of phones) socket.disconnect();
  await station[Symbol.asyncDispose]();
});

function ask(who: string, method: string, to: string, body?: unknown) {
  const cookie = cookies.get(who);
  const isFile = body instanceof Buffer;
  return fetch(`http://127.0.0.1:${server.httpPort}/api/v1${to}`, {
    method,
    headers: {
      ...{ 'X-Fenghuo': '1', 'Content-Type': isFile ? 'image/jpeg' : 'application/json' },
      ...(cookie === undefined ? {} : { cookie }),
    },
    ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}

/** What a screen holds of the world, as it is told; waits for what it is to hold. */
class Phone {
  readonly socket: ScreenSocket;
  readonly held = new Map<string, unknown>();
  /** What was told to be gone. */
  readonly gone: string[] = [];
  #wake = () => {};

  private constructor(who: string) {
    const options = { transports: ['websocket'], forceNew: true, autoConnect: false };
    const extraHeaders = { Cookie: cookies.get(who)! };
    this.socket = io(`http://127.0.0.1:${server.httpPort}`, { ...options, extraHeaders });
    this.socket.on('snapshot', (message) => this.#restart(message));
    this.socket.on('changes', (message) => this.#apply(message));
  }

  static async of(who: string): Promise<Phone> {
    const phone = new Phone(who);
    phones.push(phone);
    await connect(phone.socket);
    phone.socket.emit('follow', { after: null });
    return phone;
  }

  /** Ids of a kind that it holds: A, I, T. */
  has(letter: string): string[] {
    return [...this.held.keys()].filter((id) => id.startsWith(`331081-${letter}`));
  }

  get ticket(): TicketRecord | undefined {
    return this.held.get(this.has('T')[0] ?? '') as TicketRecord | undefined;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds())
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
  }

  #restart({ alarms, incidents, tickets }: Snapshot): void {
    this.held.clear();
    this.held.set('snapshot', true);
    for (const record of [...alarms, ...incidents, ...tickets]) this.held.set(record.id, record);
    this.#wake();
  }

  #apply({ changes }: ChangesMessage): void {
    for (const change of changes) this.#take(change);
    this.#wake();
  }

  #take({ key, doc }: Change): void {
    if (doc === null) this.gone.push(key);
    if (doc === null || ('closedAt' in doc && doc.closedAt !== null)) this.held.delete(key);
    else this.held.set(key, doc);
  }
}

/** An act on the ticket as it is: its status and what was answered. */
async function act(who: string, body: object): Promise<{ status: number; reason?: string }> {
  const { id: subject, version: expectedVersion } = await ticketNow();
  const whole = { id: randomUUID(), subject, expectedVersion, reason: '已办', ...body };
  const response = await ask(who, 'POST', '/commands', whole);
  return { status: response.status, ...((await response.json()) as object) };
}
const move = (who: string, to: string, more = {}) => act(who, { act: 'move-ticket', to, ...more });

async function document<T>(table: string): Promise<T> {
  const { rows } = await station.outside.query(`select doc from fenghuo.${table} order by id desc limit 1`);
  return rows[0].doc as T;
}
const ticketNow = () => document<TicketRecord>('ticket');
const incidentNow = () => document<IncidentRecord>('incident');

/** Everything of the case that REST tells, as statuses, to be all the same. */
async function look(who: string): Promise<number[]> {
  const { id, caseCode } = await incidentNow();
  const paths = [`/incidents/${id}`, `/incidents/${id}/deliveries`, '/buildings/B2', '/buildings/B2/plan'];
  paths.push('/devices/S-2', '/devices/G-2', '/reports/R-call');
  const { id: ticket } = await ticketNow();
  paths.push(`/cases/${caseCode}`, `/cases/${caseCode}/report`, `/cases/${caseCode}/export.json`);
  if ((await ticketNow()).closedAt === null) paths.push(`/tickets/${ticket}/proposals`);
  const lists = await Promise.all(
    ['/incidents', '/cases', '/alarm-lines', '/reports'].map(async (list) =>
      (await ask(who, 'GET', list)).text(),
    ),
  );
  for (const list of lists) expect(list.includes(id)).toBe(lists[0]!.includes(id));
  const statuses = await Promise.all(paths.map(async (to) => (await ask(who, 'GET', to)).status));
  expect(new Set(statuses.map((status) => status === 200))).toEqual(new Set([lists[0]!.includes(id)]));
  return [...new Set(statuses)];
}

const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();

test('a fire in Songmen → the team of Zeguo is ordered: it sees, accepts, arrives, sends a photo, reports → sent back → recalled: gone', async () => {
  const team = await Phone.of('team');
  const room = await Phone.of('room-of-team');
  const neighbour = await Phone.of('neighbour');
  for (const phone of [team, room, neighbour]) await phone.until(() => phone.held.has('snapshot'));
  expect(team.has('')).toEqual([]);

  const device = await station.connect(server);
  for (const [id, kind] of [
    ['S-2', 'smoke'],
    ['G-2', 'manual'],
  ] as const) {
    const payload = JSON.stringify({ id: `${id}-1`, kind, ts: Date.now(), value: 1 });
    await device.publishAsync(`fenghuo/v1/331081/${id}/event`, payload, { qos: 1 });
  }
  const { id: incident, caseCode } = await incidentNow();
  await station.outside.query(
    `insert into fenghuo.report (id, county, no, seat, area, at, channel, what, lon, lat, taken_by, alarm)
     select 'R-call', county, 1, '', area, raised_at, '119', 'fire', 121.6, 28.34, 'songmen', id from fenghuo.alarm limit 1`,
  );
  if ((await ticketNow()).holder !== 'U-team')
    expect(await act('songmen', { act: 'assign-ticket', unit: 'U-team' })).toMatchObject({ status: 200 });

  for (const phone of [team, room])
    await phone.until(() => phone.has('T').length + phone.has('I').length + phone.has('A').length === 4);
  expect(team.ticket).toMatchObject({ holder: 'U-team', incident, stage: 'dispatched' });
  expect(await look('team')).toEqual([200]);
  expect(await look('room-of-team')).toEqual([200]);
  expect(await look('neighbour')).toEqual([404]);

  expect(await move('neighbour', 'accepted')).toMatchObject({ status: 403 });
  expect(await move('team', 'accepted')).toMatchObject({ status: 200 });
  await team.until(() => team.ticket?.stage === 'accepted');
  const { id: alarm } = (await document('alarm')) as { id: string };
  const shelve = { act: 'shelve-alarm', subject: alarm, minutes: 5 };
  for (const body of [shelve, { act: 'reopen-ticket' }, { act: 'list-for-supervision', until: 1 }])
    expect((await act('room-of-team', body)).status).toBe(403);
  const late = await Phone.of('team');
  await late.until(() => late.ticket?.stage === 'accepted' && late.has('A').length === 2);

  const position = { ticket: (await ticketNow()).id, lon: 121.6, lat: 28.34, accuracyM: 9, ageMs: 0 };
  expect((await ask('team', 'POST', '/positions', position)).status).toBe(204);
  expect((await ask('neighbour', 'POST', '/positions', position)).status).toBe(404);
  expect(await move('team', 'on-scene')).toMatchObject({ status: 200 });
  const uploaded = await ask('team', 'POST', `/cases/${caseCode}/files?note=现场`, await photo());
  expect(uploaded.status).toBe(201);
  const { id: file } = (await uploaded.json()) as { id: string };
  expect((await ask('room-of-team', 'GET', `/cases/${caseCode}/files/${file}`)).status).toBe(200);
  for (const who of ['neighbour', ''])
    expect([401, 404]).toContain((await ask(who, 'GET', `/cases/${caseCode}/files/${file}`)).status);
  expect((await ask('neighbour', 'POST', `/cases/${caseCode}/files`, await photo())).status).toBe(404);
  expect(await act('songmen', { act: 'add-party', unit: 'U-second', role: 'support' })).toMatchObject({
    status: 200,
  });
  expect(await act('team', { act: 'move-party', unit: 'U-second', to: 'on-scene' })).toMatchObject({
    reason: 'not-authorised',
  });
  expect(await move('team', 'under-control')).toMatchObject({ status: 200 });
  expect(await move('team', 'feedback')).toMatchObject({ status: 200 });

  await team.until(() => team.ticket?.stage === 'feedback');
  expect(await look('team')).toEqual([200]);
  expect(await move('team', 'review')).toMatchObject({ status: 409, reason: 'not-authorised' });
  expect(await move('room-of-team', 'review')).toMatchObject({ status: 409, reason: 'not-authorised' });
  expect(await move('songmen', 'on-scene')).toMatchObject({ status: 200 });
  await team.until(() => team.ticket?.holder === 'U-team');

  expect(await act('songmen', { act: 'transfer-ticket', unit: 'U-second' })).toMatchObject({ status: 200 });
  for (const phone of [team, room, late]) {
    await phone.until(() => phone.has('').length === 0);
    expect(phone.gone).toEqual(expect.arrayContaining([(await ticketNow()).id, incident]));
  }
  for (const who of ['team', 'room-of-team', 'neighbour']) expect(await look(who)).toEqual([404]);
  expect(await move('team', 'under-control')).toMatchObject({ status: 403 });
  expect((await ask('team', 'POST', `/cases/${caseCode}/files`, await photo())).status).toBe(404);
  expect((await ask('team', 'GET', `/cases/${caseCode}/files/${file}`)).status).toBe(404);
  expect((await ask('team', 'POST', '/positions', position)).status).toBe(404);
  expect(neighbour.has('')).toEqual([]);
  expect(neighbour.gone).toEqual([]);
});

test('called beside the holder → sees it and speaks for itself only → released: gone; called again → the case is closed: gone', async () => {
  const team = await Phone.of('team');
  await team.until(() => team.held.has('snapshot'));
  const call = { act: 'add-party', unit: 'U-team', role: 'support' };
  expect(await act('songmen', call)).toMatchObject({ status: 200 });
  await team.until(() => team.has('A').length === 2 && team.ticket !== undefined);
  expect(await act('team', { act: 'move-party', unit: 'U-team', to: 'on-scene' })).toMatchObject({
    status: 200,
  });
  for (const body of [
    { act: 'move-party', unit: 'U-second', to: 'done' },
    { act: 'move-ticket', to: 'under-control' },
    { act: 'transfer-ticket', unit: 'U-team' },
  ])
    expect(await act('team', body)).toMatchObject({ reason: 'not-authorised' });
  expect(await act('songmen', { act: 'release-party', unit: 'U-team' })).toMatchObject({ status: 200 });
  await team.until(() => team.has('').length === 0);
  expect(await act('songmen', call)).toMatchObject({ status: 200 });
  await team.until(() => team.ticket !== undefined && team.has('A').length === 2);
  expect(await move('songmen', 'false-alarm')).toMatchObject({ status: 200 });
  await team.until(() => team.has('').length === 0);
  expect(await look('team')).toEqual([404]);
});
