import type { AlarmRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Severity } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlarmTransition } from '../src/alarms/alarm-transition.ts';
import { EngineState } from '../src/engine/engine-state.ts';
import { readInputLog } from '../src/replay/input-log.ts';
import { replayBatch } from '../src/replay/replay.ts';
import { rulebookInForce } from '../src/rulebook-in-force.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { connectClient } from '../src/store/pool.ts';
import { loadRegistry } from '../src/store/sql/load-registry.ts';
import { workflowsInForce } from '../src/workflows-in-force.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { History } from './history.ts';
import { withSeverity } from './rulebook-text.ts';
import { county, insertSmallCounty } from './small-county.ts';

let database: TestDatabase;
let outside: Client;
let history: History;

beforeEach(async () => {
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  history = new History(database.appUrl, outside);
  await history.start();
});

afterEach(async () => {
  await history.stop();
  await outside.end();
  await database.drop();
});

const minute = 60_000;
const tables = ['alarm', 'incident', 'ticket', 'drill', 'upkeep'] as const;

/** Deterministic, so that a failure can be looked at again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const kinds = { 'S-1': 'smoke', 'H-1': 'heat', 'S-2': 'smoke', 'G-2': 'gas', 'C-1': 'camera.fire' } as const;
const devices = Object.keys(kinds) as (keyof typeof kinds)[];

/** A wave of everything that devices say: alarms, returns, faults, spools, retained copies, readings, strangers. */
function wave(roll: (below: number) => number, size: number): DeviceEvent[] {
  return Array.from({ length: size }, () => {
    const deviceId = devices[roll(devices.length)]!;
    const more: Partial<DeviceEvent>[] = [
      { state: 'alarm' },
      { state: 'alarm', late: true, at: history.now - 20 * minute },
      { state: 'normal' },
      { state: 'normal', value: 0.25, unit: 'dB/m', attrs: { ä: [1, 'ß'], b: null } },
      { kind: 'restore', state: 'normal' },
      { kind: 'fault', state: 'fault' },
      { kind: 'battery', state: 'alarm', hasDeviceTime: false },
      { state: 'alarm', retained: true },
      { state: 'alarm', run: 'R1' },
      { deviceId: `X-${roll(5)}`, kind: 'smoke', state: 'alarm' },
      { kind: 'camera.intrusion', state: 'alarm', skewed: true, at: 0.5 * minute },
    ];
    return history.event({ deviceId, kind: kinds[deviceId], ...more[roll(more.length)] });
  });
}

/** People look, act on some of what stands open, and sometimes on what is not so any more. */
async function act(roll: (below: number) => number): Promise<void> {
  const alarms = await history.documents<AlarmRecord>('alarm');
  for (const { id, version } of alarms.filter(({ closedAt }) => closedAt === null).slice(0, 3))
    await history.order({
      act: roll(2) === 0 ? 'acknowledge-alarm' : 'reset-alarm',
      subject: id,
      expectedVersion: version - (roll(4) === 0 ? 1 : 0) || 1,
    });
  await changeDuty(roll);
  const tickets = await history.documents<TicketRecord>('ticket');
  for (const { id, version } of tickets.filter(({ closedAt }) => closedAt === null).slice(0, 2))
    await history.order(
      roll(3) === 0
        ? { act: 'assign-ticket', subject: id, expectedVersion: version }
        : {
            act: 'move-ticket',
            subject: id,
            expectedVersion: version,
            to: ['dispatched', 'accepted', 'handled', 'false-alarm'][roll(4)]!,
            reason: '演练',
          },
    );
}

/** Somebody goes off duty, or comes on for a while. */
async function changeDuty(roll: (below: number) => number): Promise<void> {
  const on = roll(2) === 0;
  const until = on ? history.now + (1 + roll(30)) * minute : null;
  const subject = roll(2) === 0 ? 'P1' : 'P3';
  expect((await history.order({ act: 'set-duty', subject, post: on ? 'mobile' : null, until })).ok).toBe(
    true,
  );
}

/** People call about what burns, and now and then put it to an incident. */
async function call(roll: (below: number) => number, round: number): Promise<void> {
  const [incident] = await history.documents<{ id: string }>('incident');
  const places = [
    { by: 'building', building: 'B1', floor: 2 },
    { by: 'point', lon: 121.3702, lat: 28.4901 },
    { by: 'area', area: '331081100203' },
    { by: 'building', building: 'B9', floor: null },
  ];
  await history.order({
    ...{ act: 'take-report', subject: `report-${round}`, channel: '12345', place: places[roll(4)] },
    what: (['fire', 'smoke', 'flood', 'trapped'] as const)[roll(4)],
    run: roll(5) === 0 ? 'R1' : null,
    joins: roll(3) === 0 ? (incident?.id ?? null) : null,
  });
}

/** Cases are closed, visited and opened again, some of them not in memory any more. */
async function actOnClosed(roll: (below: number) => number): Promise<void> {
  const closed = (await history.documents<TicketRecord>('ticket')).filter(
    ({ closedAt }) => closedAt !== null,
  );
  for (const { id, incident, version, stage } of closed.slice(0, 3)) {
    await history.order({ act: 'add-note', subject: incident, reason: '补充' });
    const of = { subject: id, expectedVersion: version, reason: '群众反映' };
    const kind = stage === 'closed' ? 'record-follow-up' : 'reopen-ticket';
    await history.order({
      ...of,
      act: kind,
      satisfied: roll(2) === 0,
      to: roll(2) === 0 ? 'on-scene' : 'review',
    });
  }
}

