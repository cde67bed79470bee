import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { CarrierDialect } from '@fenghuo/contracts/carrier.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Carrier } from '../src/admission/carriers.ts';
import { oneNetSignature } from '../src/admission/onenet-signature.ts';
import type { HttpPushOptions } from '../src/sources/http-push.ts';
import { county, type Station, type StationOptions, startStation, until } from './station.ts';

/** Sources `telecom` and `mobile`, whose token is `secret` and who speak for `smoke-…`, and `gone`, revoked. */
function carrier(source: string, dialect: CarrierDialect, revoked = false): Carrier {
  const mayPublish = (id: string) => id.startsWith('smoke-');
  return {
    principal: {
      name: `carrier:${source}`,
      kind: 'carrier',
      run: null,
      clientId: null,
      county,
      mayPublish,
      mayUse: () => true,
    },
    dialect,
    revoked,
    isToken: (token) => token === 'secret',
    isSigned: ({ nonce, msg, signature }) => signature === oneNetSignature('signing', nonce, msg),
  };
}
const sources: Record<string, Carrier> = {
  telecom: carrier('telecom', 'ctwing'),
  mobile: carrier('mobile', 'onenet'),
  gone: carrier('gone', 'ctwing', true),
};

interface PushStation extends AsyncDisposable {
  station: Station;
  port: number;
  post(source: string, body: string | Buffer, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  count(answer: string): Promise<number>;
}

async function startPush(push: HttpPushOptions = {}, more: StationOptions = {}): Promise<PushStation> {
  const find = async (source: string) => {
    if (source === 'broken') throw new Error('the database is away');
    return sources[source] ?? null;
  };
  const station = await startStation({ carriers: { find }, push, ...more });
  const server = createServer(station.gateway.push);
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  return {
    station,
    port,
    post: (source, body, headers = {}) => {
      const own = { 'Content-Type': 'application/json', Authorization: 'Bearer secret' };
      return fetch(`${url}/ingest/v1/${source}`, { method: 'POST', body, headers: { ...own, ...headers } });
    },
    get: (path) => fetch(url + path),
    count: async (answer) => {
      const metric = await station.metrics.getSingleMetric('fenghuo_gateway_pushes_total')!.get();
      return metric.values.find(({ labels }) => labels.reason === answer)?.value ?? 0;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await station[Symbol.asyncDispose]();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve((server.address() as AddressInfo).port));
  });
}

const message = (id: number | string, payload: object, more: object = {}) => ({
  ...{ messageType: 'dataReport', deviceId: `smoke-${id}`, timestamp: Date.now(), payload },
  ...more,
});
const fire = (id: number | string = 1) => message(id, { smoke_state: 1 });
const body = JSON.stringify(fire());

/** The answer, as far as it is there already. */
function watch(answer: Promise<Response>): { status: number | null } {
  const seen: { status: number | null } = { status: null };
  void answer.then(({ status }) => {
    seen.status = status;
  });
  return seen;
}

test('200 follows the acknowledgement of the last event of the body, and not before', async () => {
  await using push = await startPush();
  const answer = push.post('telecom', JSON.stringify(message(1, { smoke_state: 1, battery_value: 10 })));
  const seen = watch(answer);
  const [first, second] = await push.station.arrivals(2);
  expect([first?.event?.kind, second?.event?.kind]).toEqual(['smoke', 'battery']);
  first!.acknowledge();
  await push.get('/ingest/v1/telecom');
  expect(seen.status).toBeNull();
  second!.acknowledge();
  expect((await answer).status).toBe(200);
  expect(await (await answer).json()).toEqual({ messages: 1, notAuthorised: 0 });
  expect(await push.count('stored')).toBe(1);
});

