import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ontoHttps } from '../src/api/onto-https.ts';
import { openHttps } from '../src/https/open-https.ts';
import { readSettings } from '../src/settings.ts';
import { county, insertTestAccount, password } from './small-county.ts';
import { startTestWeb } from './test-web.ts';

const pem = (kind: string) =>
  readFileSync(new URL(`../../gateway/test/tls/localhost.${kind}`, import.meta.url));
const body = JSON.stringify({ account: 'wall', password });

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'fenghuo-https-'));
});
afterEach(() => rm(dataFolder, { recursive: true }));

async function startOwn() {
  const settings = readSettings({ FENGHUO_HTTPS: 'own', FENGHUO_HTTPS_NAMES: 'alarm.lan' });
  const tls = await openHttps(settings, { dataFolder, clock: Date.now, log: pino({ level: 'silent' }) });
  const web = await startTestWeb({ tls: tls! });
  const ask = (path: string, { ca, method = 'GET' }: { ca?: string; method?: string } = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'X-Fenghuo': '1', 'Content-Type': 'application/json' };
      const url = `${web.url.replace('http:', 'https:')}${path}`;
      request(url, { method, headers, agent: false, ...(ca && { ca }) }, resolve)
        .on('error', reject)
        .end(method === 'POST' ? body : undefined);
    });
  return { web, ask };
}

test('an own authority → fetched in clear → trusted: https is taken; not trusted: refused; one port for both', async () => {
  const { web, ask } = await startOwn();
  await insertTestAccount(web.pool, 'wall');
  const page = await (await fetch(`${web.url}/trust`)).text();
  expect(page).toContain('证书信任设置');
  expect(page).toContain('<svg');
  expect(page).toContain('http://alarm.lan:');
  const ca = await (await fetch(`${web.url}/trust/fenghuo.crt`)).text();
  const response = await ask('/api/v1/session', { ca, method: 'POST' });
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(response.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  expect(response.headers['strict-transport-security']).toBeUndefined();
  await expect(ask('/healthz')).rejects.toMatchObject({
    code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
  });
  expect((await fetch(`${web.url}/api/v1/session`)).status).toBe(401);
  const cookie = response.headers['set-cookie']![0]!.split(';')[0]!;
  const url = web.url.replace('http:', 'https:');
  const socket = io(url, { ca, transports: ['websocket'], extraHeaders: { cookie, origin: url } } as object);
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  socket.close();
  await web.stop();
});

test('in clear from another machine: to https, and nothing that carries a password is taken', () => {
  const tell = (method: string, remoteAddress: string, secure = false) => {
    const said: unknown[] = [];
    const response = {
      status: (code: number) => {
        said.push(code);
        return response;
      },
      type: () => response,
      send: () => response,
      redirect: (code: number, to: string) => said.push(code, to),
    };
    const asked = {
      secure,
      method,
      socket: { remoteAddress },
      originalUrl: '/desk?x=1',
      get: () => 'a:8080',
    };
    ontoHttps(asked as never, response as never, () => said.push('on'));
    return said;
  };
  expect(tell('GET', '192.168.1.7')).toEqual([307, 'https://a:8080/desk?x=1']);
  expect(tell('POST', '192.168.1.7')).toEqual([403]);
  expect(tell('POST', '192.168.1.7', true)).toEqual(['on']);
  expect(tell('POST', '::ffff:127.0.0.1')).toEqual(['on']);
});

test('a certificate of yours: browsers are told to stay; no page of trust', async () => {
  const pair = { cert: pem('crt'), key: pem('key') };
  const web = await startTestWeb({ tls: { pair, authority: null, reachableAt: () => [] } });
  const answer = await fetch(`${web.url}/healthz`);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age');
  expect((await fetch(`${web.url}/trust/fenghuo.crt`)).status).toBe(404);
  await web.stop();
});

test('behind a proxy that speaks https: so too, and each address is locked for itself', async () => {
  const web = await startTestWeb({ behindHttpsProxy: true });
  await insertTestAccount(web.pool, 'wall', county);
  const from = (address: string, account: string) =>
    web.call('POST', '/api/v1/session', {
      body: { account, password },
      headers: { 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' },
    });
  for (let i = 0; i < 20; i += 1) expect((await from('203.0.113.9', `nobody${i}`)).status).toBe(401);
  expect((await from('203.0.113.9', 'wall')).status).toBe(429);
  const elsewhere = await from('203.0.113.10', 'wall');
  expect(elsewhere.status).toBe(200);
  expect(elsewhere.headers.get('set-cookie')).toMatch(/; Secure$/);
  await web.stop();
});