/** The rule's severity is another from now on. */
async function revise(rule: string, severity: Severity): Promise<void> {
  const text = withSeverity(shippedRulebook().text, rule, severity);
  const answer = await history.order(
    { act: 'put-rulebook', subject: 'rulebook', text, basedOn: null },
    'administrator',
  );
  expect(answer.ok).toBe(true);
}

/** Tickets open under another workflow from now on. */
async function changeWorkflow(): Promise<void> {
  const { text } = shippedWorkflow('dispatch');
  const order = { act: 'put-workflow', subject: 'workflow', text, basedOn: null };
  expect((await history.order(order, 'administrator')).ok).toBe(true);
}

/** A flood with all that a night can hold, a restart in the middle. */
async function flood(): Promise<void> {
  const roll = dice(7);
  await history.order({ act: 'start-drill', subject: 'R1', title: '夜间演练' });
  for (let round = 0; round < 12; round += 1) {
    const events = wave(roll, 40);
    await history.say(...events);
    const again = events
      .filter((_, i) => i % 3 === 0)
      .map((event, i) => ({ ...event, delayed: i % 2 === 0 }));
    await history.say(...again, ...wave(roll, 5));
    await act(roll);
    await call(roll, round);
    if (round % 3 === 2) await actOnClosed(roll);
    await history.pass(roll(20) * minute + 1234);
    if (round === 4) await history.say(history.event({ unit: '\0' }), ...wave(roll, 10));
    if (round === 6) {
      await history.stop();
      await history.start();
    }
    if (round === 3) await changeWorkflow();
    if (round === 7) await revise('smoke', 'low');
    if (round === 9) await history.order({ act: 'end-drill', subject: 'R1' });
  }
}

/** Keys in order, so that equal records are equal texts. */
const canonical = (value: unknown) =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

async function replayAll() {
  const client = await connectClient({ url: database.appUrl, name: 'replay' });
  try {
    const registry = (await loadRegistry(client, county))!;
    const { rulebook } = await rulebookInForce(client, county, 0);
    const { workflows } = await workflowsInForce(client, county, 1);
    const state = new EngineState({ rulebook, workflows });
    const found = {
      transitions: [] as AlarmTransition[],
      records: new Map<string, object>(),
      told: [] as string[],
      batches: 0,
    };
    const world = { state, registry, timeZone: 'Asia/Shanghai' };
    const range = { firstNo: 1, lastNo: Number.MAX_SAFE_INTEGER };
    for await (const batches of readInputLog({ client, county, devices: registry.devices, ...range }))
      for (const batch of batches) {
        const effects = replayBatch(world, batch);
        found.batches += 1;
        found.transitions.push(...effects.transitions);
        for (const { id, people } of effects.messages)
          found.told.push(...people.map((person) => `${id} ${person}`));
        const kept = { alarm: effects.alarms, incident: effects.incidents, ticket: effects.tickets };
        for (const [table, records] of Object.entries({
          ...kept,
          drill: effects.drills,
          upkeep: effects.upkeep,
        }))
          for (const [id, record] of records) found.records.set(`${table} ${id}`, record);
      }
    return found;
  } finally {
    await client.end();
  }
}

test('a flood with commands, a drill, redeliveries, another rulebook and workflow and a restart, replayed: every transition, record and person told, byte for byte', async () => {
  await outside.query(`insert into fenghuo.channel (county, channel) values ('331081', 'inbox')`);
  await flood();
  const { rows: live } = await outside.query(
    `select alarm, version, to_state as "to", run, device, rule, kind, area, building, severity, no,
            (extract(epoch from at) * 1000)::float8 as at, from_state as "from", why, actor,
            (select event from fenghuo.case_step as s where (s.alarm, s.version) = (t.alarm, t.version)) as event
     from fenghuo.alarm_transition as t`,
  );
  const replayed = await replayAll();
  const { rows: told } = await outside.query('select message, person from fenghuo.delivery');
  expect(replayed.told.sort()).toEqual(told.map(({ message, person }) => `${message} ${person}`).sort());
  expect(new Set(told.map(({ person }) => person))).toEqual(new Set(['P1', 'P3']));
  const sorted = (transitions: readonly object[]) => transitions.map(canonical).sort();
  expect(sorted(replayed.transitions)).toEqual(sorted(live));
  const records = new Map<string, object>();
  for (const table of tables)
    for (const doc of await history.documents<{ id: string }>(table)) records.set(`${table} ${doc.id}`, doc);
  const lines = (of: Map<string, object>) => [...of].map(([key, doc]) => `${key} ${canonical(doc)}`).sort();
  expect(lines(replayed.records)).toEqual(lines(records));
  expect(live.length).toBeGreaterThan(100);
  const { rows } = await outside.query(
    `select count(*) filter (where cardinality(due) > 0)::int as due, sum(commands)::int as commands,
            (select count(*)::int from fenghuo.report) as reports,
            (select count(*)::int from fenghuo.quarantine) as quarantined
     from fenghuo.input_batch`,
  );
  expect(rows[0].due).toBeGreaterThan(2);
  expect(rows[0].commands).toBeGreaterThan(20);
  expect(rows[0].quarantined).toBeGreaterThan(0);
  expect(rows[0].reports).toBeGreaterThan(3);
  const tickets = await history.documents<TicketRecord>('ticket');
  expect(tickets.some(({ reopened }) => reopened > 0)).toBe(true);
});

test('events of the log that are gone: said, and not decided around', async () => {
  await history.say(history.event({}), history.event({ deviceId: 'H-1', kind: 'heat' }));
  await outside.query(`delete from fenghuo.event where kind = 'heat'`);
  await expect(replayAll()).rejects.toThrow('there are missing: 1 of');
});
