import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/**
 * `npm run screenshots [-- --out DIR] [--small]`: the screens of a station of all Wenling in its states, at each
 * layout, as PNG files to be looked at. `--small` takes an estate of 4,000 detectors.
 */
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'screenshots' }, small: { type: 'boolean', default: false } },
});

const layouts = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 5760, height: 2160 },
];

const small = { detectors: 4000, cameras: 1000, buildings: 700 };

async function main(): Promise<void> {
  mkdirSync(values.out, { recursive: true });
  const [station, browser] = await Promise.all([startDemoStation(values.small ? small : {}), openBrowser()]);
  try {
    await takeAll(station, browser);
  } finally {
    await browser.close();
    await station.stop();
  }
}

async function takeAll(station: DemoStation, browser: Browser): Promise<void> {
  await station.breathe();
  const wall = await signIn(station, browser, '/wall', 'wall');
  await takeLayouts(wall, 'quiet');
  const towers = buildings(station).filter((floors) => floors.length > 8);
  await burn(station, towers[0]!, 2);
  await takeLayouts(wall, 'one-fire');
  for (const tower of towers.slice(1, 12)) await burn(station, tower, 1);
  await takeLayouts(wall, 'ten-fires');
  for (const building of buildings(station).slice(12, 612)) await say(station, building[0]!.id, 'water');
  await takeLayouts(wall, 'flood');
  await wall.goto(`${station.url}/wall?lang=en`);
  await take(wall, layouts[0]!, 'flood-en');
  const desk = await signIn(station, browser, '/desk', 'dispatcher');
  await desk.locator('[data-incident]').first().click();
  await take(desk, { width: 1920, height: 1080 }, 'desk');
  const stranger = await browser.newPage();
  await stranger.goto(`${station.url}/wall`);
  await stranger.waitForURL(({ pathname }) => pathname === '/sign-in');
  await take(stranger, layouts[0]!, 'sign-in');
}

/** Smoke detectors by building, those of the tallest buildings first. */
function buildings(station: DemoStation): { id: string; floor: number }[][] {
  const byBuilding = Map.groupBy(station.smokeDetectors, (detector) => detector.building);
  return [...byBuilding.values()].sort((a, b) => b.length - a.length);
}

async function burn(station: DemoStation, detectors: { id: string }[], count: number): Promise<void> {
  for (const { id } of detectors.slice(0, count)) await say(station, id, 'smoke');
}

async function say(station: DemoStation, id: string, kind: string): Promise<void> {
  const message = JSON.stringify({ kind, value: 12, ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
}

async function signIn(station: DemoStation, browser: Browser, view: string, account: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${station.url}/sign-in?to=${view}`);
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
  await page.setViewportSize(size);
  if (new URL(page.url()).pathname === '/wall')
    await page.locator('[data-map="ready"]').first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
  const file = path.join(values.out, `${state}-${size.width}x${size.height}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

await main();
