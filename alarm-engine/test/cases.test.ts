import { createHash, randomUUID } from 'node:crypto';
import {
  attached,
  type CaseExport,
  type CaseReport,
  caseExport,
  casePage,
  type Dossier,
  dossier as dossierShape,
} from '@fenghuo/contracts/case.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Client } from 'pg';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks } from '../src/cases/export-case.ts';
import { ReportKeeper } from '../src/cases/report-keeper.ts';
import { connectClient } from '../src/store/pool.ts';
import { History } from './history.ts';
import { noon } from './records.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let outside: Client;
let history: History;
let keeper: ReportKeeper;
const cookies = new Map<string, string>();

beforeAll(async () => {
  web = await startTestWeb();
  outside = await connectClient({ url: web.ownerUrl, name: 'outside' });
  history = new History(web.databaseUrl, outside);
  await history.start();
  keeper = new ReportKeeper({ db: web.pool, county, log: pino({ level: 'silent' }) });
  for (const role of ['commander', 'auditor', 'viewer'] as const) cookies.set(role, await enter(web, role));
  cookies.set('songmen', await enter(web, 'commander', songmen, 'songmen'));
});

afterAll(async () => {
  await history.stop();
  await outside.end();
  await web.stop();
});

const minute = 60_000;
const loop = [
  'dispatched',
  'accepted',
  'on-scene',
  'under-control',
  'feedback',
  'review',
  'supervision',
  'closed',
];

async function caseOf(id: string): Promise<{ incident: IncidentRecord; ticket: TicketRecord }> {
  const incident = (await history.documents<IncidentRecord>('incident')).find((one) => one.id === id)!;
  const ticket = (await history.documents<TicketRecord>('ticket')).find((one) => one.incident === id)!;
  return { incident, ticket };
}

async function openedBy(before: readonly string[]): Promise<string> {
  const incidents = await history.documents<IncidentRecord>('incident');
  return incidents.find(({ id }) => !before.includes(id))!.id;
}

/** A fire in building B1 by a smoke and a heat detector; gives the incident. */
async function fire(more: object = {}): Promise<string> {
  const before = (await history.documents<IncidentRecord>('incident')).map(({ id }) => id);
  await history.say(history.event({ value: 0.3, unit: 'dB/m', attrs: { loop: 7 }, ...more }));
  await history.pass(20_000);
  await history.say(history.event({ deviceId: 'H-1', kind: 'heat', ...more }));
  await history.pass(2_000);
  return openedBy(before);
}

/** The incident that is open in a building. */
async function openIn(building: string): Promise<string> {
  const incidents = await history.documents<IncidentRecord>('incident');
  return incidents.find((one) => one.building === building && one.closedAt === null)!.id;
}

/** Moves a ticket on, a while before each step. */
async function lead(incident: string, steps: readonly string[], everyMs: number): Promise<void> {
  for (const to of steps) {
    await history.pass(everyMs);
    const { ticket } = await caseOf(incident);
    const of = { subject: ticket.id, expectedVersion: ticket.version, reason: '已办' };
    const answer = await history.order({ act: 'move-ticket', to, ...of });
    expect(answer).toMatchObject({ ok: true });
  }
}

const get = (path: string, as = 'commander') =>
  web.call('GET', `/api/v1/cases${path}`, { as: cookies.get(as)! });

async function dossierOf(code: string, as = 'commander'): Promise<Dossier> {
  return dossierShape.parse(await (await get(`/${code}`, as)).json());
}

function upload(code: string, bytes: Buffer, { as = 'commander', type = 'image/jpeg', query = '' } = {}) {
  return fetch(`${web.url}/api/v1/cases/${code}/files${query}`, {
    method: 'POST',
    headers: { 'X-Fenghuo': '1', Cookie: cookies.get(as)!, 'Content-Type': type },
    body: new Uint8Array(bytes),
  });
}

/** A sideways photo that says when, where, by which phone and by whom it was taken. */
const photo = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#a33' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExif({
      IFD0: { Make: 'SecretPhone', Artist: '王建国' },
      IFD2: { DateTimeOriginal: '2026:03:01 12:01:30' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '28/1 29/1 24/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '121/1 22/1 12/1',
      },
    })
    .toBuffer();

