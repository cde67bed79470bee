import {
  type CameraScan,
  cameraStates,
  decodeCameraStates,
  latestCameras,
} from '@fenghuo/contracts/cameras.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CameraHost, playlistAt } from './camera-host.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

/** The real thread of the scan, against a real server whose cameras fail each in its way. */
let host: CameraHost;
let web: TestWeb;
let as: string;

beforeAll(async () => {
  host = await CameraHost.start();
  host.put('/C-late/index.m3u8', { status: 200, body: playlistAt(Date.now() - 60_000) });
  host.put('/C-dark/index.m3u8', { status: 404 });
  host.put('/C-empty/index.m3u8', { status: 200, body: '#EXTM3U\n' });
  host.put('/C-gone/index.m3u8', 'cut');
  for (const part of ['1.m4s', '2.m4s'])
    host.put(`/C-frozen/${part}`, { status: 200, body: 'the same picture' });
  web = await startTestWeb({ cameraUrl: host.template, scanRoundMs: 300 });
  await web.pool.query(`
    insert into fenghuo.device (no, id, county, type, adopted, area, lon, lat)
    select 6 + row_number() over () - 1, id, '331081', 'camera', true, '331081100203', 121.37, 28.49
    from unnest(array['C-late', 'C-dark', 'C-empty', 'C-gone', 'C-frozen']) as id;
    select fenghuo.bump_directory('331081')`);
  as = await enter(web, 'commander');
});
afterAll(async () => {
  await web.stop();
  await host.stop();
});

const scan = async () => (await (await web.call('GET', '/api/v1/cameras/scan', { as })).json()) as CameraScan;
const states = async (since = 0) =>
  decodeCameraStates(
    await (await web.call('GET', `/api/v1/cameras/scan/states?since=${since}`, { as })).arrayBuffer(),
  );

test('each is found as it is: live, late, frozen, offline, without a signal', async () => {
  const wanted = { unchecked: 0, live: 1, late: 1, frozen: 1, offline: 1, 'no-signal': 2 };
  let found: CameraScan['states'] | null = null;
  while (JSON.stringify(found) !== JSON.stringify(wanted)) found = (await scan()).states;
  const { numbers, states: codes, checkedAt, ages } = await states();
  const named = Object.fromEntries([...numbers].map((no, i) => [no, cameraStates[codes[i]!]]));
  expect(named).toEqual({ 4: 'live', 6: 'late', 7: 'no-signal', 8: 'no-signal', 9: 'offline', 10: 'frozen' });
  expect([...checkedAt].every((at) => Math.abs(at - Date.now() / 1000) < 60)).toBe(true);
  expect(ages[1]).toBeGreaterThanOrEqual(60);
  const card = await (await web.call('GET', '/api/v1/cameras/C-frozen', { as })).json();
  expect(card).toMatchObject({
    state: 'frozen',
    checkedAt: expect.any(Number),
    ageSeconds: expect.any(Number),
  });
  const latest = await (await web.call('GET', '/api/v1/cameras/scan/latest?limit=2', { as })).json();
  expect(latestCameras.parse(latest).cameras.map(({ id }) => id)).toEqual(['C-1']);
  expect(await scan()).toMatchObject({ running: true, cameras: 6, roundSeconds: 0.3 });
});

test('the picture moves again → live; who asks since a time hears only of what was looked at from then on', async () => {
  host.put('/C-frozen/2.m4s', { status: 200, body: 'another picture' });
  while ((await scan()).states.frozen > 0);
  const { now } = await states();
  expect((await states(now + 3600)).numbers).toHaveLength(0);
  while ((await states(now + 1)).numbers.length < 6);
  expect((await scan()).lastRoundSeconds).toBeGreaterThanOrEqual(0.3);
});
