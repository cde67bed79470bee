import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

let station: DemoStation;
let browser: Browser;
const pages: Page[] = [];

beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 2000, cameras: 200, buildings: 300 }),
    openBrowser(),
  ]);
}, 240_000);

afterAll(async () => {
  for (const page of pages) await page.close();
  await browser?.close();
  await station?.stop();
});

/** A page that is signed in at a view, with what it complains of. */
async function open(path: string, account: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  pages.push(page);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`a script ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`${station.url}/sign-in?to=${path}`);
  await signInAs(page, station, account);
  await page.waitForURL(({ pathname }) => pathname === path);
  return { page, complaints };
}

const say = (id: string, kind: string) =>
  station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, JSON.stringify({ kind, ts: Date.now() }), {
    qos: 1,
  });

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

const wordsOfStranger = [
  {
    ...{
      lang: 'zh',
      door: /停用/,
      out: '停用…',
      tag: '停用',
      back: '恢复使用',
      none: '没有停用的设备或建筑',
    },
    reason: '更换底座',
  },
  {
    ...{ lang: 'en', door: /out of service/i, out: 'Take out of service…', tag: 'Out of service' },
    ...{ back: 'Return to service', none: 'No device or building is out of service', reason: 'New base' },
  },
];

test.each(wordsOfStranger)(
  'a stranger ($lang), by what the screen says: a door → types its id → a button → types why, Enter: out of service; back',
  async (words) => {
    const { page, complaints } = await open('/', 'dispatcher');
    await page.goto(`${station.url}/?lang=${words.lang}`);
    const { id } = station.smokeDetectors[0]!;
    let clicks = 0;
    const click = async (what: Locator) => {
      clicks += 1;
      await what.click();
    };
    await click(page.getByRole('link').filter({ hasText: words.door }));
    await page.locator('input[type="search"]:focus').waitFor();
    await page.keyboard.type(id);
    await click(page.getByRole('button', { name: words.out }));
    await page.keyboard.type(words.reason);
    await page.keyboard.press('Enter');
    await page.getByText(words.reason).waitFor();
    await page.locator('.drill-tag', { hasText: words.tag }).waitFor();
    expect(clicks).toBe(2);
    await click(page.getByRole('button', { name: words.back }));
    await page.getByRole('button', { name: words.out }).waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByText(words.none).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('out of service from the desk, by its door → its alarm rings nowhere, and stands put aside', async () => {
  const { page, complaints } = await open('/desk', 'dispatcher');
  const { id } = station.smokeDetectors[0]!;
  await page.getByRole('button', { name: '设备', exact: true }).click();
  await page.getByLabel('查找设备').fill(id);
  const line = page.locator(`[data-device="${id}"]`);
  await line.getByRole('button', { name: '停用…' }).click();
  await line.getByLabel('理由').fill('更换底座');
  await line.getByRole('button', { name: '停用设备' }).click();
  await line.getByText('更换底座').waitFor();
  await say(id, 'smoke');
  await page.getByRole('button', { name: '指挥席位' }).click();
  await page.getByText('告警 1 · 停用与测试 1').waitFor();
  expect(await page.locator('[data-incident]').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('import: faults by their lines, nothing done → mended, dry run → imported; names that are scripts stay text', async () => {
  const { page, complaints } = await open('/setup/devices', 'administrator');
  await page.getByRole('tab', { name: '导入' }).click();
  const { building } = station.smokeDetectors[0]!;
  const script = '<img src=x onerror=alert(1)>';
  const head = '编号,类型,建筑,楼层,房间\n';
  const choose = page.getByLabel(/文件/);
  await choose.setInputFiles(
    file('a.csv', `${head}S-new-1,smoke,${building},2,"${script}"\nS-new-2,smok,B-none,1,\n`),
  );
  const dryRun = page.getByRole('button', { name: '试运行' });
  expect(await dryRun.isDisabled()).toBe(true);
  await page.getByLabel(/WGS-84/).check();
  await dryRun.click();
  await page.locator('[data-errors="2"]').waitFor();
  expect(await page.locator('.setup-remarks li').allTextContents()).toEqual([
    expect.stringContaining('第 3 行'),
    expect.stringContaining('B-none'),
  ]);
  expect(await page.getByRole('button', { name: /^导入 \d/ }).count()).toBe(0);
  await choose.setInputFiles(
    file('a.csv', `${head}S-new-1,smoke,${building},2,"${script}"\nS-new-2,heat,${building},1,\n`),
  );
  await dryRun.click();
  await page.getByRole('button', { name: '导入 2 条' }).click();
  await page.getByText('已导入 2 条').waitFor();
  await page.getByRole('tab', { name: '查找与停用' }).click();
  await page.getByLabel('查找设备').fill('S-new-1');
  await page.locator('[data-device="S-new-1"]').getByText(script).waitFor();
  expect(complaints).toEqual([]);
});

test('a stranger speaks → it waits to be adopted → its building is said → it left the list, and is found there', async () => {
  await say('STRANGER-b1', 'battery');
  const { page, complaints } = await open('/setup/devices', 'administrator');
  await page.getByRole('tab', { name: '待接纳' }).click();
  const line = page.locator('[data-device="STRANGER-b1"]');
  await line.getByRole('button', { name: '接纳…' }).click();
  await line.getByLabel('类型').selectOption('smoke');
  await line.getByLabel('所在建筑').fill(station.smokeDetectors[0]!.building);
  await line.locator('.setup-choices button').first().click();
  await line.getByLabel('楼层').fill('1');
  await line.getByRole('button', { name: '接纳', exact: true }).click();
  await page.getByText('已接纳 STRANGER-b1').waitFor();
  await page.locator('[data-waiting="0"]').waitFor({ state: 'attached' });
  await page.getByRole('tab', { name: '查找与停用' }).click();
  await page.getByLabel('查找设备').fill('STRANGER');
  await page.locator('[data-device="STRANGER-b1"]').getByText(/1 层/).waitFor();
  expect(complaints).toEqual([]);
});

test('rulebook: a fault at its line → mended → what differs → run on history → put in force, with a reason', async () => {
  const { page, complaints } = await open('/setup/rulebook', 'administrator');
  const text = page.getByRole('textbox', { name: '规则库' });
  const before = await text.inputValue();
  const lines = before.split('\n');
  const at = lines.findIndex((line) => /^\s+severity: /.test(line));
  await text.fill(lines.with(at, lines[at]!.replace(/severity: .*/, 'severity: worst')).join('\n'));
  await page.getByRole('button', { name: '检查' }).click();
  await page.locator('.setup-gutter [data-fault="true"]').first().waitFor();
  expect(await page.locator('.setup-gutter [data-fault="true"]').first().textContent()).toBe(String(at + 1));
  expect(await page.getByRole('button', { name: '立即启用' }).count()).toBe(0);
  await text.fill(`${before}\n# 修订一处\n`);
  await page.getByRole('button', { name: '检查' }).click();
  await page.locator('.setup-diff [data-kind="added"]').first().waitFor();
  await page.getByRole('button', { name: '开始回测' }).click();
  await page.locator('.setup-outcome').waitFor();
  await page.getByLabel('理由').fill('加一行说明');
  await page.getByRole('button', { name: '立即启用' }).click();
  await page.getByText(/administrator .*加一行说明/).waitFor();
  expect(complaints).toEqual([]);
});

