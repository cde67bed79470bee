import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { type DemoStation, startDemoStation } from './station.ts';

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

/** What names of a real county never are, each as long as a name may be at most. */
const hostile = {
  script: '<img src=x onerror="ran=1">"><script>ran=1</script>',
  arabic: 'برج النخيل \u202e\u2069 فندق 12',
  long: 'W'.repeat(120),
  formula: '=HYPERLINK("http://x.invalid","报销")',
  emoji: '👨‍👩‍👧‍👦🔥🏭 @SUM(1+1)*cmd|calc',
};
type Hostile = keyof typeof hostile;
const kinds = Object.keys(hostile) as Hostile[];
/** Fields that take 64 characters. */
const short = (kind: Hostile) => hostile[kind].slice(0, 60);

async function asOf(account: string, password = station.account(account).password) {
  const headers = { 'X-Fenghuo': '1', 'Content-Type': 'application/json' };
  const api = `${station.url}/api/v1`;
  const signIn = { method: 'POST', headers, body: JSON.stringify({ account, password }) };
  const answer = await fetch(`${api}/session`, signIn);
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  return {
    get: async (path: string) => (await fetch(api + path, { headers: { cookie } })).json(),
    send: async (method: 'POST' | 'PUT', path: string, body: object) =>
      (
        await fetch(api + path, { method, headers: { ...headers, cookie }, body: JSON.stringify(body) })
      ).json(),
  };
}
type Person = Awaited<ReturnType<typeof asOf>>;

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: string[][]) => rows.map((row) => row.map(cell).join(',')).join('\r\n');

async function importFile(administrator: Person, what: string, rows: string[][]): Promise<void> {
  const id = crypto.randomUUID();
  const file = {
    id,
    format: 'csv',
    coordinates: 'wgs84',
    dryRun: false,
    name: `${what}.csv`,
    text: csv(rows),
  };
  const report = await administrator.send('POST', `/${what}/import`, file);
  expect(report).toMatchObject({ errorCount: 0, errors: [] });
}

/** A building of each kind, with two detectors and a key-holder; a team, somebody of it, and who sits at a desk. */
async function bringIn(administrator: Person): Promise<{ account: string; password: string }> {
  const above = await (await asOf('township')).get('/session');
  const { buildings } = await administrator.get('/buildings?limit=200');
  const within = (one: { area: string }) => one.area.startsWith(above.area);
  const { area, lon, lat } = buildings.find(within);
  const at = (i: number) => [String(lon + i * 0.004), String(lat + i * 0.003)];
  await importFile(administrator, 'buildings', [
    ['id', 'name', 'name_en', 'area', 'use', 'floors', 'lon', 'lat', 'keyholder', 'keyholder_phone'],
    ...kinds.map((kind, i) => {
      const names = [hostile[kind], hostile[kind], area, 'residential', '3'];
      return [`X-${kind}`, ...names, ...at(i), short(kind), '+86-1'];
    }),
  ]);
  await importFile(administrator, 'devices', [
    ['id', 'type', 'building', 'floor', 'room'],
    ...kinds.flatMap((kind) =>
      ['1', '2'].map((floor) => [`X-${kind}-${floor}`, 'smoke', `X-${kind}`, floor, short(kind)]),
    ),
  ]);
  await importFile(administrator, 'units', [
    ['id', 'level', 'name', 'area', 'parent', 'lon', 'lat', 'capabilities'],
    ...kinds.map((kind, i) => {
      const of = [hostile[kind], above.area, above.unit];
      return [`XU-${kind}`, 'team', ...of, ...at(i), 'fire'];
    }),
  ]);
  await importFile(administrator, 'people', [
    ['id', 'name', 'unit', 'title', 'phone', 'on_duty'],
    ...kinds.map((kind) => [`XP-${kind}`, short(kind), `XU-${kind}`, short(kind), '13900000000', '是']),
  ]);
  const place = { area: '331081', unit: null };
  const wish = { name: 'hostile', displayName: short('arabic'), role: 'dispatcher', ...place };
  const { name, password } = await administrator.send('POST', '/accounts', wish);
  return { account: name, password };
}

