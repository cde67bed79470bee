import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setupPages } from '../../screen/src/route.ts';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let station: DemoStation;
let browser: Browser;
beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 400, buildings: 300 }),
    openBrowser(),
  ]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await station?.stop();
});

/** Findings of axe that are serious or worse, each with the first place where it is. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  if (results.passes.length === 0) throw new Error('axe looked at nothing');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 160)}`);
}

test('no page has a serious finding of axe', async () => {
  const fire = station.smokeDetectors[0]!;
  const message = JSON.stringify({ kind: 'manual', ts: Date.now() });
  for (const { id } of station.smokeDetectors.slice(1, 40)) {
    const weak = JSON.stringify({ kind: 'battery', value: 4, ts: Date.now() });
    await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, weak, { qos: 1 });
  }
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${fire.id}/event`, message, { qos: 1 });
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, bypassCSP: true });
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    found[name] = await findings(page);
  };

  await page.goto(`${station.url}/sign-in`);
  await page.getByLabel('账号').waitFor();
  await look('sign-in');
  await signInAs(page, station, 'commander');
  await page.getByText('指挥席位').first().waitFor();
  await look('home');
  await page.goto(`${station.url}/pair`);
  await page.getByLabel('大屏上的配对码').waitFor();
  await look('pair');
  await page.goto(`${station.url}/report?b=${fire.building}`);
  await page.getByText('冒烟').waitFor();
  await look('report');
  await page.goto(`${station.url}/nowhere`);
  await page.getByText('没有这个页面').waitFor();
  await look('lost');
  await page.goto(`${station.url}/wall`);
  await page.locator('[data-incident]').first().waitFor();
  await look('wall');
  await page.goto(`${station.url}/desk`);
  await page.locator('.row-window [data-incident]').first().waitFor();
  await page.keyboard.press('u');
  await page.locator('.case-keys [data-key]').first().waitFor();
  await look('desk, with a case');
  await page.keyboard.press('x');
  await page.locator('.case-words').waitFor();
  await look('desk, asking for words');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('.key-help').waitFor();
  await look('desk, its keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.getByText('新的停用或测试').waitFor();
  await look('desk, what is put aside');
  await page.keyboard.press('F2');
  await page.getByRole('combobox', { name: '地点' }).waitFor();
  await look('desk, a call');
  await page.goto(`${station.url}/desk?view=broadcasts`);
  await page.locator('[data-form="broadcast"]').waitFor();
  await look('desk, broadcasts');
  await page.goto(`${station.url}/records`);
  await page.locator('[data-case] a').first().waitFor();
  await look('records');
  await page.locator('[data-case] a').first().click();
  await page.locator('[data-evidence]').waitFor();
  await look('records, a case');
  await page.goto(`${station.url}/upkeep`);
  await page.locator('[data-order] input').first().check();
  await page.locator('.assign-form').waitFor();
  await look('upkeep, an order chosen');
  await page.goto(`${station.url}/upkeep?by=building`);
  await page.locator('[data-building] button').first().click();
  await page.locator('.assign-form').waitFor();
  await look('upkeep, by building');
  await page.goto(`${station.url}/upkeep?by=route`);
  await page.locator('[data-route]').first().click();
  await page.locator('.route-view li').first().waitFor();
  await look('upkeep, by route');
  await page.goto(`${station.url}/drill`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look('drill');
  await page.goto(`${station.url}/respond`);
  await page.locator('.phone-bar').waitFor();
  await look('phone');

  const signOut = async () => {
    await page.goto(station.url);
    await page.getByRole('button', { name: '退出登录' }).click();
  };
  await signOut();
  await page.goto(`${station.url}/sign-in`);
  await signInAs(page, station, 'administrator');
  await page.getByText('指挥席位').first().waitFor();
  for (const name of setupPages) {
    await page.goto(`${station.url}/setup/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
    await look(`setup, ${name}`);
  }

  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
}, 180_000);
