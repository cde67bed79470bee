import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connectAsync } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { orderCamera } from '../../simulators/src/cameras/camera-order.ts';
import { sceneOfId } from '../../simulators/src/cameras/camera-scene.ts';
import { CameraServer } from '../../simulators/src/cameras/camera-server.ts';
import { loadClips } from '../../simulators/src/cameras/clip-library.ts';
import { openBrowser } from './chromium.ts';
import { NetworkPlug } from './network-plug.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/**
 * `npm run screenshots [-- --out DIR] [--small] [--only 1920x1080,5760x2160] [--until flood]`: the wall in its seven states at each
 * layout, once more with its ground shaded by the safety index, in English once at each, and the desk, as PNG files to be
 * looked at; and each wall once more 480 pixels wide, which is what is left of it eight metres away. Everything happens
 * through the real server: detectors and a drill over MQTT, orders of a desk, a pulled plug, and simulated cameras whose
 * pictures are live. `--small` takes an estate of 4,000 detectors, `--only` these sizes, `--until` ends after a state.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    small: { type: 'boolean', default: false },
    only: { type: 'string' },
    until: { type: 'string' },
  },
});

const everyLayout = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 5760, height: 2160 },
];
const only = values.only?.split(',');
const layouts = everyLayout.filter(({ width, height }) => only?.includes(`${width}x${height}`) ?? true);

const small = { detectors: 4000, cameras: 400, buildings: 300 };
const farWidth = 480;

/** Longest that is waited for a map, ms: on a machine with other work to do. */
const mapWithinMs = 120_000;
/** Longest that is waited for the pictures of the cameras, ms: without a graphics card they come one after the other. */
const picturesWithinMs = 20_000;
/** A round of the scan, seconds; and so many of its pictures a quiet wall is waited for. */
const scanSeconds = values.small ? 60 : 180;
const scanned = 16;
/** What the eye is given to take in what moved, and the map to come to rest, ms. */
const restMs = 4_500;

/** What the pictures are taken of. */
interface Stage {
  station: DemoStation;
  plug: NetworkPlug;
  /** Of the simulated cameras. */
  camerasUrl: string;
  wall: Page;
  /** A commander's. */
  desk: Page;
}

async function main(): Promise<void> {
  mkdirSync(path.join(values.out, 'far'), { recursive: true });
  const scene = { clips: await loadClips(), sceneOf: sceneOfId };
  const cameras = new CameraServer({ host: '127.0.0.1', port: 0, clock: Date.now, ...scene });
  const camerasUrl = `http://127.0.0.1:${(await cameras.start()).port}`;
  const settings = {
    FENGHUO_CAMERA_URL: `${camerasUrl}/{camera}/index.m3u8`,
    FENGHUO_CAMERA_SCAN: String(scanSeconds),
  };
  const [station, browser] = await Promise.all([
    startDemoStation(values.small ? small : {}, settings),
    openBrowser(),
  ]);
  const plug = new NetworkPlug(Number(new URL(station.url).port));
  try {
    const url = `http://127.0.0.1:${await plug.start()}`;
    await station.breathe();
    const wall = await signIn(station, browser, { view: '/wall', account: 'wall', url });
    const desk = await signIn(station, browser, { view: '/desk', account: 'commander' });
    await takeAll({ station, plug, camerasUrl, wall, desk });
  } finally {
    await browser.close();
    await plug.stop();
    await station.stop();
    await cameras.stop();
  }
}

/** A state of the wall: what makes it, in the order in which they follow each other. */
const states: Record<string, (stage: Stage) => Promise<void>> = {
  quiet: async () => {},
  drill: async ({ station, desk }) => {
    drillRun = await startDrill(station, desk, buildings(station)[20]![0]!.id);
  },
  'one-fire': async (stage) => {
    await post(stage.desk, `/drills/${drillRun}/end`);
    await burn(stage.station, buildings(stage.station).find((floors) => floors.length > 8)!, 2);
    await showFire(stage);
  },
  'ten-fires': async ({ station, desk }) => {
    await post(desk, '/walls/wall/orders', modeOrder('everyday'));
    for (const tower of buildings(station).slice(1, 12)) await burn(station, tower, 2);
  },
  'safety-index': async ({ desk }) => {
    for (const order of [
      { order: 'shade', shade: 'index' },
      { order: 'look', look: { at: 'county' } },
    ])
      await post(desk, '/walls/wall/orders', { do: 'order', minutes: 60, order });
  },
  wartime: async ({ desk }) => {
    await post(desk, '/walls/wall/orders', { do: 'release', kinds: ['shade', 'look'] });
    await post(desk, '/walls/wall/orders', modeOrder('wartime'));
  },
  flood: async ({ station, desk }) => {
    await post(desk, '/walls/wall/orders', { do: 'release', kinds: ['mode'] });
    for (const building of buildings(station).slice(12, 212)) await burn(station, building, 1, 'water');
  },
  stale: async ({ wall, plug }) => {
    plug.pull();
    await wall.locator('.stale-banner').waitFor();
  },
};
let drillRun = '';