test('an account is made, its password shown once; a dispatcher is offered no accounts', async () => {
  const { page, complaints } = await open('/setup/accounts', 'administrator');
  await page.getByRole('button', { name: '新建账号' }).click();
  await page.getByLabel(/^账号/).fill('zhang.san');
  await page.getByLabel('姓名或席位').fill('张三<script>alert(1)</script>');
  await page.getByLabel('角色').selectOption('dispatcher');
  await page.getByRole('button', { name: '保存' }).click();
  expect(await page.locator('[data-password="zhang.san"]').textContent()).toMatch(/^\w+-\w+-\w+$/);
  await page.locator('[data-account="zhang.san"]').getByText('张三<script>').waitFor();
  await page.locator('[data-account="zhang.san"]').getByRole('button', { name: '停用账号' }).click();
  await page.locator('[data-account="zhang.san"][data-disabled="true"]').waitFor();
  const other = await open('/setup/devices', 'dispatcher');
  expect(await other.page.getByRole('link', { name: /账号/ }).count()).toBe(0);
  expect(await other.page.getByRole('tab').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('health, quarantine, buildings and people show what they have, in both languages', async () => {
  const { page, complaints } = await open('/setup/health', 'administrator');
  await page.locator('[data-problems="0"]').waitFor();
  await page.goto(`${station.url}/setup/quarantine`);
  await page.getByText('没有隔离的报文').waitFor();
  await page.goto(`${station.url}/setup/buildings`);
  await page.locator('[data-buildings="50"]').waitFor();
  await page.goto(`${station.url}/setup/people?lang=en`);
  await page.locator('.setup-unit').first().click();
  await page.locator('[data-person]').first().waitFor();
  expect(complaints).toEqual([]);
});
