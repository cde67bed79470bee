import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebhookBody } from '@fenghuo/contracts/deliveries.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Webhook } from './webhook.ts';

const words = { zh: '火警', en: 'Fire' };
const message: WebhookBody = {
  ...{ id: '331081-M1-opened:webhook:李梅', kind: 'opened', at: 0 },
  person: { id: '李梅', name: '李梅', phone: '13900000004' },
  unit: 'U1',
  note: null,
  run: null,
  ticket: {
    ...{
      id: 'T-1',
      run: null,
      incident: 'I-1',
      caseCode: 'WL-1',
      severity: 'high',
      title: words,
      place: words,
      area: '',
    },
    ...{ stage: 'received', holder: 'U1', holderLevel: 'township', due: null },
  },
};

/** Answers each request with the status that its path names, and `/never` never. */
let server: Server;
let address: string;
const keys: (string | string[] | undefined)[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    const status = Number(request.url?.slice(1));
    if (status > 0) response.writeHead(status, { Location: '/200' }).end('some words');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const send = (url: string) => new Webhook({ url, secret: 'secret', answerWithinMs: 500 }).send(message);

test.each([
  [200, { state: 'sent' }],
  [204, { state: 'sent' }],
  [302, { state: 'failed', reason: 'rejected' }],
  [400, { state: 'failed', reason: 'rejected' }],
  [404, { state: 'failed', reason: 'rejected' }],
  [408, { state: 'again', reason: 'busy' }],
  [429, { state: 'again', reason: 'busy' }],
  [500, { state: 'again', reason: 'busy' }],
])('answered %i: %o', async (status, verdict) => {
  expect(await send(`${address}/${status}`)).toEqual(verdict);
  expect(keys.at(-1)).toBe(encodeURIComponent(message.id));
});

test('no answer in time, nobody there: another attempt may end better', async () => {
  expect(await send(`${address}/never`)).toEqual({ state: 'again', reason: 'timeout' });
  expect(await send('http://127.0.0.1:9/')).toEqual({ state: 'again', reason: 'unreachable' });
});
