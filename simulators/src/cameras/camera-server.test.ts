import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderAfter, orderCamera } from './camera-order.ts';
import { CameraServer } from './camera-server.ts';
import { CameraTeller } from './camera-teller.ts';
import { loadClips } from './clip-library.ts';

/** Over real sockets; the clock is ours. */
const published: { topic: string; payload: Record<string, unknown>; retain: boolean | undefined }[] = [];
let now = Date.UTC(2026, 2, 1, 4);
let server: CameraServer;
let url = '';

beforeAll(async () => {
  const link = {
    publish: async (topic: string, payload: string, retain?: boolean) => {
      published.push({ topic, payload: JSON.parse(payload), retain });
    },
  };
  const teller = new CameraTeller(link, { county: '331081', run: 'r', clock: () => now });
  server = new CameraServer({
    ...{ host: '127.0.0.1', port: 0, clips: await loadClips(), clock: () => now },
    sceneOf: (camera) => (camera.startsWith('C-') ? 'corridor' : null),
    onOrder: async (camera, { tell }) => {
      if (tell !== undefined) await teller.tell(camera, tell);
    },
  });
  url = `http://127.0.0.1:${(await server.start()).port}`;
});
afterAll(() => server.stop());

const playlist = async (camera: string) => (await fetch(`${url}/${camera}/index.m3u8`)).text();

test('a playlist, and all that it names; a camera that is not there is none', async () => {
  const names = [...(await playlist('C-1')).matchAll(/^(?:#EXT-X-MAP:URI="([^"]+)"|([^#].+))$/gm)].map(
    ([, init, segment]) => init ?? segment!,
  );
  expect(names.length).toBeGreaterThanOrEqual(7);
  for (const name of names) {
    const part = await fetch(`${url}/C-1/${name}`);
    expect([part.status, part.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect((await part.arrayBuffer()).byteLength).toBeGreaterThan(500);
  }
  expect((await fetch(`${url}/X-1/index.m3u8`)).status).toBe(404);
  expect((await fetch(`${url}/C-1/corridor-normal/x.m4s`)).status).toBe(404);
});

test('ordered to burn → its playlist shows fire, another’s does not; dropped → cut off', async () => {
  await orderCamera(url, 'C-2', { picture: 'fire' });
  now += 14_000;
  expect(await playlist('C-2')).not.toContain('corridor-normal/');
  expect(await playlist('C-2')).toContain('corridor-fire/');
  expect(await playlist('C-1')).not.toContain('corridor-fire/');
  await orderCamera(url, 'C-2', { fault: 'drop' });
  await expect(playlist('C-2')).rejects.toThrow();
  await orderCamera(url, 'C-2', { fault: null });
  expect(await playlist('C-2')).toContain('corridor-fire/');
  const orders = await (await fetch(`${url}/control`)).json();
  expect(orders).toEqual({ 'C-2': { picture: 'fire', fault: null, lagSeconds: 0 } });
});

test('an order that makes no sense, or for nobody, is refused with what is wrong', async () => {
  const post = (camera: string, body: string) => fetch(`${url}/control/${camera}`, { method: 'POST', body });
  expect((await post('C-1', '{"fault":"explode"}')).status).toBe(422);
  expect((await post('C-1', 'no json')).status).toBe(422);
  expect((await post('X-1', '{}')).status).toBe(404);
  await expect(orderCamera(url, 'C-1', { tell: { kind: 'camera.crowd', in: 'frigate' } })).rejects.toThrow(
    'frigate has no word for camera.crowd',
  );
});

test('told natively, as Frigate and as ONVIF: an end has the id of its beginning', async () => {
  published.length = 0;
  for (const speech of ['native', 'frigate', 'onvif'] as const)
    for (const begins of [true, false])
      await orderCamera(url, 'C-3', { tell: { kind: 'camera.fire', begins, in: speech } });
  expect(published.map(({ topic }) => topic)).toEqual([
    ...Array(2).fill('fenghuo/v1/331081/C-3/event'),
    ...Array(2).fill('frigate/events'),
    ...Array(2).fill('C-3/onvif-ej/RuleEngine/FireDetector/Fire/&1/Picture'),
  ]);
  const [, , begun, ended, lit, out] = published.map(({ payload }) => payload);
  expect(begun).toMatchObject({ type: 'new', after: { camera: 'C-3', label: 'fire', end_time: null } });
  expect(ended).toMatchObject({ type: 'end', after: { id: (begun!.after as { id: string }).id } });
  expect([lit!.Data, out!.Data]).toEqual([{ State: 'true' }, { State: 'false' }]);
});

test.each([
  [{ kind: 'camera.fire' }, { picture: 'fire' }],
  [{ kind: 'camera.smoke', state: 'alarm' }, { picture: 'smoke' }],
  [{ kind: 'camera.fire', state: 'normal' }, { picture: 'normal' }],
  [{ kind: 'camera.crowd' }, null],
  [{ kind: 'smoke' }, null],
] as const)('a camera shows what it reports: %o', (message, order) =>
  expect(orderAfter(message)).toEqual(order),
);