test('a hundred messages, three of them bad: 97 events, three in quarantine one by one, one answer', async () => {
  await using push = await startPush();
  const list: unknown[] = Array.from({ length: 100 }, (_, i) => fire(i));
  list[10] = { messageType: 'weather' };
  list[50] = 'fire!';
  list[70] = message(70, { note: 'x'.repeat(70_000) });
  const answer = push.post('telecom', JSON.stringify(list));
  const deliveries = await push.station.arrivals(100);
  const refused = deliveries.flatMap(({ refused }) => refused ?? []);
  expect(refused.map(({ reason }) => reason)).toEqual(['unknown-payload', 'schema', 'oversized']);
  expect(refused[1]).toMatchObject({
    ...{ topic: 'carrier/v1/ctwing/telecom', principal: 'carrier:telecom', source: 'http-push' },
    bytes: Uint8Array.from(Buffer.from('"fire!"')),
  });
  for (const delivery of deliveries) delivery.acknowledge();
  expect(await (await answer).json()).toEqual({ messages: 100, notAuthorised: 0 });
  expect(push.station.gateway.tallies.refused).toMatchObject({ schema: 1, oversized: 1 });
});

test('an undecodable body is kept as it came, and answered 200 once it is stored', async () => {
  await using push = await startPush();
  const bytes = Buffer.from([0x7b, 0xff, 0x00]);
  const answer = push.post('telecom', bytes);
  const [delivery] = await push.station.arrivals();
  expect(delivery?.refused).toMatchObject({ reason: 'not-utf8', bytes: Uint8Array.from(bytes) });
  delivery!.acknowledge();
  expect((await answer).status).toBe(200);
});

test('what holds nothing to store is answered at once', async () => {
  await using push = await startPush();
  const online = { messageType: 'deviceOnlineOfflineReport', deviceId: 'smoke-1', eventType: 1 };
  expect((await push.post('telecom', JSON.stringify(online))).status).toBe(200);
});

test('devices of another area: told when some, 403 when all; neither stored nor kept', async () => {
  await using push = await startPush();
  const foreign = { ...fire(), deviceId: 'other-1' };
  const alone = await push.post('telecom', JSON.stringify(foreign));
  expect([alone.status, await alone.json()]).toMatchObject([403, { error: 'not-authorised' }]);
  const answer = push.post('telecom', JSON.stringify([foreign, fire()]));
  for (const delivery of await push.station.arrivals()) delivery.acknowledge();
  expect(await (await answer).json()).toEqual({ messages: 2, notAuthorised: 1 });
  expect(push.station.queue.size).toBe(0);
});

const wrongToken = { Authorization: 'Bearer other' };
const big = Buffer.alloc(1024 * 1024 + 1, 0x20);
test.each<
  [name: string, source: string, body: string | Buffer, headers: object, status: number, error: string]
