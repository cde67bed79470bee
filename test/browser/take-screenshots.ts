import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connectAsync } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { NetworkPlug } from './network-plug.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/**
 * `npm run screenshots [-- --out DIR] [--small] [--only 1920x1080]`: the wall in its states at each layout, and the desk,
 * as PNG files to be looked at; and each wall once more 270 pixels high (480 × 270), which is what is left of it eight metres away.
 * `--small` takes an estate of 4,000 detectors, `--only` one size.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    small: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const everyLayout = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 5760, height: 2160 },
];
const only = /^(\d+)x(\d+)$/.exec(values.only ?? '');
const layouts = only === null ? everyLayout : [{ width: Number(only[1]), height: Number(only[2]) }];

const small = { detectors: 4000, cameras: 400, buildings: 300 };
const farHeight = 270;

async function main(): Promise<void> {
  mkdirSync(path.join(values.out, 'far'), { recursive: true });
  const [station, browser] = await Promise.all([startDemoStation(values.small ? small : {}), openBrowser()]);
  const plug = new NetworkPlug(Number(new URL(station.url).port));
  try {
    const port = await plug.start();
    await takeAll(station, browser, plug, `http://127.0.0.1:${port}`);
  } finally {
    await browser.close();
    await plug.stop();
    await station.stop();
  }
}

async function takeAll(
  station: DemoStation,
  browser: Browser,
  plug: NetworkPlug,
  throughPlug: string,
): Promise<void> {
  await station.breathe();
  const wall = await signIn(station, browser, { view: '/wall', account: 'wall', url: throughPlug });
  const desk = await signIn(station, browser, { view: '/desk', account: 'commander' });
  await takeLayouts(wall, 'quiet');
  const towers = buildings(station).filter((floors) => floors.length > 8);
  const run = await startDrill(station, desk, buildings(station)[20]![0]!.id);
  await takeLayouts(wall, 'drill');
  await post(desk, `/drills/${run}/end`);
  await burn(station, towers[0]!, 2);
  await takeLayouts(wall, 'one-fire');
  const hour = { do: 'order', minutes: 60 };
  await post(desk, '/walls/wall/orders', { ...hour, order: { order: 'mode', mode: 'everyday' } });
  for (const tower of buildings(station).slice(1, 12)) await burn(station, tower, 2);
  await takeLayouts(wall, 'ten-fires');
  await post(desk, '/walls/wall/orders', { ...hour, order: { order: 'mode', mode: 'wartime' } });
  await takeLayouts(wall, 'wartime');
  await post(desk, '/walls/wall/orders', { do: 'release', kinds: ['mode'] });
  for (const building of buildings(station).slice(12, 212)) await burn(station, building, 1, 'water');
  await takeLayouts(wall, 'flood');
  await takeDesk(station, desk);
  await wall.goto(`${throughPlug}/wall?lang=en`);
  await take(wall, layouts[0]!, 'flood-en');
  plug.pull();
  await wall.locator('.stale-banner').waitFor();
  for (const layout of layouts) await take(wall, layout, 'stale');
  plug.putBack();
}

async function takeDesk(station: DemoStation, desk: Page): Promise<void> {
  const size = { width: 1920, height: 1080 };
  await desk.locator('[data-incident]').first().click();
  await take(desk, size, 'desk');
  await desk.goto(`${station.url}/desk?view=walls`);
  await desk.locator('[data-wall]').first().waitFor();
  await take(desk, size, 'desk-walls');
}

/** Smoke detectors by building, those of the tallest buildings first. */
function buildings(station: DemoStation): { id: string; floor: number }[][] {
  const byBuilding = Map.groupBy(station.smokeDetectors, (detector) => detector.building);
  return [...byBuilding.values()].sort((a, b) => b.length - a.length);
}

async function burn(station: DemoStation, detectors: { id: string }[], count: number, kind = 'smoke') {
  for (const { id } of detectors.slice(0, count))
    await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, saying(kind), { qos: 1 });
}

const saying = (kind: string) => JSON.stringify({ kind, value: 12, ts: Date.now() });

/** A drill with one fire in it, told with the drill's own credential. */
async function startDrill(station: DemoStation, desk: Page, device: string): Promise<string> {
  const { run, topicRoot, username, secret } = await post(desk, '/drills', { title: '夜间拉动' });
  const tester = await connectAsync(`mqtt://127.0.0.1:${station.mqttPort}`, { username, password: secret });
  await tester.publishAsync(`${topicRoot}/fenghuo/v1/331081/${device}/event`, saying('manual'), { qos: 1 });
  await tester.endAsync();
  return run;
}

/** A request with the rights of who sits at the desk. */
async function post(desk: Page, to: string, body?: unknown) {
  const answer = await desk.request.post(`${new URL(desk.url()).origin}/api/v1${to}`, {
    headers: { 'X-Fenghuo': '1' },
    data: body,
  });
  if (!answer.ok()) throw new Error(`${to}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

interface Seat {
  view: string;
  account: string;
  url?: string;
}

async function signIn(station: DemoStation, browser: Browser, { view, account, url = station.url }: Seat) {
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in?to=${view}`);
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(station.account(account).password);
  await page.getByRole('button', { name: /登录/ }).click();
  await page.waitForURL(({ pathname }) => pathname === view);
  return page;
}

async function takeLayouts(page: Page, state: string): Promise<void> {
  for (const layout of layouts) await take(page, layout, state);
}

async function take(page: Page, size: { width: number; height: number }, state: string): Promise<void> {
  const isWall = new URL(page.url()).pathname === '/wall';
  await page.setViewportSize(size);
  if (isWall) await page.locator('[data-map="ready"]').first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4500)));
  const name = `${state}-${size.width}x${size.height}.png`;
  const file = path.join(values.out, name);
  const shot = await page.screenshot({ path: file });
  if (isWall) writeFileSync(path.join(values.out, 'far', name), await shrink(page, shot));
  console.log(file);
}

/** The picture as wide as it looks from afar. */
async function shrink(page: Page, shot: Buffer): Promise<Buffer> {
  const small = await page.evaluate(
    async ([base64, height]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const whole = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const width = Math.round((whole.width / whole.height) * height);
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const picture = canvas.getContext('2d')!;
      picture.imageSmoothingQuality = 'high';
      picture.drawImage(whole, 0, 0, width, height);
      return canvas.toDataURL('image/png').split(',')[1]!;
    },
    [shot.toString('base64'), farHeight] as const,
  );
  return Buffer.from(small, 'base64');
}

await main();
