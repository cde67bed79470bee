import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { expect, test } from 'vitest';
import { county, insertTestAccount, password } from './small-county.ts';
import { startTestWeb } from './test-web.ts';

const pem = (kind: string) =>
  readFileSync(new URL(`../../gateway/test/tls/localhost.${kind}`, import.meta.url), 'utf8');
const body = JSON.stringify({ account: 'wall', password });

test('over https the cookie is for https only, and browsers are told to stay there', async () => {
  const web = await startTestWeb({ tls: { cert: pem('crt'), key: pem('key') } });
  await insertTestAccount(web.pool, 'wall');
  const url = web.url.replace('http:', 'https:');
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { 'X-Fenghuo': '1', 'Content-Type': 'application/json' };
    request(
      `${url}/api/v1/session`,
      { method: 'POST', headers, rejectUnauthorized: false, agent: false },
      resolve,
    )
      .on('error', reject)
      .end(body);
  });
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(response.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  expect(response.headers['strict-transport-security']).toContain('max-age');
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