describe('a fire that was closed', () => {
  let code: string;
  let incident: string;
  beforeAll(async () => {
    incident = await fire();
    ({ caseCode: code } = (await caseOf(incident)).incident);
    const [alarm] = await history.documents<{ id: string; version: number }>('alarm');
    await history.order({
      act: 'acknowledge-alarm',
      subject: alarm!.id,
      expectedVersion: alarm!.version,
    });
    await lead(incident, loop, minute);
    await keeper.writeDue();
  });

  test('the code as it is typed on a phone opens the case; one wrong character is told', async () => {
    expect((await get(`/${code.toLowerCase().replaceAll('-', ' ')}`)).status).toBe(200);
    const wrong = `${code.slice(0, -3)}${(Number(code.at(-3)) + 1) % 10}${code.slice(-2)}`;
    const response = await get(`/${wrong}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'case-code',
      message: expect.stringContaining('misheard'),
    });
  });

  test('all partitions of events and all steps are dropped: the case is as whole as before', async () => {
    const before = await dossierOf(code);
    expect(before.steps.filter(({ why }) => why === 'raise')).toMatchObject([
      { why: 'raise', event: { device: 'S-1', kind: 'smoke', value: 0.3, unit: 'dB/m', attrs: { loop: 7 } } },
      { why: 'raise', event: { device: 'H-1', kind: 'heat', at: noon + 20_000 } },
    ]);
    expect(before.alarms).toHaveLength(2);
    expect(before.cameras).toMatchObject([
      { camera: 'C-1', code: '泽国-0231', moments: [{ from: noon - minute }] },
    ]);
    await outside.query(`do $$ declare day text; begin
      for day in select relname from pg_class where relname ~ '^event_[0-9]{8}$' loop
        execute format('drop table fenghuo.%I', day); end loop; end $$`);
    await outside.query('delete from fenghuo.event');
    await outside.query('delete from fenghuo.alarm_transition');
    expect(await dossierOf(code)).toEqual(before);
  });

  test('its report came by itself: deadlines kept and missed, and by how much', async () => {
    const { reports, people } = await dossierOf(code);
    expect(reports).toHaveLength(1);
    const [report] = reports as [CaseReport];
    expect(await (await get(`/${code}/report.json`)).json()).toEqual({ ...report, people });
    expect(report).toMatchObject({ round: 0, outcome: 'closed', told: { sent: expect.any(Number) } });
    expect(report.deadlines).toMatchObject([
      { stage: 'accepted', limitMs: minute, lateMs: 62_000 },
      { stage: 'on-scene', lateMs: 2_000 },
      { stage: 'under-control', lateMs: 0 },
      { stage: 'closed', lateMs: 0 },
    ]);
    expect(report.findings[0]).toEqual({
      zh: '「接单」超时 1 分 2 秒（限 1 分钟），当时承办：泽国镇指挥室，说明：已办',
      en: '“Accepted” 1 min 2 s late (limit 1 min), held then by Zeguo room, said of it: 已办',
    });
    expect(report.floors).toEqual([
      { floor: 5, alarms: 1, confirmed: 0 },
      { floor: 6, alarms: 1, confirmed: 0 },
    ]);
    expect(report.timeLine.map(({ at }) => at)).toEqual(
      [...report.timeLine.map(({ at }) => at)].sort((a, b) => a - b),
    );
  });

  test('reopened → closed: a second report, beside the first', async () => {
    const { ticket } = await caseOf(incident);
    const reason = '复燃';
    const of = { subject: ticket.id, expectedVersion: ticket.version, reason };
    expect(await history.order({ act: 'reopen-ticket', to: 'review', ...of })).toMatchObject({ ok: true });
    const printed = await (await get(`/${code}/report?lang=en`)).text();
    expect(printed).toContain('Open case, as far as it has come');
    await lead(incident, ['supervision', 'closed'], minute);
    await keeper.writeDue();
    const { reports } = await dossierOf(code);
    expect(reports.map(({ round }) => round)).toEqual([0, 1]);
    expect(reports[1]!.timeLine.some(({ what }) => what.zh.includes('复燃'))).toBe(true);
  });

  test('closed, noted, visited and reopened in one breath: each sees what the one before it did', async () => {
    const { ticket } = await caseOf(incident);
    const of = { subject: ticket.id, reason: '同时' };
    const answers = await Promise.all([
      history.order({ act: 'reopen-ticket', to: 'supervision', expectedVersion: ticket.version, ...of }),
      history.order({ act: 'move-ticket', to: 'closed', expectedVersion: ticket.version + 1, ...of }),
      history.order({ act: 'add-note', subject: incident, reason: '同时' }),
      history.order({ act: 'record-follow-up', satisfied: true, expectedVersion: ticket.version + 2, ...of }),
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    const after = (await caseOf(incident)).ticket;
    expect(after).toMatchObject({
      stage: 'closed',
      reopened: ticket.reopened + 1,
      visits: [{ satisfied: true }],
    });
    expect(after.evidence.at(-1)).toMatchObject({ note: '同时' });
  });

  test('a photo: drawn anew and upright, its place and time kept and nothing else, its digest on the record', async () => {
    await history.pass(minute);
    const sent = await photo();
    const response = await upload(code, sent, {
      query: `?note=${encodeURIComponent('三楼走廊')}&name=a.exe`,
    });
    expect(response.status).toBe(201);
    const { id, file } = attached.parse(await response.json());
    expect(file).toMatchObject({
      ...{ kind: 'photo', type: 'image/jpeg', width: 600, height: 800, takenAt: '2026-03-01T12:01:30' },
      ...{ lon: 121.37, lat: 28.49, sentSha256: createHash('sha256').update(sent).digest('hex') },
    });
    const kept = await get(`/${code}/files/${id}`);
    const bytes = Buffer.from(await kept.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(bytes.includes('SecretPhone') || bytes.includes('王建国') || bytes.includes('Exif')).toBe(false);
    expect(Object.fromEntries(kept.headers)).toMatchObject({
      'content-disposition': `inline; filename="${code}-${id}.jpg"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const small = Buffer.from(await (await get(`/${code}/files/${id}?size=small`)).arrayBuffer());
    expect(await sharp(small).metadata()).toMatchObject({ width: 360, height: 480 });
    const { acts, evidence } = await dossierOf(code);
    expect(evidence.find((one) => one.id === id)).toMatchObject({
      id,
      note: '三楼走廊',
      by: 'commander',
      file,
    });
    expect(acts.at(-1)).toMatchObject({ act: 'add-evidence', detail: { file: { sha256: file.sha256 } } });
    expect((await caseOf(incident)).ticket.evidence.at(-1)).toMatchObject({ id, kind: 'photo' });
  });

  test('the same upload sent again under its id is kept once', async () => {
    const [sent, query] = [await photo(), `?id=${randomUUID()}`];
    const before = (await dossierOf(code)).evidence.length;
    for (let i = 0; i < 2; i += 1) expect((await upload(code, sent, { query })).status).toBe(201);
    expect((await dossierOf(code)).evidence).toHaveLength(before + 1);
  });

  test('refused: a page called photo, half an image, JSON, too much; another township’s case; a look by a viewer', async () => {
    const status = async (bytes: Buffer, more?: object) => (await upload(code, bytes, more)).status;
    expect(await status(Buffer.from('<script>alert(1)</script>'))).toBe(415);
    expect(await status((await photo()).subarray(0, 900))).toBe(415);
    expect(await status(Buffer.from('{}'), { type: 'application/json' })).toBe(415);
    const long = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(21 * 1024 * 1024)]);
    expect(await status(long)).toBe(413);
    expect(await status(await photo(), { as: 'songmen' })).toBe(404);
    expect(await status(await photo(), { as: 'viewer' })).toBe(403);
    const { evidence } = await dossierOf(code);
    const path = `/${code}/files/${evidence.find(({ kind }) => kind === 'photo')!.id}`;
    expect([(await get(path, 'viewer')).status, (await get(path, 'songmen')).status]).toEqual([403, 404]);
  });

  test('exported: one file with the bytes, and a record whose links hold until a word is bent', async () => {
    const response = await get(`/${code}/export.json`, 'auditor');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${code}.json`);
    const taken: CaseExport = caseExport.parse(await response.json());
    expect(taken.dossier).toEqual(await dossierOf(code, 'auditor'));
    expect(taken.record.links.length).toBeGreaterThan(5);
    expect(taken.record.links.every(({ complete }) => complete)).toBe(true);
    expect(brokenLinks(taken.record)).toEqual([]);
    for (const { sha256, content } of taken.files)
      expect(createHash('sha256').update(Buffer.from(content!, 'base64')).digest('hex')).toBe(sha256);
    taken.record.entries.at(-1)!.reason = '改过';
    expect(brokenLinks(taken.record)).toHaveLength(1);
  });

  test('the printed page runs nothing, tells both languages, and hides people and photos from a viewer', async () => {
    await history.order({
      act: 'add-note',
      subject: incident,
      reason: '<img src=x onerror=alert(1)> 13812342207',
    });
    const zh = await (await get(`/${code}/report`)).text();
    const en = await (await get(`/${code}/report?lang=en`)).text();
    for (const page of [zh, en]) {
      expect(page).not.toMatch(/<script|<img src=x|<div class="drill"/i);
      expect(page).toContain('<svg');
    }
    expect([zh.includes('复盘报告'), zh.includes('到场'), en.includes('After-action report')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(zh).toContain('data:image/jpeg;base64,');
    const viewers = await (await get(`/${code}/report`, 'viewer')).text();
    expect(viewers).not.toMatch(/13812342207|data:image\/jpeg/);
    expect(viewers).toContain('138****2207');
    expect(JSON.stringify(await dossierOf(code, 'viewer'))).not.toContain('13812342207');
  });
});

test('cases are found by code, building, area, device, words of the place, time and state', async () => {
  const codes = async (query: string, as?: string) => {
    const page = casePage.parse(await (await get(`?${query}`, as)).json());
    return page.cases.map(({ code }) => code);
  };
  const before = (await history.documents<IncidentRecord>('incident')).map(({ id }) => id);
  await history.say(history.event({ deviceId: 'G-2', kind: 'gas' }));
  const { caseCode: other } = (await caseOf(await openedBy(before))).incident;
  const all = await codes('');
  expect(all[0]).toBe(other);
  const first = all.at(-1)!;
  expect(await codes(`code=${first.toLowerCase()}`)).toEqual([first]);
  expect((await get('?code=WL-260301-0001-0')).status).toBe(400);
  for (const query of ['building=B2', 'device=G-2', `area=${songmen}`, 'text=冷库', 'text=songmen'])
    expect(await codes(query)).toEqual([other]);
  expect(await codes(`text=${first.slice(0, 14)}`)).toEqual([first]);
  expect(await codes('text=%25')).toEqual([]);
  expect(await codes('state=closed')).toEqual(all.filter((code) => code !== other));
  expect(await codes(`from=${noon - 1}&to=${noon + 1}`)).toEqual([first]);
  expect(await codes('', 'songmen')).toEqual([other]);
  expect(await codes(`area=${zeguo}`, 'songmen')).toEqual([]);
  const page = casePage.parse(await (await get('?limit=1')).json());
  expect(await codes(`limit=5&before=${page.next}`)).toEqual(all.slice(1));
});

test('cases are found by who moved them; a name is found only by who may read names', async () => {
  await outside.query(`update fenghuo.account set display_name = '林指挥' where name = 'commander'`);
  const found = async (person: string, as?: string) =>
    casePage.parse(await (await get(`?person=${encodeURIComponent(person)}`, as)).json()).cases.length;
  const moved = await found('commander');
  expect(moved).toBeGreaterThan(0);
  expect(await found('nobody')).toBe(0);
  expect(await found('林指')).toBe(moved);
  expect(await found('commander', 'viewer')).toBe(moved);
  expect(await found('林指', 'viewer')).toBe(0);
});

test('a case of a drill is hatched, and not found among what is live', async () => {
  await history.order({ act: 'start-drill', subject: 'R1', title: '夜间演练' });
  const { incident } = await caseOf(await fire({ run: 'R1' }));
  const page = await (await get(`/${incident.caseCode}/report`)).text();
  expect(page).toContain('<div class="drill"><span>演练 DRILL</span>');
  const found = async (query: string) =>
    casePage.parse(await (await get(query)).json()).cases.map(({ run }) => run);
  expect(await found('')).not.toContain('R1');
  expect(await found('?run=R1')).toEqual(['R1']);
});

test('a drill’s case: late → closed → reopened → closed → exported: marked as drill throughout, and nobody was told', async () => {
  await history.order({ act: 'start-drill', subject: 'R2', title: '夜间演练' });
  const incident = await fire({ run: 'R2' });
  await lead(incident, loop, minute);
  const { ticket } = await caseOf(incident);
  const of = { subject: ticket.id, expectedVersion: ticket.version, reason: '再练一遍' };
  expect(await history.order({ act: 'reopen-ticket', to: 'review', ...of })).toMatchObject({ ok: true });
  await lead(incident, ['supervision', 'closed'], minute);
  await keeper.writeDue();
  const { caseCode } = ticket;
  const taken = caseExport.parse(await (await get(`/${caseCode}/export.json`, 'auditor')).json());
  expect(taken.dossier).toMatchObject({ run: 'R2', deliveries: [], ticket: { run: 'R2', reopened: 1 } });
  expect(taken.dossier.ticket!.lateness.length).toBeGreaterThan(0);
  expect(taken.dossier.reports.map(({ run, round }) => [run, round])).toEqual([
    ['R2', 0],
    ['R2', 1],
  ]);
  expect(taken.record.entries.every(({ run }) => run === 'R2')).toBe(true);
  expect(await (await get(`/${caseCode}/report`)).text()).toContain('<div class="drill">');
});

test('a device of which nobody knows where it is: its case goes to the county, is closed, and exported without a place', async () => {
  const before = (await history.documents<IncidentRecord>('incident')).map(({ id }) => id);
  await history.say(history.event({ deviceId: 'NEW-1', kind: 'manual' }));
  const incident = await openedBy(before);
  await lead(incident, loop, minute);
  await keeper.writeDue();
  const { incident: closed, ticket } = await caseOf(incident);
  expect(closed).toMatchObject({ building: null, lon: null, area: county });
  const held = ticket.moves.map(({ holder }) => holder);
  expect(new Set(held)).toEqual(new Set(['U-county']));
  const taken = caseExport.parse(await (await get(`/${closed.caseCode}/export.json`, 'auditor')).json());
  expect(taken.dossier).toMatchObject({ cameras: [], reports: [{ outcome: 'closed' }] });
  expect(await (await get(`/${closed.caseCode}/report?lang=en`)).text()).not.toMatch(/undefined|null/);
  expect((await get(`/${closed.caseCode}`, 'songmen')).status).toBe(404);
});

test('a photo at each of two fires → merged: the case that goes on shows, serves and exports both, and proves them', async () => {
  const [first, second] = [await fire(), await openIn('B2')];
  const { version: expectedVersion } = (await caseOf(second)).incident;
  await history.order({ act: 'open-ticket', subject: second, expectedVersion });
  const [into, absorbed] = [(await caseOf(first)).incident, (await caseOf(second)).incident];
  const shoot = async ({ caseCode }: IncidentRecord) => {
    await history.pass(1000);
    expect((await upload(caseCode, await photo())).status).toBe(201);
  };
  await shoot(into);
  await shoot(absorbed);
  const [now, gone] = [(await caseOf(first)).incident, (await caseOf(second)).incident];
  const answer = await history.order({
    ...{ act: 'merge-incidents', subject: gone.id, expectedVersion: gone.version, reason: '同一起火' },
    ...{ into: now.id, intoVersion: now.version },
  });
  expect(answer).toMatchObject({ ok: true });
  await shoot(absorbed);
  const taken = caseExport.parse(await (await get(`/${into.caseCode}/export.json`, 'auditor')).json());
  const { dossier } = taken;
  expect(dossier).toMatchObject({ absorbed: [{ code: absorbed.caseCode, incident: second }] });
  expect(dossier.evidence.map(({ from }) => from)).toEqual([null, absorbed.caseCode, absorbed.caseCode]);
  expect(dossier.ticket!.evidence.map(({ id }) => id)).toEqual(dossier.evidence.map(({ id }) => id));
  expect(taken.files.map(({ id }) => id)).toEqual(dossier.evidence.map(({ id }) => id));
  const proven = dossier.acts.filter(({ act }) => act === 'add-evidence');
  expect(proven.map(({ detail }) => detail.evidence)).toEqual(dossier.evidence.map(({ id }) => id));
  expect(dossier.cameras.map(({ camera }) => camera)).toContain('C-1');
  for (const { id } of dossier.evidence)
    expect((await get(`/${into.caseCode}/files/${id}`)).status).toBe(200);
  const own = await dossierOf(absorbed.caseCode);
  expect(own).toMatchObject({ mergedInto: into.caseCode, absorbed: [] });
  expect(own.evidence).toHaveLength(2);
  expect((await get(`/${absorbed.caseCode}/files/${dossier.evidence[0]!.id}`)).status).toBe(404);
  expect((await get(`/${into.caseCode}/files/${dossier.evidence[0]!.id}`, 'songmen')).status).toBe(404);
});
