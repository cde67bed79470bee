import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser, trusting } from './chromium.ts';
import { NetworkPlug } from './network-plug.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** Any picture will do. */
const photo = readFileSync(path.resolve(import.meta.dirname, '../../screen/public/icon-192.png'));

let station: DemoStation;
let browser: Browser;
/** Between the phone and the station; the room is not behind it. */
let plug: NetworkPlug;
let phoneUrl: string;

beforeAll(async () => {
  station = await startDemoStation(
    { detectors: 4000, cameras: 400, buildings: 300 },
    { FENGHUO_HTTPS: 'own' },
  );
  const authority = await (await fetch(`${station.url}/trust/fenghuo.crt`)).text();
  browser = await openBrowser([await trusting(Number(new URL(station.url).port), authority)]);
  plug = new NetworkPlug(Number(new URL(station.url).port));
  phoneUrl = `https://127.0.0.1:${await plug.start()}`;
}, 120_000);

afterEach(() => plug.putBack());

afterAll(async () => {
  await browser?.close();
  await plug?.stop();
  await station?.stop();
});

/** Slow 3G, as Chromium's own developer tools have it: 400 kbit/s, 400 ms. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** What is told so long after it was done keeps its true time, see `alarm-engine/src/tickets/true-time.ts`. */
const toldLaterMs = 4_000;

/** The network of a page is slow from now on. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow);
}

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** What a page asks for, asked in its place. */
async function toStation(request: Request): Promise<void> {
  const { cookie = '', 'content-type': type = '' } = await request.allHeaders();
  const headers = { cookie, 'content-type': type, 'x-fenghuo': '1' };
  const body = request.postData();
  await fetch(`${station.url}${new URL(request.url()).pathname}`, { method: 'POST', headers, body });
}