const modeOrder = (mode: 'everyday' | 'wartime') => ({
  do: 'order',
  minutes: 60,
  order: { order: 'mode', mode },
});

async function takeAll(stage: Stage): Promise<void> {
  const { station, plug, wall, desk } = stage;
  for (const [state, bringAbout] of Object.entries(states)) {
    await bringAbout(stage);
    await takeLayouts(wall, state);
    if (state === values.until) return;
    if (state === 'one-fire') await takeEnglish(stage, state);
    if (state === 'flood') await takeDesk(station, desk);
  }
  plug.putBack();
}

async function takeEnglish({ wall, desk }: Stage, state: string): Promise<void> {
  const url = wall.url();
  await wall.goto(`${url}?lang=en`);
  await takeLayouts(wall, `${state}-en`);
  await wall.goto(`${url}?lang=zh`);
  await desk.goto(`${new URL(desk.url()).origin}/desk?view=walls`);
  await desk.locator('[data-wall] .walls-screens').first().waitFor();
}

/** The first two cameras of the wall see what burns. */
async function showFire({ wall, camerasUrl }: Stage): Promise<void> {
  await wall.locator('.lead[data-incident]').waitFor();
  await wall.locator('.camera-tile-place', { hasText: '朝向' }).nth(1).waitFor();
  const cameras = await wall
    .locator('.camera-tile')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-camera')!));
  for (const [i, picture] of (['fire', 'smoke'] as const).entries())
    await orderCamera(camerasUrl, cameras[i]!, { picture });
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
  await signInAs(page, station, account);
  await page.waitForURL(({ pathname }) => pathname === view);
  return page;
}

async function takeLayouts(page: Page, state: string): Promise<void> {
  for (const layout of layouts) await take(page, layout, state);
}

async function take(page: Page, size: { width: number; height: number }, state: string): Promise<void> {
  const isWall = new URL(page.url()).pathname === '/wall';
  await page.setViewportSize(size);
  if (isWall)
    await page.locator('[data-map="ready"]').first().waitFor({ state: 'attached', timeout: mapWithinMs });
  await page.evaluate(() => document.fonts.ready);
  if (isWall && state !== 'stale') await picturesCame(page);
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), restMs);
  const name = `${state}-${size.width}x${size.height}.png`;
  const file = path.join(values.out, name);
  const shot = await page.screenshot({ path: file, timeout: 90_000 });
  if (isWall) writeFileSync(path.join(values.out, 'far', name), await shrink(page, shot));
  console.log(file);
}

/** Waits until no picture is on its way any more. */
async function picturesCame(page: Page): Promise<void> {
  const still = () =>
    document.querySelector('.camera-tile') !== null &&
    document.querySelector('.camera-tile[data-picture="connecting"]') === null;
  await page.waitForFunction(still, undefined, { timeout: picturesWithinMs }).catch(() => {});
  if ((await page.locator('.scan-mosaic').count()) > 0)
    await page
      .locator('.mosaic-cell[data-camera]')
      .nth(scanned)
      .waitFor({ timeout: picturesWithinMs * 2 })
      .catch(() => {});
}

/** The picture as wide as it looks from afar. */
async function shrink(page: Page, shot: Buffer): Promise<Buffer> {
  const small = await page.evaluate(
    async ([base64, width]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const whole = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const height = Math.round((whole.height / whole.width) * width);
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const picture = canvas.getContext('2d')!;
      picture.imageSmoothingQuality = 'high';
      picture.drawImage(whole, 0, 0, width, height);
      return canvas.toDataURL('image/png').split(',')[1]!;
    },
    [shot.toString('base64'), farWidth] as const,
  );
  return Buffer.from(small, 'base64');
}

await main();
