import type { APIRequestContext, Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WallOrder } from '../../contracts/src/wall-orders.ts';
import { openBrowser } from './chromium.ts';
import { liveObjects } from './live-objects.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** What a part must take away with it when it goes: textures and buffers hang on their context, a player on its video. */
const classes = [
  'WebGL2RenderingContext',
  'CanvasRenderingContext2D',
  'HTMLVideoElement',
  'MediaSource',
  'Worker',
  'ResizeObserver',
] as const;

const small = { width: 1920, height: 1080 };
const broad = { width: 3840, height: 1080 };
/** A busy machine without a graphics card takes its time for each picture. */
const patienceMs = 60_000;

let station: DemoStation;
let browser: Browser;
let wall: Page;
let desk: APIRequestContext;
let cdp: CDPSession;

beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 400, buildings: 300 }),
    openBrowser(),
  ]);
  wall = await signIn('/wall', 'wall');
  await wall.locator('[data-map="ready"][data-feed="live"]').first().waitFor({ state: 'attached' });
  desk = (await signIn('/', 'dispatcher')).request;
  cdp = await wall.context().newCDPSession(wall);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await station?.stop();
});

async function signIn(to: string, account: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: small })).newPage();
  await page.goto(`${station.url}/sign-in?to=${to}`);
  await signInAs(page, station, account);
  await page.waitForURL(({ pathname }) => pathname === to);
  return page;
}

async function order(wish: WallOrder): Promise<void> {
  const answer = await desk.post(`${station.url}/api/v1/walls/wall/orders`, {
    headers: { 'X-Fenghuo': '1' },
    data: { do: 'order', order: wish, minutes: 60 },
  });
  expect(answer.status()).toBe(204);
}

/** Raises one and gives its incident. */
async function raise(id: string, kind: string, severity: string): Promise<string> {
  const marks = `[data-mark][data-severity="${severity}"]`;
  const before = await wall.locator(marks).evaluateAll((all) => all.map((one) => one.dataset.mark));
  const message = JSON.stringify({ kind, ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  const found = async () =>
    (await wall.locator(marks).evaluateAll((all) => all.map((one) => one.dataset.mark))).find(
      (one) => !before.includes(one),
    );
  await expect.poll(found, { timeout: patienceMs }).toBeTruthy();
  return (await found())!;
}

const lookAt = (incident: string) => order({ order: 'look', look: { at: 'incident', incident } });
const seen = (selector: string, state: 'attached' | 'detached' = 'attached') =>
  wall.locator(selector).first().waitFor({ state, timeout: patienceMs });

/** Two buildings are looked into and left, pictures begin and end, layouts come and go; at its end all is as before. */
async function round([fire, other, water]: readonly string[]): Promise<void> {
  await lookAt(fire!);
  await seen(`.lead[data-incident="${fire}"]`);
  await seen('.building canvas');
  await seen('.camera-tile[data-picture="live"]');
  await order({ order: 'mode', mode: 'wartime' });
  await seen('.wall[data-mode="wartime"]');
  await wall.setViewportSize(broad);
  await seen('.wall[data-layout^="panorama"]');
  await lookAt(other!);
  await seen(`.lead[data-incident="${other}"]`);
  await seen('.building canvas');
  await wall.setViewportSize(small);
  await seen('.wall[data-layout^="standard"]');
  await order({ order: 'mode', mode: 'everyday' });
  await seen('.wall[data-mode="everyday"]');
  await lookAt(water!);
  await seen('.building', 'detached');
}

async function held() {
  const objects = await liveObjects(cdp, classes);
  const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
  const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage');
  return { ...objects, nodes, listeners, heapMb: (usedSize + backingStorageSize) / 1e6 };
}

test('two rounds of buildings, pictures and layouts → four more → the wall holds no more than before', async () => {
  const high = station.smokeDetectors.filter(({ floor }) => floor > 1);
  const [first, second] = [...Map.groupBy(high, ({ building }) => building).values()];
  const dry = station.smokeDetectors.findLast(
    ({ building }) => building !== first![0]!.building && building !== second![0]!.building,
  );
  const incidents = [
    await raise(first![0]!.id, 'manual', 'high'),
    await raise(second![0]!.id, 'manual', 'high'),
    await raise(dry!.id, 'water', 'low'),
  ];
  for (let i = 0; i < 2; i++) await round(incidents);
  const before = await held();
  for (let i = 0; i < 4; i++) await round(incidents);
  const after = await held();
  for (const name of classes) expect(after[name], name).toBeLessThanOrEqual(before[name]);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.05);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners * 1.05);
  expect(after.heapMb).toBeLessThanOrEqual(before.heapMb + 2);
}, 590_000);
