import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartupError } from '../src/startup-error.ts';
import { startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-screen-test-'));
  web = await startTestWeb({ screenFolder: join(folder, 'dist') });
});
afterAll(async () => {
  await web.stop();
  await rm(folder, { recursive: true });
});

test('not built yet: a sentence; built: the page, without a restart', async () => {
  const early = await web.call('GET', '/wall');
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('2');
  expect(await early.text()).toContain('not built yet');
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist/index.html'), '<p>wall</p>');
  await writeFile(join(folder, 'dist/favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'dist/assets/wall-1a2b.js'), `console.log(${'"x",'.repeat(500)}1)`);
  await writeFile(join(folder, 'dist/assets/font-1a2b.woff2'), 'font');
  for (const path of ['/', '/wall', '/desk/incidents/331081-I1']) {
    const page = await web.call('GET', path);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toBe('<p>wall</p>');
  }
});

test('hashed assets are kept for good, scripts compressed; other files are asked about', async () => {
  const script = await web.call('GET', '/assets/wall-1a2b.js', { headers: { 'Accept-Encoding': 'br' } });
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('content-encoding')).toBe('br');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(await script.text()).toContain('console.log');
  const font = await web.call('GET', '/assets/font-1a2b.woff2');
  expect(font.headers.get('cache-control')).toContain('immutable');
  expect((await web.call('GET', '/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
});

test('what is not there is not the page, and nothing outside the folder is there', async () => {
  const paths = [
    '/assets/gone.js',
    '/assets/',
    '/gone.png',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2fsecret.txt',
  ];
  for (const path of paths) {
    const response = await web.call('GET', path);
    expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true]);
    expect(await response.text()).not.toContain('secret');
  }
});

test('security headers; over plain http none that only https heeds', async () => {
  for (const path of ['/', '/api/v1/session', '/healthz', '/assets/wall-1a2b.js']) {
    const { headers } = await web.call('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("connect-src 'self' ws: wss:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('healthy while the database answers and the writer lives', async () => {
  const health = async () => {
    const response = await web.call('GET', '/healthz');
    return [response.status, await response.json()];
  };
  const unwell = (problem: string) => [503, { ok: false, problems: [problem] }];
  expect(await health()).toEqual(unwell('The writer has never given a sign of life.'));
  const beat = (age: string) =>
    web.pool.query(
      `insert into fenghuo.pulse values ('331081', now() - $1::interval, '{}')
       on conflict (county) do update set at = excluded.at`,
      [age],
    );
  await beat('0 s');
  expect(await health()).toEqual([200, { ok: true, problems: [] }]);
  await beat('7.2 s');
  expect(await health()).toEqual(unwell('The writer has been silent for 7 s.'));
});

test('the database goes: health says so, and requests are told to try again', async () => {
  const lonely = await startTestWeb();
  await lonely.dropDatabase();
  const response = await lonely.call('GET', '/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ ok: false, problems: ['The database does not answer.'] });
  const body = { account: 'a', password: 'b' };
  const refused = await lonely.call('POST', '/api/v1/session', { body });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: 'database-away' });
  await lonely.stop();
});

test('a taken port is one sentence', async () => {
  const port = Number(new URL(web.url).port);
  const failure = await startTestWeb({ port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartupError);
  expect(failure).toMatchObject({ reason: 'port-taken', message: expect.stringContaining(`Port ${port}`) });
});
