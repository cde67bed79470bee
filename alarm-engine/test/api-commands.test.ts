import { randomUUID } from 'node:crypto';
import type { Command } from '@fenghuo/contracts/commands.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AnsweringWriter, done } from './answering-writer.ts';
import { aHold, anAlarm, anIncident, aTicket, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let dispatcher: string;
let township: string;
let writer: AnsweringWriter | null = null;

beforeAll(async () => {
  web = await startTestWeb({ answerWaitMs: 1500 });
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ id: 'A-zeguo', area: `${zeguo}203-02` }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-songmen', area: `${songmen}207-01` }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-nowhere', area: '' }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-songmen', area: songmen }) },
    { topic: 'incident', doc: anIncident({ id: 'I-zeguo', area: `${zeguo}203-02` }) },
    { topic: 'incident', doc: anIncident({ id: 'I-songmen', area: songmen }) },
    { topic: 'hold', doc: aHold({ id: 'H-songmen', area: songmen }) },
  );
  dispatcher = await enter(web, 'dispatcher');
  township = await enter(web, 'dispatcher', zeguo, 'zeguo');
});
afterAll(() => web.stop());
afterEach(async () => {
  await writer?.stop();
  writer = null;
});

async function writerAnswers(...options: [] | [ConstructorParameters<typeof AnsweringWriter>[1]]) {
  writer = new AnsweringWriter(web.databaseUrl, ...options);
  await writer.start();
  return writer;
}

function acknowledge(of: Partial<Command> = {}) {
  return { act: 'acknowledge-alarm', id: randomUUID(), subject: 'A-zeguo', expectedVersion: 1, ...of };
}

function post(as: string, body: unknown) {
  return web.call('POST', '/api/v1/commands', { as, body });
}

async function commandsStored(id: string): Promise<number> {
  const { rowCount } = await web.pool.query('select from fenghuo.command where id = $1', [id]);
  return rowCount ?? 0;
}

test('a command reaches the writer with its actor, and its answer comes back', async () => {
  const { taken } = await writerAnswers();
  const body = acknowledge({ seat: '席位 2', reason: '已核实' });
  const response = await post(dispatcher, body);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ok: true, id: body.id, engineNo: 1, version: 2 });
  expect(taken).toEqual([body]);
  const { rows } = await web.pool.query('select actor from fenghuo.command where id = $1', [body.id]);
  const actor = { account: 'dispatcher', name: '测试 dispatcher', role: 'dispatcher', area: '331081' };
  expect(rows).toEqual([{ actor }]);
});

test('what the writer refuses is answered 409, in its words', async () => {
  const message = { zh: '已由 li 更改', en: 'li changed it first' };
  await writerAnswers(({ id }) => ({ ok: false, id, reason: 'version-conflict', message, allowed: [] }));
  const response = await post(dispatcher, acknowledge());
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ ok: false, reason: 'version-conflict', message });
});

test('the same command again: the same answer, done once', async () => {
  const { taken } = await writerAnswers();
  const body = acknowledge();
  const answers = await Promise.all([1, 2, 3].map(async () => (await post(dispatcher, body)).json()));
  const late = await (await post(dispatcher, body)).json();
  expect(answers).toEqual([late, late, late]);
  expect(taken).toHaveLength(1);
  expect(await commandsStored(body.id)).toBe(1);
});

test('the same id with another body, or from somebody else: refused, and nothing is told', async () => {
  await writerAnswers();
  const body = acknowledge();
  expect((await post(dispatcher, body)).status).toBe(200);
  for (const response of [await post(dispatcher, { ...body, reason: 'else' }), await post(township, body)]) {
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: 'command-id-taken' });
  }
});

test('no answer in time: 202; asked again later, the answer', async () => {
  const body = acknowledge();
  const response = await post(dispatcher, body);
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ id: body.id, waiting: true });
  const late = await writerAnswers();
  await late.answerAll();
  expect((await post(dispatcher, body)).status).toBe(200);
});

test('an answer without its notification is found', async () => {
  const silent = await writerAnswers();
  silent.notify = null;
  expect((await post(dispatcher, acknowledge())).status).toBe(200);
});