/** What is wrong with what a page shows: a script that ran, a page that scrolls sideways, text that can turn what is beside it. */
function look(width: number): string[] {
  const found: string[] = [];
  if (!/W{40}|النخيل|HYPERLINK|onerror|👨/.test(document.body.innerText))
    found.push('shows none of the names');
  if ('ran' in window) found.push('a script ran');
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > width) found.push(`the page is ${scrollWidth} wide`);
  const isolates = (element: Element) => getComputedStyle(element).unicodeBidi.startsWith('isolate');
  const isBlock = (element: Element) => !getComputedStyle(element).display.startsWith('inline');
  const alone = (node: Node) =>
    [...node.parentNode!.childNodes].every((one) => one === node || one.textContent!.trim() === '');
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.textContent!;
    const parent = node.parentElement!;
    if (/script|style/i.test(parent.tagName)) continue;
    if (/[\u202a-\u202e]/.test(text)) found.push(`turns: ${parent.className} ${text}`);
    const bare = text.replace(/\u2068[^\u2069]*\u2069/g, '');
    const stands = alone(node) && (isBlock(parent) || isolates(parent));
    if (/\p{Script=Arabic}/u.test(bare) && !stands) found.push(`not isolated: ${parent.outerHTML}`);
    if (!/W{40}/.test(text)) continue;
    const { right } = parent.getBoundingClientRect();
    if (right > width + 1)
      found.push(`sticks out to ${Math.round(right)}: ${parent.outerHTML.slice(0, 120)}`);
  }
  return found;
}

interface Visit {
  path: string;
  /** What is there once the page is. */
  shows: string;
}

