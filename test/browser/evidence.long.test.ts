import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceList } from '../../contracts/src/case.ts';
import { sceneOfId } from '../../simulators/src/cameras/camera-scene.ts';
import { CameraServer } from '../../simulators/src/cameras/camera-server.ts';
import { loadClips } from '../../simulators/src/cameras/clip-library.ts';
import { openBrowser } from './chromium.ts';
import { type DemoStation, startDemoStation } from './station.ts';

let cameras: CameraServer;
let station: DemoStation;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  cameras = new CameraServer({
    ...{ host: '127.0.0.1', port: 0, clock: Date.now },
    ...{ clips: await loadClips(), sceneOf: sceneOfId },
  });
  const settings = {
    FENGHUO_CAMERA_URL: `http://127.0.0.1:${(await cameras.start()).port}/{camera}/index.m3u8`,
  };
  [station, browser] = await Promise.all([
    startDemoStation({ detectors: 4000, cameras: 2000, buildings: 300 }, settings),
    openBrowser(),
  ]);
  page = await enter('/desk', station.account('dispatcher'));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await station?.stop();
  await cameras?.stop();
});

async function enter(to: string, who: { account: string; password: string }): Promise<Page> {
  const opened = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await opened.goto(`${station.url}/sign-in?to=${to}`);
  await opened.getByLabel('账号').fill(who.account);
  await opened.getByLabel('密码').fill(who.password);
  await opened.getByRole('button', { name: /登录/ }).click();
  return opened;
}

const ask = (path: string, method = 'GET', body?: object) =>
  page.evaluate(
    async ([path, method, body]) =>
      (
        await fetch(`/api/v1${path}`, {
          method: String(method),
          headers: { 'X-Fenghuo': '1', 'Content-Type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      ).json(),
    [path, method, body] as const,
  );
const evidence = async (incident: string) =>
  evidenceList.parse(await ask(`/incidents/${incident}/evidence`)).evidence;

test('an alarm → the case keeps what the camera beside it showed then, once, though two desks are open; more is kept by a touch', async () => {
  const second = await enter('/desk', station.account('commander'));
  await second.getByRole('button', { name: /^接警/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^接警/ }).waitFor({ timeout: 60_000 });
  const id = await detectorInView();
  const at = Date.now();
  const message = JSON.stringify({ kind: 'manual', ts: at });
  await station.mqtt.publishAsync(`fenghuo/v1/331081/${id}/event`, message, { qos: 1 });
  await page.locator('[data-incident]').first().click();
  await page.locator('[data-still] img').waitFor({ timeout: 60_000 });
  const incident = new URL(page.url()).searchParams.get('incident')!;
  const [still, ...others] = await evidence(incident);
  expect(others).toEqual([]);
  expect(still).toMatchObject({ kind: 'photo', file: { type: 'image/jpeg' } });
  expect(Math.abs((still!.doneAt ?? still!.at) - at)).toBeLessThan(30_000);
  expect(await page.locator('[data-still] figcaption').innerText()).toMatch(/案发时刻 .*\d\d:\d\d:\d\d.*前/);
  await page.locator('[data-take]:enabled').first().click();
  await page.locator('[data-evidence="2"]').waitFor({ timeout: 60_000 });
  expect(await evidence(incident)).toHaveLength(2);
  await second.close();
}, 240_000);

/** A detector with a camera that looks at it. */
async function detectorInView(): Promise<string> {
  for (const { id } of station.smokeDetectors) {
    const { lon, lat } = (await ask(`/devices/${id}`)) as { lon: number; lat: number };
    const near = (await ask(`/cameras/near?lon=${lon}&lat=${lat}&limit=4`)) as {
      cameras: { sees: boolean; metres: number; live: string | null }[];
    };
    if (near.cameras.some(({ sees, metres, live }) => sees && metres <= 120 && live !== null)) return id;
  }
  throw new Error('no camera of the estate looks at a detector');
}

test('a photo is chosen, one is pasted, one is dropped → the case shows them; what is no picture is refused in words', async () => {
  const before = Number(await page.locator('[data-evidence]').getAttribute('data-evidence'));
  const photo = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')?.fillRect(8, 8, 8, 8);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  });
  const input = page.locator('.evidence-add input');
  await input.setInputFiles({ name: '门前.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo) });
  await page.locator(`[data-evidence="${before + 1}"]`).waitFor();
  for (const [kind, i] of [
    ['paste', 2],
    ['drop', 3],
  ] as const) {
    await page.evaluate(
      ([kind, bytes]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(bytes)], 'x.jpg', { type: 'image/jpeg' }));
        const event =
          kind === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: carried, bubbles: true })
            : new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
        document.querySelector('[data-evidence]')!.dispatchEvent(event);
      },
      [kind, photo] as const,
    );
    await page.locator(`[data-evidence="${before + i}"]`).waitFor();
  }
  await input.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<script>') });
  await page.locator('[data-evidence] [data-state="refused"]').waitFor();
  expect(await page.locator('[data-evidence] [data-state="refused"]').innerText()).toMatch(/只接收照片/);
}, 120_000);

test('the county says something to its townships → a room reads it by one touch → the desk that sent it sees who has not', async () => {
  const township = await firstTownship();
  const admin = await enter('/setup/accounts', station.account('administrator'));
  await admin.waitForURL((url) => url.pathname === '/setup/accounts');
  const account = {
    name: 'room',
    displayName: '镇街席位',
    role: 'dispatcher',
    area: township.area,
    unit: township.id,
  };
  const { password } = await admin.evaluate(
    async (body) =>
      (
        await fetch('/api/v1/accounts', {
          method: 'POST',
          headers: { 'X-Fenghuo': '1', 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json(),
    account,
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.locator('[data-form="broadcast"] textarea').fill('今夜暴雨，请加强值守');
  await page.locator('[data-form="broadcast"] [type="submit"]').click();
  await page.locator('[data-broadcast][data-read="0"]').waitFor();
  const room = await enter('/desk', { account: 'room', password });
  await room.locator('[data-to-read] button').click({ timeout: 60_000 });
  await room.locator('[data-to-read]').waitFor({ state: 'detached' });
  await page.locator('[data-broadcast][data-read="1"]').waitFor();
  await page.locator('[data-broadcast] summary').click();
  await page.locator('.receipts li').first().waitFor();
  const all = await page.locator('.receipts li').count();
  expect(await page.locator('.receipts li[data-unread]').count()).toBe(all - 1);
  expect(await page.locator('.receipts li:not([data-unread])').innerText()).toContain('room');
  await room.close();
  await admin.close();
}, 120_000);

async function firstTownship(): Promise<{ id: string; area: string }> {
  const { units } = (await ask('/chain?level=township')) as { units: { id: string; area: string }[] };
  return units[0]!;
}