async function openPhone(context: BrowserContext, account = 'crew'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${phoneUrl}/sign-in?to=/respond`);
  await signInAs(page, station, account);
  await page.locator('.respond').waitFor();
  return page;
}

/** What a station answers to somebody who is signed in there with a password. */
async function asOf(account: string) {
  const headers = { 'X-Fenghuo': '1', 'Content-Type': 'application/json' };
  const { password } = station.account(account);
  const body = JSON.stringify({ account, password });
  const answer = await fetch(`${station.url}/api/v1/session`, { method: 'POST', headers, body });
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  const api = `${station.url}/api/v1`;
  return {
    get: async (path: string) => (await fetch(api + path, { headers: { cookie } })).json(),
    act: async (body: object) => {
      const command = JSON.stringify({ id: crypto.randomUUID(), ...body });
      const post = { method: 'POST', headers: { ...headers, cookie }, body: command };
      return (await fetch(`${api}/commands`, post)).json();
    },
  };
}

type Room = Awaited<ReturnType<typeof asOf>>;

/** Two detectors of a building burn, and its ticket goes to a team. Gives the incident. */
async function orderATeam(room: Room, building: string): Promise<string> {
  const detectors = station.smokeDetectors.filter((one) => one.building === building).slice(0, 2);
  for (const { id } of detectors) {
    const smoke = JSON.stringify({ kind: 'smoke', value: 12, ts: Date.now() });
    await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, smoke, { qos: 1 });
  }
  const find = async () => {
    const { incidents } = await room.get('/incidents?state=open');
    return incidents.find(
      (one: { building: string; ticket: string | null }) => one.building === building && one.ticket !== null,
    );
  };
  await expect.poll(find, { timeout: 20_000 }).toBeDefined();
  const { id } = await find();
  const ticket = await ticketOf(room, id);
  if (ticket.stage === 'received')
    await room.act({ act: 'assign-ticket', subject: ticket.id, expectedVersion: ticket.version });
  return id;
}

const ticketOf = async (room: Room, incident: string): Promise<TicketRecord> =>
  (await room.get(`/incidents/${incident}`)).ticket;

const stepsTaken = ({ moves }: TicketRecord) => moves.map(({ to }) => to);
const next = (page: Page, to: string) => page.locator(`.order-next[data-to="${to}"]`);
const buildings = () => [...Map.groupBy(station.smokeDetectors, ({ building }) => building)];
/** Of which the demo offers two detectors to be set off. */
const demoFire = () => buildings().find(([, all]) => all.length > 1)![0];
const towers = () => buildings().filter(([id, all]) => all.length > 4 && id !== demoFire());

test('slow 3G → order → accepted → network cut → en route, photo, on scene, under control → app closed → opened without network → feedback → network: all of it once, in order, with its true times', async () => {
  const room = await asOf('dispatcher');
  const context = await browser.newContext(phone);
  const page = await openPhone(context);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.locator('html[data-shell="kept"]').waitFor();
  await slowDown(page);
  const incident = await orderATeam(room, towers()[0]![0]);
  await next(page, 'accepted').click();
  await expect.poll(async () => stepsTaken(await ticketOf(room, incident)).at(-1)).toBe('accepted');
  expect((await ticketOf(room, incident)).moves.at(-1)).toMatchObject({ by: 'crew' });

  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
  plug.cut();
  const cutAt = Date.now();
  await next(page, 'en-route').click();
  await page
    .locator('[data-camera]')
    .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: photo });
  await page.locator('.order-photos [data-waits]').waitFor();
  await next(page, 'on-scene').click();
  await next(page, 'under-control').click();
  await page.locator('[data-waiting="4"]').waitFor();
  await page.close();

  const again = await context.newPage();
  await again.goto(`${phoneUrl}/respond`);
  await again.locator('.order[data-step="under-control"]').waitFor();
  await again.locator('.phone-link[data-live="false"]').waitFor();
  await again.getByRole('button', { name: '明火已扑灭' }).click();
  await next(again, 'feedback').click();
  await again.locator('[data-waiting="5"]').waitFor();
  expect(stepsTaken(await ticketOf(room, incident)).at(-1)).toBe('accepted');
  await expect.poll(() => Date.now() - cutAt, { timeout: 10_000 }).toBeGreaterThan(toldLaterMs);
  const onlineAt = Date.now();
  await slowDown(again);
  plug.putBack();
  await expect.poll(async () => (await ticketOf(room, incident)).step, { timeout: 60_000 }).toBe('feedback');
  await again.locator('[data-waiting]').waitFor({ state: 'detached', timeout: 60_000 });

  const { moves, evidence } = await ticketOf(room, incident);
  const told = moves.slice(-5);
  expect(told.map(({ to }) => to)).toEqual(['accepted', 'en-route', 'on-scene', 'under-control', 'feedback']);
  expect(new Set(stepsTaken({ moves } as TicketRecord)).size).toBe(moves.length);
  expect(told.at(-1)).toMatchObject({ reason: '明火已扑灭' });
  const trueTimes = told.slice(1).map(({ at, doneAt }) => doneAt ?? at);
  expect(trueTimes).toEqual(trueTimes.toSorted((a, b) => a - b));
  for (const { at } of told.slice(1)) expect(at).toBeGreaterThan(onlineAt - 1_000);
  expect(trueTimes[0]).toBeLessThan(onlineAt);
  expect(trueTimes[0]).toBeGreaterThan(cutAt - 2_000);
  expect(evidence.filter(({ kind }) => kind === 'photo')).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);

test('without network a team accepts; the room has called the order back meanwhile: told in words, and nothing is changed', async () => {
  const room = await asOf('dispatcher');
  const context = await browser.newContext(phone);
  const page = await openPhone(context);
  const incident = await orderATeam(room, towers()[1]![0]);
  const { id } = await ticketOf(room, incident);
  await page.locator(`[data-order="${id}"], [data-ticket="${id}"]`).first().waitFor();
  await page.goto(`${phoneUrl}/respond?t=${id}`);
  await next(page, 'accepted').waitFor();
  plug.cut();
  await next(page, 'accepted').click();
  await next(page, 'en-route').waitFor();
  const { version } = await ticketOf(room, incident);
  const back = { act: 'move-ticket', subject: id, expectedVersion: version, to: 'received', reason: '改派' };
  expect(await room.act(back)).toMatchObject({ ok: true });
  await slowDown(page);
  plug.putBack();
  await page.getByRole('alert').waitFor({ timeout: 60_000 });
  expect(await page.getByRole('alert').textContent()).toContain('“接单”');
  expect((await ticketOf(room, incident)).step).toBe('received');
  await page.getByRole('button', { name: '知道了' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await context.close();
}, 120_000);

test('a stranger: the desk orders the team of the demo → it accepts, the answer is cut on the wire → accepted stands there once, and is told once', async () => {
  const room = await asOf('township');
  const { unit } = await (await asOf('team')).get('/session');
  const context = await browser.newContext(phone);
  const page = await openPhone(context, 'team');
  let passes = false;
  let done = 0;
  await context.route('**/api/v1/commands', async (route) => {
    if (passes) return route.continue();
    if (done === 0) await toStation(route.request());
    done += 1;
    return route.abort('connectionreset');
  });
  const incident = await orderATeam(room, demoFire());
  expect((await ticketOf(room, incident)).holder).toBe(unit);
  await next(page, 'accepted').click();
  await page.locator('.order-past').getByText('接单').first().waitFor();
  await expect.poll(async () => (await ticketOf(room, incident)).step).toBe('accepted');
  await next(page, 'en-route').waitFor();
  await expect.poll(() => done, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await page.locator('.order-past li:not([data-waits])').getByText('接单').count()).toBe(1);
  expect(await page.locator('.order-past').getByText('接单').count()).toBe(1);
  expect(await page.locator('[data-waiting="1"]').count()).toBe(1);
  passes = true;
  await page.locator('[data-waiting]').waitFor({ state: 'detached', timeout: 40_000 });
  expect(stepsTaken(await ticketOf(room, incident)).filter((step) => step === 'accepted')).toHaveLength(1);
  await context.close();
}, 120_000);

test('called beside the holder → accepted → network cut → en route, on scene → network → done: on its phone, in order, with its true times', async () => {
  const room = await asOf('dispatcher');
  const { unit, area } = await (await asOf('team')).get('/session');
  const inTownship = async () => {
    const { incidents } = await room.get('/incidents?state=open');
    return incidents.find((one: { area: string }) => one.area.startsWith(area));
  };
  const { id: incident } = await inTownship();
  const { id: subject, version: expectedVersion, holder } = await ticketOf(room, incident);
  if (holder === unit)
    await room.act({ act: 'move-ticket', subject, expectedVersion, to: 'received', reason: '另派' });
  const { version } = await ticketOf(room, incident);
  const call = { act: 'add-party', subject, expectedVersion: version, unit, role: 'support' };
  expect(await room.act(call)).toMatchObject({ ok: true });
  const state = async () => (await ticketOf(room, incident)).parties.find((one) => one.unit === unit);

  const context = await browser.newContext(phone);
  const page = await openPhone(context, 'team');
  const progress = (to: string) => page.locator(`[data-progress="${to}"]`);
  await page.locator('.order[data-party="called"]').waitFor();
  await progress('accepted').click();
  await expect.poll(async () => (await state())?.state).toBe('accepted');
  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
  plug.cut();
  const cutAt = Date.now();
  await progress('en-route').click();
  await progress('on-scene').click();
  await page.locator('[data-waiting="2"]').waitFor();
  await room.act({
    act: 'chase-ticket',
    subject,
    expectedVersion: (await ticketOf(room, incident)).version,
    unit,
  });
  await expect.poll(() => Date.now() - cutAt, { timeout: 10_000 }).toBeGreaterThan(toldLaterMs);
  plug.putBack();
  await expect.poll(async () => (await state())?.state, { timeout: 60_000 }).toBe('on-scene');
  const { doneAt = 0, since, by } = (await state())!;
  expect(by).toBe('team');
  expect(doneAt).toBeLessThan(since - 2_000);
  await progress('done').click();
  await expect.poll(async () => (await state())?.state).toBe('done');
  await page.locator('.respond[data-orders="0"]').waitFor();
  await context.close();
}, 120_000);

test('a broadcast → network cut → read, app closed → opened without network: it is not asked for again → network: read once, with its true time', async () => {
  const room = await asOf('dispatcher');
  const { unit } = await (await asOf('team')).get('/session');
  const context = await browser.newContext(phone);
  const page = await openPhone(context, 'team');
  await page.locator('html[data-shell="kept"]').waitFor();
  const area = { of: 'area', subject: '331081', area: '331081', level: 'team' };
  expect(await room.act({ act: 'send-broadcast', ...area, reason: '今夜台风，检查车辆' })).toMatchObject({
    ok: true,
  });
  const { broadcasts } = await (await asOf('team')).get('/broadcasts/mine');
  const { id } = broadcasts[0];
  const notice = (of: Page) => of.locator(`[data-to-read="${id}"]`);
  await notice(page).waitFor();
  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
  plug.cut();
  const cutAt = Date.now();
  await notice(page).getByRole('button').click();
  await notice(page).waitFor({ state: 'detached' });
  await page.locator('[data-waiting="1"]').waitFor();
  await page.close();

  const again = await context.newPage();
  await again.goto(`${phoneUrl}/respond`);
  await again.locator('[data-waiting="1"]').waitFor();
  expect(await notice(again).count()).toBe(0);
  await expect.poll(() => Date.now() - cutAt, { timeout: 10_000 }).toBeGreaterThan(toldLaterMs);
  const backAt = Date.now();
  plug.putBack();
  await again.locator('[data-waiting]').waitFor({ state: 'detached', timeout: 60_000 });
  const { units } = await room.get(`/broadcasts/${id}`);
  const { read } = units.find((one: { unit: string }) => one.unit === unit);
  expect(read).toMatchObject({ by: 'team' });
  expect(read.at).toBeGreaterThan(backAt - 1_000);
  expect(read.doneAt).toBeLessThan(backAt);
  expect(read.doneAt).toBeGreaterThan(cutAt - 2_000);
  expect(await notice(again).count()).toBe(0);
  await context.close();
}, 120_000);

/** The tray of a phone, which a browser without a head has none of. */
function putTray(): void {
  const tray: Record<string, unknown>[] = [];
  Object.defineProperty(window, 'tray', { value: tray });
  Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
  Object.assign(ServiceWorkerRegistration.prototype, {
    async showNotification(title: string, { tag, ...rest }: NotificationOptions) {
      const close = () => tray.splice(tray.indexOf(notice), 1);
      const notice = { title, tag, ...rest, close };
      const before = tray.findIndex((one) => one.tag === tag);
      tray.splice(before < 0 ? tray.length : before, before < 0 ? 0 : 1, notice);
    },
    getNotifications: async () => [...tray],
  });
}

test('nobody looks at the phone → an order: a notice of it that shakes, with its place → somebody looks: the notice goes, the order calls on', async () => {
  const room = await asOf('dispatcher');
  const context = await browser.newContext(phone);
  await context.addInitScript(putTray);
  const page = await openPhone(context);
  await page.locator('html[data-shell="kept"]').waitFor();
  const look = (isHidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  const notices = () =>
    page.evaluate('tray.map(({ close, ...one }) => one)') as Promise<NotificationOptions[]>;
  await look(true);
  const incident = await orderATeam(room, towers()[2]![0]);
  const { id } = await ticketOf(room, incident);
  const { place } = (await room.get(`/incidents/${incident}`)).incident;
  const ofIt = async () => (await notices()).find(({ tag }) => tag === `order ${id}`);
  await expect.poll(ofIt, { timeout: 20_000 }).toMatchObject({
    ...{ title: place.zh, body: expect.stringContaining('新工单'), data: { ticket: id } },
    ...{ renotify: true, requireInteraction: true, vibrate: expect.any(Array) },
  });
  await look(false);
  await expect.poll(notices).toEqual([]);
  await page.locator('.phone-heard').waitFor();
  await context.close();
}, 120_000);
