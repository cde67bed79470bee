import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { RulebookInForce } from '@fenghuo/contracts/rulebook.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RulebookFile } from '../src/rulebook-file.ts';
import { digestOfRulebook } from '../src/rules/rulebook-digest.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { insertShippedRulebook } from '../src/store/sql/insert-shipped-rulebook.ts';
import type { History } from './history.ts';
import { withGraveFires, withSeverity } from './rulebook-text.ts';
import { county } from './small-county.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { enter, type TestWeb } from './test-web.ts';
import { startToldHistory } from './told-history.ts';

let web: TestWeb;
let history: History;
let administrator: string;
const ends: (() => Promise<unknown>)[] = [];
const shipped = shippedRulebook().text;
const gravely = withGraveFires(shipped);
/** What is wrong stands in the line of the severity. */
const faulty = withSeverity(shipped, 'smoke', 'grave');
const faultyLine = faulty.split('\n').findIndex((line) => line.includes('severity: grave')) + 1;

beforeEach(async () => {
  const told = await startToldHistory((outside) =>
    insertShippedRulebook(outside, { county, text: shipped, digest: digestOfRulebook(shipped) }),
  );
  ({ web, history, administrator } = told);
  ends.push(told.stop);
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const put = (text: string, basedOn: number) =>
  web.call('PUT', '/api/v1/rulebook', {
    as: administrator,
    body: { id: randomUUID(), reason: '多起误报后调整', text, basedOn },
  });

async function inForce(): Promise<RulebookInForce> {
  const response = await web.call('GET', '/api/v1/rulebook', { as: administrator });
  return (await response.json()) as RulebookInForce;
}

async function severityOf(device: string): Promise<string> {
  await history.say(history.event({ deviceId: device }));
  const alarms = await history.documents<AlarmRecord>('alarm');
  return alarms.find((alarm) => alarm.device === device)!.severity;
}

test('put → in force from the next input on, on the record, told to screens; after a restart it still is', async () => {
  expect([await severityOf('S-1'), (await inForce()).version]).toEqual(['medium', 0]);
  const answer = await put(gravely, 0);
  expect([answer.status, await answer.json()]).toMatchObject([200, { ok: true, version: 1 }]);
  expect(await severityOf('S-2')).toBe('high');
  await history.stop();
  await history.start();
  expect(await severityOf('NEW-1')).toBe('high');
  expect(await inForce()).toMatchObject({ version: 1, author: 'administrator', text: gravely, file: null });
  const versions = await web.call('GET', '/api/v1/rulebook/versions', { as: administrator });
  expect(await versions.json()).toMatchObject({
    versions: [{ version: 1 }, { version: 0, author: 'house' }],
  });
  const first = await web.call('GET', '/api/v1/rulebook/versions/0', { as: administrator });
  expect(await first.json()).toMatchObject({ version: 0, text: shipped });
  const { rows } = await history.outside.query(
    `select (select actor || ' ' || reason from fenghuo.audit where act = 'put-rulebook') as audit,
            (select no::int from fenghuo.directory) as directory`,
  );
  expect(rows).toEqual([{ audit: 'administrator 多起误报后调整', directory: 8 }]);
});

test('a faulty one: every fault with its line, and the good one stays, whatever way it comes', async () => {
  const answer = await put(faulty, 0);
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ line: faultyLine }] }]);
  const order = { act: 'put-rulebook', subject: 'rulebook', text: faulty, basedOn: null };
  const past = await history.order(order, 'administrator');
  expect(past).toMatchObject({ ok: false, reason: 'faulty-rulebook' });
  expect((past.message as { zh: string }).zh).toContain(`第 ${faultyLine} 行`);
  const check = await web.call('POST', '/api/v1/rulebook/check', {
    as: administrator,
    body: { text: faulty },
  });
  expect(await check.json()).toMatchObject({ errors: [{ line: faultyLine }] });
  expect([(await inForce()).version, await severityOf('S-1')]).toEqual([0, 'medium']);
});

