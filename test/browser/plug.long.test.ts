import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { NetworkPlug } from './network-plug.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** The longest that may pass until the wall says that it is not of the present, ms; and what a busy machine adds. */
const saidWithinMs = 2_000;
const graceMs = 400;

let station: DemoStation;
let browser: Browser;
let plug: NetworkPlug;
let url: string;
let wall: Page;
const asked = new Set<string>();
let buildings: { id: string }[][];

beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 1000, buildings: 700 }),
    openBrowser(),
  ]);
  buildings = [...Map.groupBy(station.smokeDetectors, ({ building }) => building).values()];
  plug = new NetworkPlug(Number(new URL(station.url).port));
  url = `http://127.0.0.1:${await plug.start()}`;
  wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  wall.on('request', (request) => asked.add(request.url()));
  wall.on('websocket', (socket) => asked.add(socket.url()));
  await wall.goto(`${url}/sign-in?to=/wall`);
  await signInAs(wall, station, 'wall');
  await wall.locator('[data-map="ready"][data-feed="live"]').first().waitFor({ state: 'attached' });
  await wall.evaluate(() => document.body.setAttribute('data-first-page', ''));
}, 120_000);

afterAll(async () => {
  await wall?.close();
  await browser?.close();
  await plug?.stop();
  await station?.stop();
});

async function burn(building: number): Promise<void> {
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${buildings[building]![0]!.id}/event`, message, {
    qos: 1,
  });
}

/** Runs in the page: resolves with the time at which it no longer says that it is live. */
function notLiveAt(): Promise<number> {
  const { documentElement: root } = document;
  return new Promise((resolve) => {
    const look = () => {
      if (root.dataset.feed === 'live' || document.querySelector('.stale-banner') === null) return;
      observer.disconnect();
      resolve(Date.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, childList: true, subtree: true });
    look();
  });
}

const incidents = () =>
  wall.locator('[data-mark]').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-mark')));

test.each([
  ['the cable is pulled', () => plug.pull(), 0],
  ['every connection is reset', () => plug.cut(), 10],
])(
  '%s → said within 2 s, greyed with its age → three fires meanwhile → put back: all there, no reload',
  async (_, take, first) => {
    const before = await incidents();
    const said = wall.evaluate(notLiveAt);
    const takenAt = Date.now();
    take();
    expect((await said) - takenAt).toBeLessThan(saidWithinMs + graceMs);
    await wall.locator('.wall-body.stale').waitFor();
    expect(await wall.locator('.stale-banner').textContent()).toMatch(/\d+ 秒|\d+:\d\d/);
    for (const fire of [0, 1, 2]) await burn(first + fire);
    expect(await incidents()).toEqual(before);

    plug.putBack();
    await wall.locator('[data-feed="live"]').first().waitFor({ state: 'attached' });
    await expect.poll(async () => (await incidents()).length, { timeout: 15_000 }).toBe(before.length + 3);
    expect(await wall.locator('.stale-banner').count()).toBe(0);
    expect(await wall.locator('body[data-first-page]').count()).toBe(1);
  },
);

test('in all of this, no request and no socket went anywhere but to the station', () => {
  const { host } = new URL(url);
  const outside = [...asked].filter((one) => !/^(blob|data):/.test(one) && new URL(one).host !== host);
  expect(outside).toEqual([]);
  expect([...asked].some((one) => one.startsWith('ws:'))).toBe(true);
});
