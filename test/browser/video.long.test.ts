import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CameraOrder, orderCamera } from '../../simulators/src/cameras/camera-order.ts';
import { sceneOfId } from '../../simulators/src/cameras/camera-scene.ts';
import { CameraServer } from '../../simulators/src/cameras/camera-server.ts';
import { loadClips } from '../../simulators/src/cameras/clip-library.ts';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** A machine with other work to do gets as long as this; what the screen promises is told by the ages that it shows. */
const patienceMs = 60_000;

let cameras: CameraServer;
let camerasUrl: string;
let station: DemoStation;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  cameras = new CameraServer({
    ...{ host: '127.0.0.1', port: 0, clock: Date.now },
    ...{ clips: await loadClips(), sceneOf: sceneOfId },
  });
  camerasUrl = `http://127.0.0.1:${(await cameras.start()).port}`;
  const settings = { FENGHUO_CAMERA_URL: `${camerasUrl}/{camera}/index.m3u8` };
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 400, buildings: 300 }, settings),
    openBrowser(),
  ]);
  page = await deskWithFire();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await station?.stop();
  await cameras?.stop();
});

/** A desk on which a fire is chosen. */
async function deskWithFire(): Promise<Page> {
  const desk = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await desk.goto(`${station.url}/sign-in?to=/desk`);
  await signInAs(desk, station, 'dispatcher');
  const { id } = station.smokeDetectors[0]!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await desk.locator('[data-incident]').first().click();
  return desk;
}

const tile = () => page.locator('.camera-tile').first();
const told = (state: string) =>
  page.locator(`.camera-tile[data-picture="${state}"]`).first().waitFor({ timeout: patienceMs });

async function order(wish: Partial<CameraOrder>): Promise<void> {
  await orderCamera(camerasUrl, (await tile().getAttribute('data-camera'))!, wish);
}

/** Waits until the first tile says so, and gives its words. */
async function wordsWhen(state: string): Promise<string> {
  const camera = await tile().getAttribute('data-camera');
  const found = page.locator(`[data-camera="${camera}"][data-picture="${state}"] .picture-words`);
  await found.waitFor({ timeout: patienceMs });
  return found.innerText();
}

test('a fire → its cameras are live at the desk, each with name, place, age and time; nothing is asked of strangers', async () => {
  await told('live');
  expect(await wordsWhen('live')).toMatch(/^实时\s+\d+ s 前\s+\d\d:\d\d:\d\d$/);
  expect(await tile().locator('figcaption').innerText()).toMatch(/-\d{4}/);
  const hosts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
  );
  expect([...new Set(hosts)]).toEqual([new URL(station.url).host]);
}, 120_000);

test('frozen, though its time goes on → live again', async () => {
  await wordsWhen('live');
  await order({ fault: 'freeze' });
  expect(await wordsWhen('frozen')).toMatch(/^画面冻结/);
  await order({ fault: null });
  await wordsWhen('live');
}, 180_000);

test('cut off → offline, the last picture stays → it comes back by itself', async () => {
  await wordsWhen('live');
  await order({ fault: 'drop' });
  expect(await wordsWhen('offline')).toMatch(/^离线/);
  await order({ fault: null });
  await wordsWhen('live');
}, 180_000);

test('no signal → live again', async () => {
  await order({ fault: 'no-signal' });
  expect(await wordsWhen('no-signal')).toMatch(/^无信号/);
  await order({ fault: null });
  await wordsWhen('live');
}, 180_000);

test('its playlist stands → stalled', async () => {
  await wordsWhen('live');
  await order({ fault: 'stall' });
  expect(await wordsWhen('stalled')).toMatch(/^画面停顿/);
  await order({ fault: null });
  await wordsWhen('live');
}, 180_000);

test('half a minute behind → late, with its age', async () => {
  await order({ lagSeconds: 30 });
  await page.reload();
  expect(await wordsWhen('late')).toMatch(/^画面滞后\s+3\d s 前/);
}, 180_000);