test('two revisions of one version: the first wins, the second is told', async () => {
  expect((await put(gravely, 0)).status).toBe(200);
  const second = await put(withSeverity(shipped, 'heat', 'low'), 0);
  expect([second.status, await second.json()]).toMatchObject([409, { reason: 'version-conflict' }]);
});

test('a book longer than other bodies may be is taken; a dispatcher may read it, and not put one', async () => {
  const long = `${gravely}${'# 说明\n'.repeat(30_000)}`;
  expect((await put(long, 0)).status).toBe(200);
  const dispatcher = await enter(web, 'dispatcher');
  expect((await web.call('GET', '/api/v1/rulebook', { as: dispatcher })).status).toBe(200);
  const body = { id: randomUUID(), reason: 'x', text: shipped, basedOn: 1 };
  expect((await web.call('PUT', '/api/v1/rulebook', { as: dispatcher, body })).status).toBe(403);
});

test('a backtest over REST: runs beside the server, one at a time; without history it says so', async () => {
  await history.say(history.event({}));
  const ask = (more: object = {}) =>
    web.call('POST', '/api/v1/rulebook/backtest', {
      as: administrator,
      body: { text: gravely, from: history.now - 1000, to: history.now + 1000, ...more },
    });
  const [first, second] = [ask(), ask()];
  const both = [await first, await second].sort((a, b) => a.status - b.status);
  expect(both.map(({ status }) => status)).toEqual([200, 409]);
  expect(await both[0]!.json()).toMatchObject({ total: { inForce: 1, candidate: 1, graver: 1 } });
  const nothing = await ask({ from: 0, to: 1 });
  expect([nothing.status, await nothing.json()]).toMatchObject([409, { error: 'no-history' }]);
  const bad = await ask({ text: faulty });
  expect([bad.status, await bad.json()]).toMatchObject([422, { errors: [{ line: faultyLine }] }]);
  expect((await inForce()).version).toBe(0);
});

/** Resolves when the book in force has this version. */
async function version(no: number): Promise<RulebookInForce> {
  for (;;) {
    const book = await inForce();
    if (book.version === no) return book;
  }
}

async function problems(): Promise<string[]> {
  await history.outside.query(
    `insert into fenghuo.pulse values ('331081', now(), '{}') on conflict (county) do update set at = now()`,
  );
  return ((await (await web.call('GET', '/healthz')).json()) as { problems: string[] }).problems;
}

test('the file: sound → in force; faulty → told with its line, the good one stays; mended → in force', async () => {
  const folder = makeTemporaryFolder();
  ends.push(() => folder.remove());
  const file = path.join(folder.path, 'rulebook.yaml');
  const log = pino({ level: 'silent' });
  const watch = () =>
    new RulebookFile({ ...{ db: web.pool, county, path: file, log, everyMs: 20 }, clock: () => history.now });
  const first = watch();
  await first.start();
  expect((await inForce()).file).toBeNull();
  writeFileSync(file, gravely);
  expect(await version(1)).toMatchObject({ author: 'file', text: gravely, file: { errors: [] } });
  writeFileSync(file, faulty);
  await expect
    .poll(problems, { timeout: 20_000 })
    .toEqual(['The rulebook file is faulty; the book in force stays.']);
  const faults = { errors: [{ line: faultyLine }] };
  expect(await inForce()).toMatchObject({ version: 1, text: gravely, file: faults });
  writeFileSync(file, `${gravely}# mended\n`);
  expect(await version(2)).toMatchObject({ author: 'file', file: { errors: [] } });
  expect(await problems()).toEqual([]);
  await first.stop();
  expect((await put(shipped, 2)).status).toBe(200);
  const afterRestart = watch();
  await afterRestart.start();
  await afterRestart.look();
  await afterRestart.stop();
  expect(await version(3)).toMatchObject({ author: 'administrator' });
  const waiting = await history.outside.query('select from fenghuo.command where answer is null');
  expect(waiting.rowCount).toBe(0);
});
