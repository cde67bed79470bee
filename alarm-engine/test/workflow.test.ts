import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Snapshot } from '@fenghuo/contracts/push.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { WorkflowInForce, WorkflowPresets } from '@fenghuo/contracts/workflow.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOfRulebook } from '../src/rules/rulebook-digest.ts';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { insertShippedWorkflow } from '../src/store/sql/insert-shipped-workflow.ts';
import { putNamedWorkflow } from '../src/workflow-setting.ts';
import type { History } from './history.ts';
import { county, insertTestAccount } from './small-county.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { enter, type TestWeb } from './test-web.ts';
import { startToldHistory } from './told-history.ts';

let web: TestWeb;
let history: History;
let administrator: string;
const ends: (() => Promise<unknown>)[] = [];
const { text: wenling, workflow } = shippedWorkflow();
const { text: dispatch } = shippedWorkflow('dispatch');

beforeEach(async () => {
  const told = await startToldHistory((outside) =>
    insertShippedWorkflow(outside, { county, workflow, text: wenling, digest: digestOfRulebook(wenling) }),
  );
  ({ web, history, administrator } = told);
  ends.push(told.stop);
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const put = (text: string, basedOn: number) =>
  web.call('PUT', '/api/v1/workflow', {
    as: administrator,
    body: { id: randomUUID(), reason: '本县环节不同', text, basedOn },
  });

async function inForce(): Promise<WorkflowInForce> {
  return (await (await web.call('GET', '/api/v1/workflow', { as: administrator })).json()) as WorkflowInForce;
}

/** Somebody reports a fire; its ticket opens at once. */
async function burn(device: string): Promise<TicketRecord> {
  await history.say(history.event({ deviceId: device, kind: 'manual' }));
  await history.pass(600_000);
  const tickets = await history.documents<TicketRecord>('ticket');
  return tickets.at(-1)!;
}

/** What a screen is told when it comes. */
async function snapshotOf(account: string): Promise<Snapshot> {
  const socket = web.socket(await enter(web, account as 'commander'));
  const told = new Promise<Snapshot>((resolve) => socket.on('snapshot', resolve));
  socket.on('connect', () => socket.emit('follow', { after: null }));
  socket.connect();
  return told;
}

test('put → the next ticket opens under it, the open one goes on under its own, and screens know both; a restart changes nothing', async () => {
  const first = await burn('S-1');
  expect(first).toMatchObject({ workflow: 'wenling@1', step: 'received' });
  const answer = await put(dispatch, 1);
  expect([answer.status, await answer.json()]).toMatchObject([200, { ok: true, version: 2 }]);
  await history.stop();
  await history.start();
  expect(await burn('S-2')).toMatchObject({
    workflow: 'dispatch@2',
    step: 'accepted',
    holderLevel: 'county',
  });
  for (const to of ['dispatched', 'accepted', 'en-route']) {
    const { version } = (await history.documents<TicketRecord>('ticket')).find(({ id }) => id === first.id)!;
    const move = { act: 'move-ticket', subject: first.id, expectedVersion: version, to };
    expect(await history.order(move)).toMatchObject({ ok: true });
  }
  expect(await inForce()).toMatchObject({
    workflow: { id: 'dispatch', version: 2 },
    author: 'administrator',
    text: dispatch,
  });
  const { workflows } = await snapshotOf('commander');
  expect(workflows.map((one) => `${one.id}@${one.version}`)).toEqual(['wenling@1', 'dispatch@2']);
  const { rows } = await history.outside.query(
    `select (select actor || ' ' || reason from fenghuo.audit where act = 'put-workflow') as audit,
            (select no::int from fenghuo.directory) as directory`,
  );
  expect(rows).toEqual([{ audit: 'administrator 本县环节不同', directory: 8 }]);
});

test('a faulty one is told with its lines, one begun from an older version is refused; the presets are there to begin from', async () => {
  const faulty = dispatch.replace('within: 7 d', 'within: 7 days');
  const line = faulty.split('\n').findIndex((text) => text.includes('7 days')) + 1;
  const refused = await put(faulty, 1);
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { errors: [{ line, path: 'reopen.within' }] },
  ]);
  const check = await web.call('POST', '/api/v1/workflow/check', {
    as: administrator,
    body: { text: faulty },
  });
  expect(await check.json()).toMatchObject({ errors: [{ line }] });
  expect((await put(dispatch, 1)).status).toBe(200);
  expect(await (await put(wenling, 1)).json()).toMatchObject({ reason: 'version-conflict' });
  const presets = await web.call('GET', '/api/v1/workflows', { as: await enter(web, 'dispatcher') });
  const { presets: all } = (await presets.json()) as WorkflowPresets;
  expect(all.map(({ id }) => id)).toEqual(['case-file', 'dispatch', 'registration', 'wenling']);
  expect(all.find(({ id }) => id === 'wenling')?.text).toBe(wenling);
});

test('an account of a team moves the tickets of its team, and no other', async () => {
  const ticket = await burn('S-1');
  const dispatched = {
    act: 'move-ticket',
    subject: ticket.id,
    expectedVersion: ticket.version,
    to: 'dispatched',
  };
  await history.order(dispatched);
  await insertTestAccount(web.pool, 'responder', '331081100', 'zhang');
  const accept = async (unit: string) => {
    await web.pool.query(`update fenghuo.account set unit = $1 where name = 'zhang'`, [unit]);
    const [{ version }] = (await history.documents<TicketRecord>('ticket')) as [TicketRecord];
    const response = await web.call('POST', '/api/v1/commands', {
      as: await web.signIn('zhang'),
      body: { ...dispatched, id: randomUUID(), expectedVersion: version, to: 'accepted' },
    });
    return response.json();
  };
  expect(await accept('U-village')).toMatchObject({ ok: false, reason: 'not-authorised' });
  expect(await accept('U-team')).toMatchObject({ ok: true });
});

test('the setting: named → put once; put by hand since → not put back; faulty or not there → the one in force stays', async () => {
  const folder = makeTemporaryFolder();
  ends.push(() => folder.remove());
  const file = path.join(folder.path, 'loop.yaml');
  const name = (named: string) =>
    putNamedWorkflow({ db: web.pool, county, named, log: pino({ level: 'silent' }) });
  const version = async () => {
    await history.pass(0);
    const waiting = await history.outside.query('select from fenghuo.command where answer is null');
    return waiting.rowCount === 0 ? (await inForce()).workflow.version : null;
  };
  await name('wenling');
  expect((await inForce()).workflow.version).toBe(1);
  await name('dispatch');
  await expect.poll(version, { timeout: 20_000 }).toBe(2);
  expect(await inForce()).toMatchObject({ author: 'file', reason: 'dispatch' });
  expect((await put(wenling, 2)).status).toBe(200);
  for (const named of ['dispatch', file, path.join(folder.path, 'none.yaml')]) {
    writeFileSync(file, dispatch.replace('stage: received', 'stage: receive'));
    await name(named);
    await expect.poll(version, { timeout: 20_000 }).toBe(3);
  }
  writeFileSync(file, `${dispatch}# ours\n`);
  await name(file);
  await expect.poll(version, { timeout: 20_000 }).toBe(4);
});