>([
  ['an unknown source', 'nobody', body, {}, 404, 'unknown-source'],
  ['a source further down', 'telecom/x', body, {}, 404, 'unknown-path'],
  ['NUL in the source', 'tele%00com', body, {}, 404, 'unknown-path'],
  ['half a surrogate pair in the source', 'tele%ED%A0%BDcom', body, {}, 404, 'unknown-path'],
  ['another’s token', 'telecom', body, wrongToken, 401, 'wrong-token'],
  ['no token', 'telecom', body, { Authorization: '' }, 401, 'token-missing'],
  [
    'another way to say who one is',
    'telecom',
    body,
    { Authorization: 'Basic c2VjcmV0' },
    401,
    'token-missing',
  ],
  ['a wrong token in the address', 'telecom?token=other', body, { Authorization: '' }, 401, 'wrong-token'],
  ['a revoked source', 'gone', body, {}, 403, 'revoked'],
  ['an empty body', 'telecom', '', {}, 400, 'empty-body'],
  ['a body over 1 MiB', 'telecom', big, {}, 413, 'body-too-large'],
  ['1,001 messages', 'telecom', `[${'1,'.repeat(1_000)}1]`, {}, 413, 'too-many-messages'],
  ['a form', 'telecom', body, { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'wrong-type'],
  ['a compressed body', 'telecom', body, { 'Content-Encoding': 'gzip' }, 415, 'wrong-type'],
  ['a directory that does not answer', 'broken', body, {}, 503, 'unavailable'],
])(
  '%s is refused as named, counted, and leaves nothing behind',
  async (_, source, sent, headers, status, error) => {
    await using push = await startPush();
    const answer = await push.post(source, sent, headers as Record<string, string>);
    expect([answer.status, await answer.json()]).toMatchObject([status, { error }]);
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(await push.count(error)).toBe(1);
    expect(push.station.queue.size).toBe(0);
  },
);

test('property: whatever bytes come, there is an answer, and what is answered 200 was stored', async () => {
  await using push = await startPush();
  const { queue, gateway } = push.station;
  let stored = 0;
  queue.onReady = () =>
    setImmediate(() => {
      for (const delivery of queue.take(10_000)) {
        stored++;
        delivery.acknowledge();
      }
    });
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.array(fc.jsonValue(), { maxLength: 5 }).map((list) => Buffer.from(JSON.stringify(list))),
    fc.jsonValue().map((msg) => Buffer.from(JSON.stringify({ msg, nonce: 'n', signature: 's' }))),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('telecom', 'mobile'), bytes, async (source, sent) => {
      const before = stored;
      const answer = await push.post(source, Buffer.from(sent));
      expect(answer.status).toBe(200);
      const { messages } = (await answer.json()) as { messages: number };
      expect(stored - before).toBe(messages);
    }),
    { numRuns: 200 },
  );
  expect(gateway.tallies.pushes.stored).toBeGreaterThanOrEqual(200);
});

test('a source that is refused again and again is logged once', async () => {
  await using push = await startPush();
  for (let i = 0; i < 3; i++) await push.post('telecom', body, wrongToken);
  expect(await push.count('wrong-token')).toBe(3);
  const refusals = push.station.logged.filter(({ msg }) => msg === 'refused');
  expect(refusals).toMatchObject([{ subject: 'push:telecom', reason: 'wrong-token' }]);
});

test.each(['telecom?token=secret', 'mobile?token=secret'])(
  'the token may stand in the address: %s',
  async (source) => {
    await using push = await startPush();
    const answer = push.post(source, body, { Authorization: '', 'Content-Type': 'text/json; charset=utf-8' });
    for (const delivery of await push.station.arrivals()) delivery.acknowledge();
    expect((await answer).status).toBe(200);
  },
);

test('not stored in time: 503, sent again; what waited may be stored all the same', async () => {
  await using push = await startPush({ storedWithinMs: 1 });
  const answer = await push.post('telecom', body);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await answer.json()).toMatchObject({ error: 'not-stored-yet' });
  const [first] = await push.station.arrivals();
  await push.post('telecom', body);
  const [again] = await push.station.arrivals();
  expect(again?.event?.ident).toBe(first?.event?.ident);
  expect(again?.event?.at).toBe(first?.event?.at);
});

test('queue full: 503 before the body is taken, until there is room', async () => {
  await using push = await startPush({}, { queue: { bound: 2 } });
  const waiting = [push.post('telecom', body), push.post('telecom', JSON.stringify(fire(2)))];
  await until(() => push.station.queue.isFull);
  const answer = await push.post('telecom', body);
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'full' }]);
  for (const delivery of await push.station.arrivals(2)) delivery.acknowledge();
  for (const one of waiting) expect((await one).status).toBe(200);
  const after = push.post('telecom', body);
  for (const delivery of await push.station.arrivals()) delivery.acknowledge();
  expect((await after).status).toBe(200);
});

test('faster than its policy: 429, each source by itself', async () => {
  await using push = await startPush({ rate: { name: 'carrier', perSecond: 0.001, burst: 2 } });
  const online = JSON.stringify({ messageType: 'commandResponse', deviceId: 'smoke-1' });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await push.post('telecom', online)).status);
  expect(statuses).toEqual([200, 200, 429]);
  expect((await push.post('telecom', online)).headers.get('retry-after')).toBe('1');
  expect((await push.post('mobile', JSON.stringify({ type: 2, dev_id: 1 }))).status).toBe(200);
});

