import { decodeCameraPlaces, decodeCameraStates, nearCameras } from '@fenghuo/contracts/cameras.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CameraHost, playlistAt } from './camera-host.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let host: CameraHost;
let web: TestWeb;
let commander: string;
let inZeguo: string;
let inSongmen: string;

beforeAll(async () => {
  host = await CameraHost.start();
  web = await startTestWeb({ cameraUrl: host.template });
  await web.pool.query(
    `insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat, camera)
     select 6 + i, 'C-' || (2 + i), '331081', 'camera', true, area, null, null, null, 121.37 + i * 0.00004, 28.4902,
            json_build_object('code', 'c' || i, 'heading', heading, 'fieldOfView', 60,
                              'streamUrl', coalesce($1 || '/own.m3u8', ''))
     from (values (0, '331081100203', 180), (1, '331081100203', 0), (2, '331081101207', 180)) as t (i, area, heading)`,
    [host.url],
  );
  commander = await enter(web, 'commander');
  inZeguo = await enter(web, 'dispatcher', zeguo, 'in-zeguo');
  inSongmen = await enter(web, 'dispatcher', songmen, 'in-songmen');
});
afterAll(async () => {
  await web.stop();
  await host.stop();
});

const get = (path: string, as = commander, headers = {}) =>
  web.call('GET', `/api/v1${path}`, { as, headers });
const near = async (as: string) =>
  nearCameras.parse(await (await get('/cameras/near?lon=121.37&lat=28.49', as)).json()).cameras;

test('near a place: who looks there stands before who is nearer and looks away; of the own area only', async () => {
  expect((await near(commander)).map(({ id, sees }) => [id, sees])).toEqual([
    ['C-2', true],
    ['C-4', true],
    ['C-3', false],
    ['C-1', false],
  ]);
  const [first] = await near(inZeguo);
  expect(first).toMatchObject({ id: 'C-2', bearing: 180, code: 'c0', live: '/api/v1/cameras/C-2/live.m3u8' });
  expect(first!.metres).toBeCloseTo(22.3, 0);
  expect((await near(inSongmen)).map(({ id }) => id)).toEqual(['C-4']);
});

test('a picture comes through our own origin, by names that only its playlist gives', async () => {
  const playlist = await get('/cameras/C-1/live.m3u8', inZeguo);
  expect([playlist.status, playlist.headers.get('content-type')]).toEqual([
    200,
    'application/vnd.apple.mpegurl; charset=utf-8',
  ]);
  const text = await playlist.text();
  expect(text).not.toContain('m4s');
  const names = [...text.matchAll(/live\/[\w.-]+/g)].map(([name]) => name);
  expect(names).toHaveLength(3);
  const pictures = await Promise.all(
    names.map(async (name) => (await get(`/cameras/C-1/${name}`, inZeguo)).text()),
  );
  expect(pictures).toEqual(['init.mp4', '1.m4s', '2.m4s'].map((name) => `picture of /C-1/${name}`));
  expect((await get(`/cameras/C-2/${names[0]}`, inZeguo)).status).toBe(400);
  expect((await get(`/cameras/C-1/${names[0]}`, inSongmen)).status).toBe(404);
  expect((await get(`/cameras/C-1/${names[0]!.slice(0, -1)}`, inZeguo)).status).toBe(400);
});

test('a playlist that points to another host sends the server nowhere; one of variants is followed by name', async () => {
  host.put('/C-1/index.m3u8', {
    status: 200,
    body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://169.254.169.254/x\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n',
  });
  host.put('/C-1/low.m3u8', { status: 200, body: playlistAt(Date.now()) });
  const text = await (await get('/cameras/C-1/live.m3u8')).text();
  const names = [...text.matchAll(/^live\/.+$/gm)].map(([name]) => name);
  expect(names).toHaveLength(1);
  const variant = await (await get(`/cameras/C-1/${names[0]}`)).text();
  const [segment] = /^[^#].+$/m.exec(variant)!;
  expect(await (await get(`/cameras/C-1/live/${segment}`)).text()).toBe('picture of /C-1/1.m4s');
});

test.each([
  ['no signal', { status: 404 }, 'no-signal'],
  ['refused', { status: 403 }, 'offline'],
  ['no playlist', { status: 200, body: '<html>' }, 'offline'],
  ['cut off', 'cut', 'offline'],
] as const)('%s: 502 with the reason', async (_, answer, reason) => {
  host.put('/C-1/index.m3u8', answer);
  const response = await get('/cameras/C-1/live.m3u8');
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ error: reason });
});

test('sent on within the video server → followed; to another → refused', async () => {
  host.put('/C-1/index.m3u8', { status: 302, location: '/moved/list.m3u8?cookie=1' });
  host.put('/moved/list.m3u8?cookie=1', { status: 200, body: playlistAt(Date.now()) });
  const text = await (await get('/cameras/C-1/live.m3u8')).text();
  const [segment] = /^live\/.+$/m.exec(text)!;
  expect(await (await get(`/cameras/C-1/${segment}`)).text()).toBe('picture of /moved/1.m4s');
  host.put('/C-1/index.m3u8', { status: 302, location: 'http://127.0.0.1:9/list.m3u8' });
  expect((await get('/cameras/C-1/live.m3u8')).status).toBe(502);
  host.put('/C-1/index.m3u8', { status: 302, location: '/C-1/index.m3u8' });
  expect((await get('/cameras/C-1/live.m3u8')).status).toBe(502);
});

test('the registry’s own address of a camera is used before the template', async () => {
  host.put('/own.m3u8', { status: 200, body: playlistAt(Date.now()) });
  host.asked.length = 0;
  expect((await get('/cameras/C-3/live.m3u8')).status).toBe(200);
  expect(host.asked).toEqual(['/own.m3u8']);
});

test('places and states of the viewer’s area, by device number; without a scan all are unchecked', async () => {
  const numbers = async (as: string) => {
    const places = decodeCameraPlaces(await (await get('/cameras/places', as)).arrayBuffer());
    const states = decodeCameraStates(await (await get('/cameras/scan/states', as)).arrayBuffer());
    expect([...states.numbers]).toEqual([...places.numbers]);
    expect(states.states.every((state) => state === 0)).toBe(true);
    return [...places.numbers];
  };
  expect(await numbers(commander)).toEqual([4, 6, 7, 8]);
  expect(await numbers(inSongmen)).toEqual([8]);
  expect(await (await get('/cameras/scan', inZeguo)).json()).toMatchObject({
    ...{ area: zeguo, running: false, cameras: 3, states: { unchecked: 3, live: 0 } },
  });
});
