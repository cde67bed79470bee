import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { BacktestReport } from '@fenghuo/contracts/backtest.ts';
import type { AlarmRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BacktestWish, runBacktest } from '../src/replay/run-backtest.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { History } from './history.ts';
import { noon } from './records.ts';
import { withGraveFires, withSeverity } from './rulebook-text.ts';
import { county, insertSmallCounty, songmen, zeguo } from './small-county.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const minute = 60_000;
const hour = 60 * minute;
const inForce = shippedRulebook().text;
let database: TestDatabase;
let outside: Client;
let history: History;

/** Five hours: each hour a fire in Zeguo that people work off, a false one in Songmen, and readings in between. */
beforeAll(async () => {
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  history = new History(database.appUrl, outside);
  await history.start();
  for (let i = 0; i < 5; i += 1) {
    await history.say(history.event({}), history.event({ deviceId: 'S-2', state: 'normal' }));
    await history.pass(7 * minute);
    await history.say(history.event({ deviceId: 'S-2' }));
    await history.pass(8 * minute);
    await history.say(
      history.event({ state: 'normal' }),
      history.event({ deviceId: 'S-2', state: 'normal' }),
    );
    await workOff();
    await history.pass(45 * minute);
  }
  await history.stop();
});

afterAll(async () => {
  await outside.end();
  await database.drop();
});

/** Every open ticket is told false, which ends its incident and alarms. */
async function workOff(): Promise<void> {
  for (const { id, version, closedAt } of await history.documents<TicketRecord>('ticket'))
    if (closedAt === null)
      await history.order({
        ...{ act: 'move-ticket', subject: id, expectedVersion: version },
        ...{ to: 'false-alarm', reason: '误报' },
      });
}

async function report(candidate: string, more: Partial<BacktestWish> = {}): Promise<BacktestReport> {
  const outcome = await runBacktest(
    {
      ...{
        databaseUrl: database.appUrl,
        county,
        timeZone: 'Asia/Shanghai',
        text: candidate,
        mostInputs: 1e6,
        acts: 'as-acted',
      },
      ...{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
      ...more,
    },
    () => {},
  );
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.report;
}

/** What the writer made of it: the reports are held against that. */
async function lived() {
  const alarms = await history.documents<AlarmRecord>('alarm');
  const { rows } = await outside.query(
    `select (select count(*)::int from fenghuo.incident) as incidents, (select count(*)::int from fenghuo.ticket) as tickets,
            (select count(*)::int from fenghuo.command where (answer ->> 'ok')::boolean) as acts`,
  );
  return {
    alarms,
    raised: alarms.length,
    ...(rows[0] as { incidents: number; tickets: number; acts: number }),
  };
}

const same = { added: 0, removed: 0, graver: 0, milder: 0 };

test('the book in force against itself differs in nothing, and its alarms are those that were', async () => {
  const found = await report(`${inForce}# the same\n`);
  const { raised, incidents, tickets, acts } = await lived();
  expect(found.total).toEqual({ inForce: raised, candidate: raised, ...same });
  expect(found.inForce).toEqual(found.candidate);
  expect(found.inForce).toMatchObject({ alarms: { medium: raised }, incidents, tickets });
  expect(found.acts).toEqual({
    mode: 'as-acted',
    inForce: { done: acts, noSubject: 0, refused: 0 },
    candidate: { done: acts, noSubject: 0, refused: 0 },
  });
  expect(await report(`${inForce}# the same\n`)).toEqual(found);
});

test('smoke is high: as many alarms, all of them graver, by rule and township; acts find their subjects', async () => {
  const found = await report(withGraveFires(inForce));
  const { raised, acts } = await lived();
  expect(found.total).toEqual({ ...same, inForce: raised, candidate: raised, graver: raised });
  expect(found.byRule).toMatchObject([{ rule: 'smoke', graver: raised }]);
  expect(found.byArea).toMatchObject([
    { area: zeguo, name: { zh: '泽国镇' }, graver: expect.any(Number) },
    { area: songmen, graver: expect.any(Number) },
  ]);
  expect(found.acts.candidate).toEqual({ done: acts, noSubject: 0, refused: 0 });
  expect(found.examples[0]).toMatchObject({ difference: 'graver', inForce: 'medium', candidate: 'high' });
});

test('smoke is low: no tickets, so that people had nothing to act on, and alarms stood on', async () => {
  const found = await report(withSeverity(inForce, 'smoke', 'low'));
  const { raised, acts } = await lived();
  expect(found.candidate.tickets).toBe(0);
  expect(found.acts.candidate).toMatchObject({ done: 0, noSubject: acts });
  expect(found.total).toMatchObject({ inForce: raised, candidate: 2, milder: 2, removed: raised - 2 });
});

test('without people: an alarm that nobody resets stands, and what comes of it again is no other one', async () => {
  const found = await report(inForce, { acts: 'left-out' });
  expect(found.total).toEqual({ inForce: 2, candidate: 2, ...same });
});

test('a stretch: only what was raised in it counts; what was before it fills the windows', async () => {
  const stretch = { from: noon + hour, to: noon + 3 * hour };
  const found = await report(inForce, stretch);
  const { alarms } = await lived();
  const within = alarms.filter(({ raisedAt }) => raisedAt >= stretch.from && raisedAt < stretch.to).length;
  expect(within).toBeGreaterThan(1);
  expect(found).toMatchObject({ warmUpFrom: noon, total: { inForce: within, candidate: within } });
  await expect(report(inForce, { from: noon + 90 * hour })).rejects.toThrow('no-history');
});

async function commandLine(...given: string[]) {
  const script = path.resolve(import.meta.dirname, '../src/backtest.ts');
  const child = spawn(process.execPath, [script, '--database-url', database.appUrl, ...given]);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, errors };
}

test('the command: a report to read, or as JSON; a faulty candidate by file, line and column', async () => {
  const folder = makeTemporaryFolder();
  const file = path.join(folder.path, 'candidate.yaml');
  writeFileSync(file, withGraveFires(inForce));
  const json = await commandLine('--rulebook', file, '--json', '--from', '2026-03-01');
  expect([json.code, (JSON.parse(json.out) as BacktestReport).total.graver]).toEqual([
    0,
    (await lived()).raised,
  ]);
  const read = await commandLine('--rulebook', file, '--acts', 'left-out');
  expect(read.out).toMatch(/泽国镇 Zeguo +1 +1 +0 +0 +1 +0/);
  writeFileSync(file, withSeverity(inForce, 'smoke', 'grave'));
  const faulty = await commandLine('--rulebook', file);
  expect([faulty.code, faulty.out]).toEqual([1, '']);
  expect(faulty.errors).toMatch(/candidate\.yaml:\d+:\d+: /);
  const wrong = await commandLine('--rulebook', file, '--from', 'yesterday');
  expect([wrong.code, wrong.errors]).toEqual([1, expect.stringContaining('--from is a day such as')]);
  await folder.remove();
});
