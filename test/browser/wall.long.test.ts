import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

/** A machine with other work to do gets as long as this. */
const patienceMs = 30_000;

let station: DemoStation;
let browser: Browser;
const pages: Page[] = [];

beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 1000, buildings: 700 }),
    openBrowser(),
  ]);
}, 120_000);

afterAll(async () => {
  for (const page of pages) await page.close();
  await browser?.close();
  await station?.stop();
});

/** A page that is signed in, with what it complains of and whom it asks. */
async function open(path: string, account: string) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  pages.push(page);
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (!['blob:', 'data:'].includes(protocol) && host !== new URL(station.url).host)
      strangers.push(request.url());
  });
  await page.goto(`${station.url}${path}`);
  await signInAs(page, station, account);
  return { page, complaints, strangers };
}

/** Share of the screenshot that is of its commonest colour; 1 is a blank canvas. */
async function blankness(page: Page): Promise<number> {
  const shot = (await page.locator('canvas.maplibregl-canvas').first().screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
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

const mapReady = (page: Page) => page.locator('[data-map="ready"]').first().waitFor({ state: 'attached' });

test('a published fire appears on the wall: in the list, on the map, in the chain', async () => {
  const { page, complaints, strangers } = await open('/sign-in?to=/wall', 'wall');
  await mapReady(page);
  expect(await blankness(page)).toBeLessThan(0.8);
  await page.locator('[data-feed="live"]').first().waitFor({ state: 'attached' });
  expect(await page.locator('[data-incident]').count()).toBe(0);

  const first = station.smokeDetectors.find((one) => one.floor > 1)!;
  const second = station.smokeDetectors.find(
    (one) => one.building === first.building && one.id !== first.id,
  )!;
  for (const { id } of [first, second])
    await station.mqtt.publishAsync(
      `fenghuo/v1/331081/${id}/event`,
      JSON.stringify({ kind: 'smoke', value: 12, unit: '%/m', ts: Date.now() }),
      { qos: 1 },
    );

  const lead = page.locator('[data-incident][data-severity="high"]').first();
  await lead.waitFor();
  expect(await lead.textContent()).toMatch(/2 只烟感/);
  expect(await page.locator('[data-ticket]').count()).toBeGreaterThan(0);
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});

test('12 low ones in one township: they fold into a number; a fire stands in the list; the desk opens the number', async () => {
  const { page, complaints } = await open('/sign-in?to=/wall', 'wall');
  const inTownship = Map.groupBy(station.smokeDetectors, ({ id }) => id.slice(0, 9));
  const detectors = [...inTownship.values()].sort((a, b) => b.length - a.length)[0]!;
  const buildings = [...Map.groupBy(detectors, ({ building }) => building).values()];
  const say = (id: string, kind: string) =>
    station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, JSON.stringify({ kind, ts: Date.now() }), {
      qos: 1,
    });
  for (const [detector] of buildings.slice(0, 12)) await say(detector!.id, 'water');
  await page.locator('.fold-line[data-folded="12"] .flood-words').waitFor();
  await say(buildings[12]![0]!.id, 'manual');
  await page.locator('[data-incident][data-severity="high"]').first().waitFor();
  expect(await page.locator('[data-incident][data-severity="low"]').count()).toBe(0);

  const desk = await open('/sign-in?to=/desk', 'dispatcher');
  await desk.page.locator('.folded[data-folded="12"]').waitFor();
  expect(await desk.page.locator('[data-incident][data-severity="low"]').count()).toBe(0);
  await desk.page.getByRole('button', { name: /低风险 ×12 已折叠/ }).click();
  expect(await desk.page.locator('[data-incident][data-severity="low"]').count()).toBe(12);
  expect([complaints, desk.complaints]).toEqual([[], []]);
});

test('a stranger is asked to sign in; a wrong password is told, and opens nothing', async () => {
  const page = await browser.newPage();
  pages.push(page);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${station.url}/desk`);
  await page.getByRole('button', { name: /登录/ }).waitFor();
  expect(complaints).toEqual([]);
  await page.getByLabel('账号').fill('wall');
  await page.getByLabel('密码').fill('wrong');
  await page.getByRole('button', { name: /登录/ }).click();
  await page.getByRole('alert').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});

test('a wall shows a code → a dispatcher enters it → the wall is in → unpaired, it shows a code again', async () => {
  const wall = await browser.newPage();
  pages.push(wall);
  await wall.goto(`${station.url}/wall`);
  const code = await wall.locator('[data-code]').getAttribute('data-code');
  const { page, complaints } = await open('/sign-in?to=/pair', 'dispatcher');
  await page.getByLabel('大屏上的配对码').fill(code!.toLowerCase());
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('位于 127.0.0.1 的屏幕').waitFor();
  await page.getByLabel('挂在哪里').fill('值班室');
  await page.getByRole('button', { name: '同意接入' }).click();
  await wall.locator('[data-feed="live"]').first().waitFor({ state: 'attached' });
  await page.reload();
  await page.getByRole('button', { name: '解除配对' }).click();
  await wall.locator('[data-code]').waitFor();
  expect(complaints).toEqual([]);
});

test('desk: a dispatcher puts a case forward and mutes the wall → the wall leads with it and says so → released, it decides again', async () => {
  const wall = await open('/sign-in?to=/wall', 'wall');
  await wall.page.locator('.lead[data-incident]').waitFor();
  const gravest = await wall.page.locator('.lead').getAttribute('data-incident');
  const other = await wall.page.locator('.incidents [data-incident]').first().getAttribute('data-incident');
  const { page, complaints } = await open(`/sign-in?to=/desk`, 'dispatcher');
  await page.getByRole('button', { name: /大屏控制/ }).click();
  const pane = page.locator('[data-wall="wall"]');
  await pane.getByRole('combobox').selectOption(other);
  await pane.getByRole('button', { name: '看这起警情' }).click();
  await wall.page.locator(`.lead[data-incident="${other}"]`).waitFor();
  await pane.getByRole('button', { name: '静音', exact: true }).click();
  await wall.page.locator('.top-sound[data-sound="muted"]').waitFor();
  await pane.locator('.walls-screens [data-sound="muted"]').first().waitFor();
  await wall.page.locator('.order-strip').waitFor();
  for (const left of [1, 0]) {
    await pane.getByRole('button', { name: '恢复自动' }).first().click();
    await expect.poll(() => pane.locator('.walls-standing li').count()).toBe(left);
  }
  await wall.page.locator(`.lead[data-incident="${gravest}"]`).waitFor();
  expect([complaints, wall.complaints]).toEqual([[], []]);
});

test('desk: a dispatcher shades the map by the safety index, then by nothing → each stands on the wall → released, the layout decides', async () => {
  const wall = await open('/sign-in?to=/wall', 'wall');
  const shade = () => wall.page.locator('.map-legend').getAttribute('data-shade');
  await wall.page.locator('.map-legend').waitFor();
  const own = await shade();
  const { page, complaints } = await open('/sign-in?to=/desk', 'dispatcher');
  await page.getByRole('button', { name: /大屏控制/ }).click();
  const pane = page.locator('[data-wall="wall"]');
  for (const [button, told] of [
    ['地图底色：平安指数', 'index'],
    ['地图不着色', 'none'],
  ] as const) {
    await pane.getByRole('button', { name: button }).click();
    await expect.poll(shade, { timeout: patienceMs }).toBe(told);
    expect(await wall.page.locator('.order-strip').innerText()).toContain(button);
  }
  await pane.getByRole('button', { name: '恢复自动' }).click();
  await expect.poll(shade, { timeout: patienceMs }).toBe(own);
  expect([complaints, wall.complaints]).toEqual([[], []]);
}, 120_000);

test('desk: a dispatcher acknowledges an alarm and moves a ticket, and sees it done when the writer says so', async () => {
  const { page, complaints } = await open('/sign-in?to=/desk', 'dispatcher');
  await page.locator('[data-incident]').first().click();
  await page.locator('[data-order="1"]').click();
  await page.getByRole('button', { name: '接单' }).first().waitFor();
  expect(complaints).toEqual([]);
});