test('a notification too long to name its commands is understood', async () => {
  const brief = await writerAnswers();
  brief.notify = '*';
  const begun = performance.now();
  expect((await post(dispatcher, acknowledge())).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(900);
});

test('the listening connection is lost: it listens again', async () => {
  await writerAnswers();
  await web.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'fenghuo web' and datname = current_database()`,
  );
  expect((await post(dispatcher, acknowledge())).status).toBe(200);
  expect((await post(dispatcher, acknowledge())).status).toBe(200);
});

test('a township acts in its own area and nowhere else, and learns of nothing elsewhere', async () => {
  const { taken } = await writerAnswers();
  expect((await post(township, acknowledge())).status).toBe(200);
  const elsewhere = [
    acknowledge({ subject: 'A-songmen' }),
    acknowledge({ subject: 'A-nowhere' }),
    acknowledge({ subject: 'A-that-is-none' }),
    acknowledge({ act: 'move-ticket', subject: 'T-songmen', to: 'dispatched' } as Partial<Command>),
    acknowledge({ act: 'return-to-service', subject: 'H-songmen' }),
    acknowledge({ act: 'start-building-test', subject: 'B2', until: noon } as Partial<Command>),
    acknowledge({
      ...{ act: 'remove-from-service', subject: 'S-2', of: 'device', until: noon },
    } as Partial<Command>),
    acknowledge({
      ...{ act: 'merge-incidents', subject: 'I-zeguo', into: 'I-songmen', intoVersion: 1 },
    } as Partial<Command>),
  ];
  const told = await Promise.all(
    elsewhere.map(async (body) => {
      const response = await post(township, body);
      return [response.status, await response.text()];
    }),
  );
  for (const answer of told) expect(answer).toEqual(told[0]);
  expect(told[0]?.[0]).toBe(403);
  expect(taken).toHaveLength(1);
  expect((await post(dispatcher, acknowledge({ subject: 'A-nowhere' }))).status).toBe(200);
});

test('bodies that are none are refused and reach nobody', async () => {
  const { taken } = await writerAnswers();
  const { expectedVersion: _, ...unversioned } = acknowledge();
  const bad: unknown[] = [
    unversioned,
    acknowledge({ id: 'not-a-uuid' }),
    { ...acknowledge(), act: 'launch' },
    acknowledge({ reason: 'a\0b' }),
    acknowledge({ reason: '\ud800' }),
    acknowledge({ reason: 'x'.repeat(501) }),
    [acknowledge()],
    'null',
    '',
  ];
  for (const body of bad) expect((await post(dispatcher, body)).status).toBe(400);
  expect(taken).toEqual([]);
});

test('a drill: a credential of its own, which is taken away with its end', async () => {
  await writerAnswers((body, no) => done(body, no));
  const tester = await enter(web, 'tester');
  const response = await web.call('POST', '/api/v1/drills', { as: tester, body: { title: '夜间拉动' } });
  expect(response.status).toBe(201);
  const { run, topicRoot, username, secret } = (await response.json()) as Record<string, string>;
  expect(topicRoot).toBe(`fenghuo-drill/v1/${run}/~`);
  expect(username).toBe(`tester-${run}`);
  const stored = 'select kind, run, secret_hash, revoked_at from fenghuo.credential where username = $1';
  const { rows } = await web.pool.query(stored, [username]);
  expect(rows).toMatchObject([{ kind: 'tester', run, revoked_at: null }]);
  expect(rows[0].secret_hash.toString('base64url')).not.toBe(secret);
  expect((await web.call('POST', `/api/v1/drills/${run}/end`, { as: tester })).status).toBe(200);
  expect((await web.pool.query(stored, [username])).rows[0].revoked_at).not.toBeNull();
});

test('a drill that the writer refuses leaves no credential', async () => {
  const message = { zh: '不行', en: 'No' };
  await writerAnswers(({ id }) => ({ ok: false, id, reason: 'not-allowed-now', message, allowed: [] }));
  const before = await web.pool.query('select from fenghuo.credential');
  const commander = await enter(web, 'commander');
  const response = await web.call('POST', '/api/v1/drills', { as: commander, body: { title: '拉动' } });
  expect(response.status).toBe(409);
  expect((await web.pool.query('select from fenghuo.credential')).rowCount).toBe(before.rowCount);
});