async function signedIn(account: string, password: string, viewport: { width: number; height: number }) {
  const page = await browser.newPage({ viewport });
  const complaints: string[] = [];
  page.on('dialog', (dialog) => {
    complaints.push(`a script asked: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${station.url}/sign-in`);
  await page.locator('input[name="account"]').fill(account);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.locator('.home').waitFor();
  return { page, complaints };
}

const found: Record<string, string[]> = {};

async function visit(page: Page, { path, shows }: Visit, name = path): Promise<void> {
  await page.goto(station.url + path);
  await page.locator(shows).first().waitFor();
  await see(page, name);
}

async function see(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  found[name] = await page.evaluate(look, page.viewportSize()!.width);
}

const state = async (room: Person) =>
  (await room.get('/incidents?state=open')).incidents.filter(({ building }: { building: string | null }) =>
    building?.startsWith('X-'),
  ) as { id: string; building: string; ticket: string | null; caseCode: string }[];

test('names that are scripts, formulas, 120 letters, emoji or written from right to left: on every page no script runs, nothing sticks out, and no text is turned', async () => {
  const administrator = await asOf('administrator');
  const own = await bringIn(administrator);
  const room = await asOf(own.account, own.password);
  for (const kind of kinds)
    for (const [floor, what] of [
      ['1', { kind: 'smoke', value: 12 }],
      ['2', { kind: 'smoke', value: 12 }],
      ['1', { kind: 'battery', value: 3 }],
    ] as const)
      await station.mqtt.publishAsync(
        `fenghuo/v1/331081/X-${kind}-${floor}/event`,
        JSON.stringify({ ...what, ts: Date.now() }),
        { qos: 1 },
      );
  await expect
    .poll(async () => (await state(room)).filter(({ ticket }) => ticket !== null).length, { timeout: 30_000 })
    .toBe(kinds.length);
  const links: string[] = [];
  for (const kind of kinds) {
    const report = { id: crypto.randomUUID(), building: `X-${kind}`, floor: 1, what: 'smoke' };
    const said = { words: hostile[kind].repeat(2).slice(0, 200), phone: '' };
    links.push((await room.send('POST', '/public/reports', { ...report, ...said })).link);
    const area = { of: 'area', subject: '331081', area: '331081', level: 'team' };
    const reason = hostile[kind];
    const id = crypto.randomUUID();
    await room.send('POST', '/commands', { id, act: 'send-broadcast', ...area, reason });
  }
  const cases = await state(room);
  for (const { id, building } of cases) {
    const { ticket } = await room.get(`/incidents/${id}`);
    const [one, other] = [building.replace('X-', 'XU-'), building === 'X-long' ? 'XU-arabic' : 'XU-long'];
    const command = async (what: object) =>
      expect(
        await room.send('POST', '/commands', { id: crypto.randomUUID(), subject: ticket.id, ...what }),
      ).toMatchObject({ ok: true });
    await command({
      act: 'assign-ticket',
      expectedVersion: ticket.version,
      unit: one,
      reason: hostile.arabic,
    });
    const called = { expectedVersion: ticket.version + 1, unit: other, role: 'support' };
    await command({ act: 'add-party', ...called, reason: hostile.formula });
  }

  const desk = await signedIn(own.account, own.password, { width: 1920, height: 1080 });
  await visit(desk.page, { path: '/wall', shows: '.lead[data-incident]' });
  await visit(desk.page, { path: '/desk', shows: '.row-window [data-incident]' });
  for (const { id, building } of cases)
    await visit(
      desk.page,
      { path: `/desk?incident=${id}`, shows: '.incident-pane-place' },
      `desk, ${building}`,
    );
  await visit(desk.page, { path: '/desk?view=broadcasts', shows: '.broadcast' });
  await desk.page.locator('.broadcast summary').first().click();
  await desk.page.locator('.receipts li').first().waitFor();
  await see(desk.page, 'desk, who has read');
  await desk.page.keyboard.press('F2');
  await desk.page.getByRole('combobox', { name: '地点' }).fill(short('arabic').slice(0, 10));
  await desk.page.locator('.intake-found [role="option"]').first().waitFor();
  await see(desk.page, 'desk, a call');
  await visit(desk.page, { path: '/records', shows: '[data-case] a' });
  const { cases: codes } = await room.get('/cases?limit=50');
  for (const { code } of codes) {
    await visit(desk.page, { path: `/records/${code}`, shows: '.case-page' }, `case ${code}`);
    await visit(desk.page, { path: `/api/v1/cases/${code}/report`, shows: 'h1' }, `report ${code}`);
  }
  await visit(desk.page, { path: '/upkeep', shows: '[data-order]' });
  await visit(desk.page, { path: '/upkeep?by=building', shows: '[data-building]' });

  const { password } = station.account('administrator');
  const setup = await signedIn('administrator', password, { width: 1280, height: 800 });
  await setup.page.goto(`${station.url}/setup/devices`);
  await setup.page.getByLabel('查找设备').fill('X-');
  await setup.page.locator('[data-device^="X-"]').first().waitFor();
  await see(setup.page, 'setup, devices found');
  await setup.page.goto(`${station.url}/setup/buildings`);
  await setup.page.locator('input[type="search"]').first().fill('X-');
  await setup.page.locator('[data-building^="X-"]').first().waitFor();
  await see(setup.page, 'setup, buildings found');
  await setup.page.goto(`${station.url}/setup/people`);
  await setup.page.getByLabel('层级').selectOption('team');
  for (const kind of kinds) {
    await setup.page.getByRole('searchbox').fill(`XU-${kind}`);
    await setup.page.locator('.setup-unit').first().click();
    await setup.page.locator('[data-person]').first().waitFor();
    await see(setup.page, `setup, people of ${kind}`);
  }
  await visit(setup.page, { path: '/setup/accounts', shows: '[data-account]' });

  const crew = station.account('team');
  const phone = await signedIn(crew.account, crew.password, { width: 360, height: 640 });
  await visit(phone.page, { path: '/respond', shows: '[data-to-read]' });
  const holder = await signedIn('crew', station.account('crew').password, { width: 360, height: 640 });
  await visit(holder.page, { path: '/respond', shows: '[data-order]' });
  for (const { building, ticket } of cases)
    await visit(
      holder.page,
      { path: `/respond?t=${ticket}`, shows: `.order[data-ticket="${ticket}"]` },
      `phone, ${building}`,
    );
  for (const [i, kind] of kinds.entries()) {
    await visit(holder.page, { path: `/report?b=X-${kind}`, shows: '.report-form' }, `code on ${kind}`);
    await visit(holder.page, { path: `/report?s=${links[i]}`, shows: '.report-way' }, `report of ${kind}`);
  }

  expect(Object.fromEntries(Object.entries(found).filter(([, faults]) => faults.length > 0))).toEqual({});
  expect([desk, setup, phone, holder].flatMap(({ complaints }) => complaints)).toEqual([]);
}, 300_000);
