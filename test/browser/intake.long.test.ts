import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

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

async function openPage(viewport: { width: number; height: number }) {
  const page = await browser.newPage({ viewport });
  pages.push(page);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

async function openDesk() {
  const { page, complaints } = await openPage({ width: 1920, height: 1080 });
  await page.goto(`${station.url}/sign-in?to=/desk`);
  await signInAs(page, station, 'dispatcher');
  await page.getByRole('button', { name: /^接警/ }).waitFor();
  return { page, complaints };
}

/** What people call a building. */
const nameOf = (page: Page, building: string) =>
  page.evaluate(
    async (id) => (await (await fetch(`/api/v1/buildings/${id}`)).json()).nameZh as string,
    building,
  );

test('the telephone rings: a call is taken by keys alone and put to the incident that is open there, within 20 seconds', async () => {
  const { page, complaints } = await openDesk();
  const { id, building } = station.smokeDetectors[0]!;
  const smoke = JSON.stringify({ kind: 'smoke', value: 12, ts: Date.now() });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, smoke, { qos: 1 });
  await page.locator('[data-incident]').first().waitFor();
  const name = await nameOf(page, building);

  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const type = async (text: string) => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  const began = performance.now();
  await press('F2');
  await page.getByRole('combobox', { name: '地点' }).waitFor();
  await type(name);
  await page.locator('[role="option"]').first().waitFor();
  await press('Enter');
  await press('1');
  await page.locator('[data-match]').first().waitFor();
  await press('1');
  await type('三楼冒火');
  await press('Enter');
  await page.locator('[data-report]').waitFor();
  const seconds = (performance.now() - began) / 1000;
  console.info(`a call taken by ${keys} keys in ${seconds.toFixed(1)} s`);

  expect(seconds).toBeLessThan(20);
  expect(keys).toBeLessThan(40);
  expect(await page.locator('.desk-list [data-incident]').count()).toBe(1);
  expect(await page.locator('[data-report]').textContent()).toContain('三楼冒火');
  expect(await page.locator('.incident-pane').textContent()).toContain('人员报警');
  expect(complaints).toEqual([]);
});

test('a call where nothing is open: digits and Enter make a new incident; Escape leaves without one', async () => {
  const { page, complaints } = await openDesk();
  const { building } = station.smokeDetectors.at(-1)!;
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).search).toBe('');
  await page.keyboard.press('n');
  await page.getByRole('combobox', { name: '地点' }).waitFor();
  await page.keyboard.type(building);
  await page.locator('[role="option"]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('4');
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await page.locator('[data-report]').waitFor();
  expect(await page.locator('.incident-pane [data-ticket]').count()).toBe(1);
  expect(await page.locator('.incident-pane').textContent()).toContain('人员被困');
  expect(complaints).toEqual([]);
});

test('a place is pointed at on the map: the report lies there', async () => {
  const { page, complaints } = await openDesk();
  await page.keyboard.press('F2');
  await page.getByRole('combobox', { name: '地点' }).waitFor();
  await page.keyboard.press('F4');
  await page.locator('.intake-map[data-map="ready"]').click();
  const where = page.getByRole('combobox', { name: '地点' });
  await expect.poll(() => where.inputValue()).toMatch(/^121\.\d{5}, 28\.\d{5}$/);
  const [lon, lat] = (await where.inputValue()).split(', ').map(Number);
  await page.keyboard.press('5');
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await page.locator('[data-report]').waitFor();
  const report = await page.evaluate(
    async () => (await (await fetch('/api/v1/reports?limit=1')).json()).reports[0],
  );
  expect(report).toMatchObject({ what: 'flood', lon, lat });
  expect(complaints).toEqual([]);
});

test('a resident scans the code of a building → two touches → the page says what becomes of it; no account, no complaint', async () => {
  const { page, complaints } = await openPage({ width: 390, height: 844 });
  const { building } = station.smokeDetectors[50]!;
  await page.goto(`${station.url}/report?b=${building}`);
  await page.getByText('冒烟').click();
  await page.getByRole('button', { name: '立即上报' }).click();
  await page.locator('[aria-current="step"]').waitFor();
  expect(await page.locator('[aria-current="step"]').textContent()).toBe('已收到');
  expect(new URL(page.url()).searchParams.get('s')).toMatch(/^[\w-]{22}$/);
  expect(await page.getByRole('link', { name: /119/ }).getAttribute('href')).toBe('tel:119');
  expect(complaints).toEqual([]);
  await page.goto(`${station.url}/report?b=none`);
  await page.getByText('二维码无效').waitFor();
});
