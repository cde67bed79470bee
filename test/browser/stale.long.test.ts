import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sceneOfId } from '../../simulators/src/cameras/camera-scene.ts';
import { CameraServer } from '../../simulators/src/cameras/camera-server.ts';
import { loadClips } from '../../simulators/src/cameras/clip-library.ts';
import { openBrowser } from './chromium.ts';
import { NetworkPlug } from './network-plug.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** A machine with other work to do gets as long as this. */
const patienceMs = 60_000;

let cameras: CameraServer;
let station: DemoStation;
let browser: Browser;
let plug: NetworkPlug;
let wall: Page;

beforeAll(async () => {
  cameras = new CameraServer({
    ...{ host: '127.0.0.1', port: 0, clock: Date.now },
    ...{ clips: await loadClips(), sceneOf: sceneOfId },
  });
  const { port } = await cameras.start();
  [station, browser] = await Promise.all([
    startDemoStation(
      { detectors: 4000, cameras: 400, buildings: 300 },
      { FENGHUO_CAMERA_URL: `http://127.0.0.1:${port}/{camera}/index.m3u8` },
    ),
    openBrowser(),
  ]);
  plug = new NetworkPlug(Number(new URL(station.url).port));
  const url = `http://127.0.0.1:${await plug.start()}`;
  wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await wall.goto(`${url}/sign-in?to=/wall`);
  await signInAs(wall, station, 'wall');
  await wall
    .locator('[data-map="ready"][data-feed="live"]')
    .first()
    .waitFor({ state: 'attached', timeout: patienceMs });
  await wall.evaluate(() => document.body.setAttribute('data-first-page', ''));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await plug?.stop();
  await station?.stop();
  await cameras?.stop();
});

/** Cameras whose tile has something painted in it, grey. */
const greyPictures = () =>
  wall.locator('.camera-tile').evaluateAll((tiles) =>
    tiles
      .filter((tile) => {
        const canvas = tile.querySelector('canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
        return data[3] === 255 && getComputedStyle(canvas).filter.includes('grayscale(1)');
      })
      .map((tile) => tile.getAttribute('data-camera')),
  );

/** Share of the building's picture that is of its commonest colour; near 1 the floors are missing. */
async function blankness(): Promise<number> {
  const shot = (await wall.locator('.building-picture').screenshot()).toString('base64');
  return wall.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const copy = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    copy.drawImage(bitmap, 0, 0);
    const { data } = copy.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map<number, number>();
    for (let i = 0; i < data.length; i += 4) {
      const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return Math.max(...counts.values()) / (data.length / 4);
  }, shot);
}

const tilesSaid = () => wall.locator('.camera-tile .picture-words').allInnerTexts();

test('a fire with pictures → the plug is pulled → building and pictures stay, grey, each with its age', async () => {
  const { id } = station.smokeDetectors.find(({ floor }) => floor > 1)!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await wall.locator('.building-canvas').waitFor({ timeout: patienceMs });
  await wall.locator('.camera-tile[data-picture="live"]').nth(1).waitFor({ timeout: patienceMs });

  plug.pull();
  await wall.locator('.stale-banner').waitFor();
  await wall.locator('.camera-tile[data-picture="cut-off"]').nth(1).waitFor();
  expect((await greyPictures()).length).toBeGreaterThanOrEqual(2);
  for (const said of await tilesSaid()) expect(said).toMatch(/^连接中断\s+\d+ s 前/);
  expect(await blankness()).toBeLessThan(0.92);
  expect(await wall.locator('.building-head .stale-age').innerText()).toMatch(/\d+ s 前/);
}, 120_000);

test('still cut off → another layout → the same building and pictures, grey, with their age', async () => {
  await wall.setViewportSize({ width: 3840, height: 1080 });
  await wall.locator('[data-layout="panorama"] .building-canvas').waitFor();
  await expect.poll(async () => (await greyPictures()).length, { timeout: patienceMs }).toBeGreaterThan(1);
  await expect
    .poll(tilesSaid, { timeout: patienceMs })
    .toContainEqual(expect.stringMatching(/^连接中断\s.*\d.*前/));
  await wall.setViewportSize({ width: 1920, height: 1080 });
}, 120_000);

test('put back → live pictures, colours, no reload', async () => {
  plug.putBack();
  await wall.locator('[data-feed="live"]').first().waitFor({ state: 'attached', timeout: patienceMs });
  await wall.locator('.camera-tile[data-picture="live"]').nth(1).waitFor({ timeout: patienceMs });
  expect(await greyPictures()).toEqual([]);
  expect(await wall.locator('.stale-age').count()).toBe(0);
  expect(await wall.locator('body[data-first-page]').count()).toBe(1);
}, 120_000);

test('in colour again → each other layout draws the floors anew', async () => {
  for (const [width, height] of [
    [3840, 1080],
    [1920, 1080],
  ] as const) {
    await wall.setViewportSize({ width, height });
    await expect.poll(blankness, { timeout: patienceMs }).toBeLessThan(0.92);
  }
}, 180_000);