test('a body that trickles: 408 in time, and the connection ends', async () => {
  await using push = await startPush({ bodyWithinMs: 50 });
  const socket = connect(push.port, '127.0.0.1');
  const head = `POST /ingest/v1/telecom?token=secret HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`;
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes;
  });
  socket.write(head);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(await push.count('slow-body')).toBe(1);
});

test('a chunked body over the limit is cut off', async () => {
  await using push = await startPush({ bodyBytes: 10 });
  const stream = new Blob(['x'.repeat(100)]).stream();
  const sent = { method: 'POST', body: stream, duplex: 'half', headers: { Authorization: 'Bearer secret' } };
  const answer = await fetch(`http://127.0.0.1:${push.port}/ingest/v1/telecom`, sent as RequestInit);
  expect(answer.status).toBe(413);
});

test('strangers that hold bodies open keep nobody out who says who he is', async () => {
  await using push = await startPush({ mostBodies: 1, bodyWithinMs: 5_000 });
  const stranger = connect(push.port, '127.0.0.1');
  stranger.write('POST /ingest/v1/mobile HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  const unsigned = () => push.post('mobile', '{}', { Authorization: '' });
  let status = 0;
  while (status !== 503) status = (await unsigned()).status;
  const answer = push.post('mobile', JSON.stringify({ type: 2, dev_id: 1 }));
  expect((await answer).status).toBe(200);
  stranger.destroy();
});

const signed = (msg: string, nonce = 'Ys*U7n$%') => ({
  nonce,
  signature: oneNetSignature('signing', nonce, msg),
});

test('OneNET asks whether the address is ours, and hears its own word', async () => {
  await using push = await startPush();
  const query = (of: object) => new URLSearchParams(of as Record<string, string>).toString();
  const sound = await push.get(
    `/ingest/v1/mobile?${query({ msg: 'are you there', ...signed('are you there') })}`,
  );
  expect([sound.status, await sound.text()]).toEqual([200, 'are you there']);
  expect(sound.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const forged = await push.get(`/ingest/v1/mobile?${query({ msg: 'other', ...signed('are you there') })}`);
  expect(forged.status).toBe(401);
  expect((await push.get('/ingest/v1/telecom')).status).toBe(405);
});

test('OneNET signs what it pushes; what was changed on the way is refused', async () => {
  await using push = await startPush();
  const at = Date.now();
  const msg = JSON.stringify([
    { type: 1, dev_id: 'smoke-1', ds_id: 'smoke_state', value: 1, at },
    { type: 1, dev_id: 'smoke-2', ds_id: '3_0_9', value: 5, at },
  ]);
  const newer = push.post('mobile', JSON.stringify({ msg, ...signed(msg), time: at, id: 'x' }), {
    Authorization: '',
  });
  const deliveries = await push.station.arrivals(2);
  expect(deliveries.map(({ event }) => event?.kind)).toEqual(['smoke', 'battery']);
  for (const delivery of deliveries) delivery.acknowledge();
  expect((await newer).status).toBe(200);
  const { nonce, signature } = signed(msg);
  const older = (text: string) => `{"msg":${text},"msg_signature":"${signature}","nonce":"${nonce}"}`;
  const answer = push.post('mobile', older(msg), { Authorization: '' });
  for (const delivery of await push.station.arrivals(2)) delivery.acknowledge();
  expect((await answer).status).toBe(200);
  const changed = await push.post('mobile', older(msg.replace('"value":1', '"value":0')), {
    Authorization: '',
  });
  expect([changed.status, await changed.json()]).toMatchObject([401, { error: 'wrong-signature' }]);
  const unsigned = await push.post('mobile', msg, { Authorization: '' });
  expect([unsigned.status, await unsigned.json()]).toMatchObject([401, { error: 'token-missing' }]);
});
