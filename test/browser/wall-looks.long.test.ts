import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sceneOfId } from '../../simulators/src/cameras/camera-scene.ts';
import { CameraServer } from '../../simulators/src/cameras/camera-server.ts';
import { loadClips } from '../../simulators/src/cameras/clip-library.ts';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** A machine with other work to do gets as long as this. */
const patienceMs = 60_000;

let cameras: CameraServer;
let station: DemoStation;
let browser: Browser;
let wall: Page;

beforeAll(async () => {
  cameras = new CameraServer({
    ...{ host: '127.0.0.1', port: 0, clock: Date.now },
    ...{ clips: await loadClips(), sceneOf: sceneOfId },
  });
  const { port } = await cameras.start();
  const settings = {
    FENGHUO_CAMERA_URL: `http://127.0.0.1:${port}/{camera}/index.m3u8`,
    FENGHUO_CAMERA_SCAN: '30',
  };
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 400, buildings: 300 }, settings),
    openBrowser(),
  ]);
  wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await wall.goto(`${station.url}/sign-in?to=/wall`);
  await signInAs(wall, station, 'wall');
  await wall
    .locator('[data-map="ready"][data-feed="live"]')
    .first()
    .waitFor({ state: 'attached', timeout: patienceMs });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await station?.stop();
  await cameras?.stop();
});

/** The cells of the mosaic that show a picture: of which camera, with what words, and whether anything is painted. */
const cells = () =>
  wall.locator('.mosaic-cell[data-camera]').evaluateAll((figures) =>
    figures.map((figure) => {
      const canvas = figure.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
      return {
        camera: figure.getAttribute('data-camera'),
        words: figure.querySelector('figcaption')!.textContent ?? '',
        painted: data[3] === 255,
      };
    }),
  );

/** Words that have less room than they need, of all that is read on a wall. */
const cut = () =>
  wall
    .locator(
      '.lead-place, .lead-case, .lead-title, .camera-tile-head, .seats li, .chain-lights, .figure, .building-head, .map-notes, .incident-place, .ticket-holder, .stale-banner',
    )
    .evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map((element) => element.textContent),
    );

test('quiet, and the scan goes → picture after picture of what it passes, each with its age, no camera twice', async () => {
  await wall.locator('.mosaic-cell[data-camera]').nth(5).waitFor({ timeout: patienceMs });
  const found = await cells();
  expect(new Set(found.map(({ camera }) => camera)).size).toBe(found.length);
  expect(found.length).toBeLessThanOrEqual(60);
  for (const { words, painted } of found) {
    expect(words).toMatch(/-\d{4}.*前$/);
    expect(painted).toBe(true);
  }
}, 120_000);

test('a patrol looks at no scene; the commander stands on the wall by surname alone', async () => {
  await wall.locator('.wall-video .camera-tile').first().waitFor({ timeout: patienceMs });
  expect(await wall.locator('.wall-video').innerText()).not.toContain('朝向');
  expect(await wall.locator('.top-facts strong').first().innerText()).toMatch(/^.某$/);
}, 120_000);

test('a fire → the mosaic gives its room; each tile says where it is and that it faces the scene, and nothing is cut', async () => {
  const { id } = station.smokeDetectors[0]!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await wall.locator('.lead[data-severity="high"]').waitFor({ timeout: patienceMs });
  await wall.locator('.scan-mosaic').waitFor({ state: 'detached' });
  await wall.getByText('朝向现场').first().waitFor({ timeout: patienceMs });
  expect(await cut()).toEqual([]);
}, 120_000);

/** What moves by itself: an animation that has no end, or more than one step. */
const moving = () =>
  wall.evaluate(() =>
    document.getAnimations().flatMap(({ effect }) => {
      const { target } = effect as KeyframeEffect;
      const style = getComputedStyle(target!);
      const still = style.animationTimingFunction === 'steps(1)' && style.animationIterationCount === '1';
      return still ? [] : [target!.className || target!.parentElement!.className];
    }),
  );

test('a fire calls; who wants no motion sees it called by a ring that stands still, and a change that only stands out', async () => {
  await expect.poll(moving, { timeout: patienceMs }).toContain('call-ring');
  await wall.emulateMedia({ reducedMotion: 'reduce' });
  const { id } = station.smokeDetectors.at(-1)!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await wall.locator('.changed').first().waitFor({ timeout: patienceMs });
  expect(await moving()).toEqual([]);
  expect(await wall.locator('.call-ring:not([hidden]) i').first().isVisible()).toBe(true);
  await wall.emulateMedia({ reducedMotion: 'no-preference' });
}, 120_000);

test('a third fire → figures, the title of the list and the lights of the chain each say that they changed', async () => {
  const changed = wall.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const missing = new Set(wanted);
        const look = () => {
          for (const one of missing) if (document.querySelector(one) !== null) missing.delete(one);
          if (missing.size > 0) return;
          observer.disconnect();
          resolve();
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true });
      }),
    ['.figure-value.changed', '.column-title .changed', '.chain-light .changed'],
  );
  const { id } = station.smokeDetectors[Math.floor(station.smokeDetectors.length / 2)]!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await changed;
}, 120_000);

test('in English nothing is cut either', async () => {
  await wall.goto(`${station.url}/wall?lang=en`, { timeout: patienceMs });
  await wall.locator('.lead-place').waitFor({ timeout: patienceMs });
  await wall.getByText('faces it').first().waitFor({ timeout: patienceMs });
  expect(await cut()).toEqual([]);
}, 120_000);

test.each([
  [1920, 1080],
  [3840, 1080],
  [3840, 2160],
  [5760, 2160],
])(
  '%i × %i: the gravest is told in at least 1/40 of the height, and nothing of it is cut',
  async (width, height) => {
    await wall.setViewportSize({ width, height });
    const sizes = () =>
      wall
        .locator('.lead-title, .lead-age, .lead-place, .lead-reasons li, .lead-holder')
        .evaluateAll((elements) =>
          elements.map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
        );
    await expect
      .poll(async () => Math.min(...(await sizes())), { timeout: patienceMs })
      .toBeGreaterThanOrEqual(height / 40);
    await expect.poll(cut, { timeout: patienceMs }).toEqual([]);
    expect(await cut()).toEqual([]);
  },
  60_000,
);
