import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { signInAs } from './sign-in.ts';
import { type DemoStation, startDemoStation } from './station.ts';

let station: DemoStation;
let browser: Browser;
let desk: Page;
let other: Page;
const complaints: string[] = [];

/** A machine that does other things too takes its time. */
const soon = { timeout: 20_000 };

beforeAll(async () => {
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 400, buildings: 300 }),
    openBrowser(),
  ]);
  desk = await openDesk('dispatcher');
  other = await openDesk('commander');
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await station?.stop();
});

async function openDesk(account: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.on('console', (message) => {
    const isRefusal = message.text().includes('409');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${station.url}/sign-in?to=/desk`);
  await signInAs(page, station, account);
  await page.getByRole('button', { name: /^接警/ }).waitFor();
  return page;
}

const say = (device: string, body: object) =>
  station.mqtt.publishAsync(
    `fenghuo/v1/331081/${device}/event`,
    JSON.stringify({ ts: Date.now(), value: 12, ...body }),
    { qos: 1 },
  );

/** The two smoke detectors of one building that the case is about. */
const detectors = () => {
  const tall = [...Map.groupBy(station.smokeDetectors, ({ building }) => building).values()];
  return tall
    .sort((a, b) => b.length - a.length)[0]!
    .slice(0, 2)
    .map(({ id }) => id);
};

const incident = () => new URL(desk.url()).searchParams.get('incident')!;
const stands = (page: Page) => page.locator('[data-ticket] .ticket-stands').first();
const step = async (to: string, reason = '') => {
  if (reason !== '') await desk.locator('[data-ticket] input').first().fill(reason);
  await desk.locator(`[data-step="${to}"]`).click();
};
const ticketNow = async () =>
  desk.evaluate(async (id) => (await (await fetch(`/api/v1/incidents/${id}`)).json()).ticket, incident());

test('fire → acknowledged → the first team proposed is ordered by one key; both desks know who looks', async () => {
  for (const device of detectors()) await say(device, { kind: 'smoke' });
  await desk.locator('[data-incident] button').first().click();
  await other.locator('[data-incident] button').first().click();
  await desk.getByText('指挥长也在看').waitFor();
  await desk.locator('[data-act="acknowledge-incident"]').click();
  const first = await desk.locator('[data-team]').first().getAttribute('data-team');
  await desk.locator('[data-act="acknowledge-incident"]').waitFor({ state: 'detached' });
  await desk.keyboard.press('1');
  await desk.locator('[data-step="accepted"]').waitFor();
  expect(await ticketNow()).toMatchObject({ holder: first, stage: 'dispatched' });
  await other.locator('[data-step="accepted"]').waitFor();
  expect(await desk.locator('.keyholder').getAttribute('href')).toMatch(/^tel:\S{5,}/);
  await desk.locator('.detector-history[data-events] svg').waitFor();
});

test('two desks act on one ticket: the first wins, and the second is told who did it, in words', async () => {
  const { promise: firstIsDone, resolve } = Promise.withResolvers<void>();
  await other.route('**/api/v1/commands', async (route) => {
    await firstIsDone;
    await route.continue();
  });
  const clicked = other.waitForRequest('**/api/v1/commands');
  await other.locator('[data-ticket] input').first().fill('对讲机已联系');
  await other.locator('[data-step="accepted"]').click();
  await clicked;
  await step('accepted');
  await desk.locator('[data-step="en-route"]').waitFor();
  await other.locator('[data-step="en-route"]').waitFor();
  resolve();
  const refused = other.locator('[data-ticket] [data-state="refused"]');
  await refused.waitFor();
  expect(await refused.textContent()).toMatch(/指挥室席位已在 \S+ 先行办理：接单/);
  expect(await other.locator('[data-ticket] input').first().inputValue()).toBe('对讲机已联系');
  await other.unroute('**/api/v1/commands');
});

test('a department is called, comes and is chased; the case is handed on to another team', async () => {
  await desk.getByText('增派与转派').click();
  const call = desk.locator('[data-form="add-party"]');
  await call.getByLabel('增派单位').selectOption({ index: 2 });
  await call.getByRole('button', { name: '增派' }).click();
  const party = desk.locator('[data-party]');
  await party.waitFor();
  expect(await party.getAttribute('data-state')).toBe('called');
  await party.getByRole('button', { name: '催办' }).click();
  await party.getByRole('button', { name: /^已催办/ }).waitFor();
  await party
    .getByRole('button', { name: '完成' })
    .or(party.getByRole('button', { name: '接单' }))
    .first()
    .click();
  await desk.locator('[data-party][data-state="accepted"]').waitFor();
  await party.getByRole('button', { name: '解除' }).click();
  await desk.locator('[data-party][data-state="released"]').waitFor();

  const { holder } = await ticketNow();
  const hand = desk.locator('[data-form="transfer"]');
  await hand.getByLabel('转派给').selectOption({ index: 1 });
  await hand.getByLabel('理由').fill('就近');
  await hand.getByRole('button', { name: '转派' }).click();
  await expect.poll(async () => (await ticketNow()).holder, soon).not.toBe(holder);
  await expect.poll(() => stands(other).textContent(), soon).toBe(await stands(desk).textContent());
});

test('closed → its file → visited, not satisfied → opened again at the desk', async () => {
  for (const to of ['on-scene', 'under-control']) await step(to);
  await step('feedback', '明火已灭');
  for (const to of ['review', 'supervision', 'closed']) await step(to);
  await desk.locator('[data-closed] .case-link').click();
  await desk.locator('.case-page').waitFor();
  expect(await desk.locator('[data-outcome]').getAttribute('data-outcome')).toBe('closed');
  await desk.getByLabel('说明').fill('楼道仍有烟味');
  await desk.getByRole('button', { name: '回访不满意' }).click();
  await desk.locator('[data-follow-up="false"]').waitFor();
  await desk.getByLabel('说明').fill('复燃');
  await desk.getByRole('button', { name: '重新打开' }).click();
  await desk.locator('.incident-pane [data-ticket]').waitFor();
  expect(await ticketNow()).toMatchObject({ reopened: 1 });
  await expect.poll(() => desk.locator('.time-line').textContent(), soon).toContain('复燃');
});

test('a case is found by its detector, its people, its code as typed, and by its day; it is watched again', async () => {
  const { caseCode } = await ticketNow();
  await desk.goto(`${station.url}/records`);
  const found = () => desk.locator('[data-case]').count();
  const search = async (label: string, value: string) => {
    await desk.getByLabel(label).fill(value);
    await desk.keyboard.press('Enter');
  };
  await search('探测器编号', detectors()[0]!);
  await expect.poll(found, soon).toBe(1);
  expect(new URL(desk.url()).searchParams.get('device')).toBe(detectors()[0]);
  await search('经办人', 'nobody');
  await desk.getByText('没有符合条件的案件').waitFor();
  await search('经办人', 'dispatcher');
  await expect.poll(found, soon).toBe(1);
  await search('结束日期', '2020-01-01');
  await desk.getByText('没有符合条件的案件').waitFor();
  await desk.goto(
    `${station.url}/records?code=${encodeURIComponent(caseCode.toLowerCase().replaceAll('-', ' '))}`,
  );
  await desk.getByRole('link', { name: caseCode }).click();
  const whole = Number(await desk.locator('[data-replay]').getAttribute('data-replay'));
  await desk.getByLabel('回放时间').press('Home');
  await expect
    .poll(async () => Number(await desk.locator('[data-replay]').getAttribute('data-replay')), soon)
    .toBeLessThan(whole / 2);
  await desk.getByLabel('速度').selectOption('3600');
  await desk.getByRole('button', { name: '播放' }).click();
  await expect
    .poll(async () => Number(await desk.locator('[data-replay]').getAttribute('data-replay')), soon)
    .toBe(whole);
});

test('a weak battery is given to a unit, and ends in words', async () => {
  await say(detectors()[1]!, { kind: 'battery' });
  await expect
    .poll(async () => {
      await desk.goto(`${station.url}/upkeep?kind=battery`);
      await desk.locator('[data-orders]').waitFor();
      return desk.locator('[data-order]').count();
    }, soon)
    .toBe(1);
  await desk.locator('[data-order] input').check();
  const give = desk.locator('.assign-form');
  await give.getByLabel('承办单位').selectOption({ index: 1 });
  await give.getByRole('button', { name: /^派出/ }).click();
  await desk.locator('[data-order]').getByText('期限').waitFor();
  await desk.locator('[data-order]').getByRole('button').click();
  await desk.getByLabel('说明').fill('已换电池');
  await desk.getByRole('button', { name: '已修复' }).click();
  await desk.getByText('没有符合条件的维保单').waitFor();
  expect(complaints).toEqual([]);
});
