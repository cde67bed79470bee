import { eventKinds } from '@fenghuo/contracts/words.ts';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import {
  type EventSearch,
  type EventsWish,
  listEvents,
  listEventsStatement,
} from '../src/store/sql/list-events.ts';
import { listPastAlarmsStatement, type PastAlarmsWish } from '../src/store/sql/list-past-alarms.ts';
import { listTransitionsStatement } from '../src/store/sql/list-transitions.ts';
import { summariseEvents } from '../src/store/sql/summarise-events.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { fillPastCounty, firstDevice, type PastCounty, villageCode } from './past-county.ts';
import { county, insertSmallCounty } from './small-county.ts';

const hour = 3_600_000;
const past: PastCounty = {
  ...{ devices: 20_000, buildings: 1500, villages: 160, townships: 17 },
  ...{ events: 400_000, days: 3, until: Math.floor(Date.now() / hour) * hour },
};

let database: TestDatabase;
let owner: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectClient({ url: database.ownerUrl, name: 'test' });
  await insertSmallCounty(owner);
  await fillPastCounty(owner, past);
  await summariseEvents(owner);
}, 300_000);
afterAll(async () => {
  await owner.end();
  await database.drop();
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** How a statement was run: which indexes, which tables in whole, how many rows it looked at. */
async function planOf({ text, values }: { text: string; values: unknown[] }) {
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (analyze, format json) ${text}`,
    values,
  );
  const all: PlanNode[] = [];
  const walk = (node: PlanNode): void => {
    if (node['Actual Loops'] > 0) all.push(node);
    node.Plans?.forEach(walk);
  };
  walk(rows[0]!['QUERY PLAN'][0].Plan);
  const seen = (node: PlanNode) =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const scans = all.filter((node) => node['Relation Name'] !== undefined || node['Index Name'] !== undefined);
  return {
    indexes: [...new Set(scans.flatMap((node) => node['Index Name'] ?? []))],
    /** Tables with rows that were read from end to end. */
    whole: scans
      .filter((node) => /Seq Scan/.test(node['Node Type']) && seen(node) > 0)
      .map((node) => node['Relation Name']!),
    looked: Math.round(scans.reduce((sum, node) => sum + seen(node), 0)),
  };
}

const everything: EventsWish = { kind: null, state: null, run: '', devices: null };
const devices = (count: number) => Array.from({ length: count }, (_, i) => firstDevice + i * 7);
const events = (search: EventSearch, wish: Partial<EventsWish>, hours: number) =>
  planOf(
    listEventsStatement(
      search,
      { ...everything, ...wish },
      { from: past.until - hours * hour, below: { time: past.until, no: 0 }, limit: 100 },
      eventKinds,
    ),
  );

test('events of a few devices: by the key of the days, and what lies elsewhere by its device', async () => {
  for (const count of [1, 14, 250]) {
    const plan = await events('devices', { devices: devices(count) }, 24);
    expect(plan.whole).toEqual([]);
    expect(plan.indexes).toContainEqual(expect.stringMatching(/^event_\d{8}_pkey$|_event_chunked_pkey$/));
    expect(plan.indexes).toContainEqual(expect.stringMatching(/^event_elsewhere_by_(device|receipt)$/));
    expect(plan.looked).toBeLessThan(count * 60 + 2500);
  }
});

test('what is unusual: by its own index, kind by kind', async () => {
  for (const wish of [{ state: 'alarm' }, { state: 'fault', kind: 'gas' }] as const) {
    const plan = await events('unusual', wish, 48);
    expect(plan.whole).toEqual([]);
    expect(plan.indexes).toContainEqual(expect.stringMatching(/^event_\d{8}_kind_at_idx\d*$|_kind_at_idx$/));
    expect(plan.looked).toBeLessThan(5000);
  }
});

test('all events of a stretch: by the order in which they came, a stretch of pages and not a day', async () => {
  for (const wish of [{}, { kind: 'gas' }, { devices: devices(1200) }] as const) {
    const plan = await events('order', wish, 2);
    expect(plan.whole).toEqual([]);
    expect(plan.indexes).toContainEqual(expect.stringMatching(/_no_at_idx$/));
    expect(plan.looked).toBeLessThan(60_000);
  }
});

test('each way finds the same events', async () => {
  const stretch = { from: past.until - 40 * hour, below: { time: past.until - hour, no: 0 }, limit: 300 };
  const wish = { ...everything, devices: devices(400), state: 'alarm' } as const;
  const by = (search: EventSearch, of: Partial<EventsWish>) =>
    listEvents(owner, search, { ...wish, ...of }, stretch, eventKinds);
  for (const of of [{}, { kind: 'heat' }, { devices: null }] as const) {
    const found = await by('order', of);
    expect(found.length).toBeGreaterThan(0);
    expect(await by('unusual', of)).toEqual(found);
    if (!('devices' in of)) expect(await by('devices', of)).toEqual(found);
  }
  const normal = await by('order', { state: 'normal' });
  expect(normal).toHaveLength(300);
  expect(await by('devices', { state: 'normal' })).toEqual(normal);
});

const noWish: PastAlarmsWish = {
  ...{ county, areaPattern: '%', device: null, building: null, kind: null, severity: null, state: null },
  ...{ run: null, from: null, to: null, before: null, limit: 20 },
};

test.each<[Partial<PastAlarmsWish>, RegExp]>([
  [{}, /^alarm_by_raised$/],
  [{ device: 'D-7' }, /^alarm_by_device$/],
  [{ building: 'P7' }, /^alarm_by_building$/],
  [{ areaPattern: `${villageCode(7, past)}%` }, /^alarm_by_area$/],
  [{ state: 'shelved' }, /^alarm_at_work$/],
  [{ kind: 'water' }, /^alarm_by_kind$/],
  [{ severity: 'high', to: past.until - 24 * hour }, /^alarm_by_raised$/],
])('alarms of %o: by %s', async (wish, index) => {
  const plan = await planOf(listPastAlarmsStatement({ ...noWish, ...wish }));
  expect(plan.whole).toEqual([]);
  expect(plan.indexes).toContainEqual(expect.stringMatching(index));
});

test.each<[Partial<PastAlarmsWish> & { alarm?: string }, RegExp]>([
  [{}, /^alarm_transition_by_time$/],
  [{ device: 'D-7' }, /^alarm_transition_by_device$/],
  [{ building: 'P7' }, /^alarm_transition_by_building$/],
  [{ areaPattern: `${villageCode(7, past)}%` }, /^alarm_transition_by_area$/],
  [{ alarm: 'PA-7' }, /^alarm_transition_pkey$/],
  [{ kind: 'water' }, /^alarm_transition_by_kind$/],
  [{ state: 'shelved' }, /^alarm_transition_by_state$/],
])('steps of alarms of %o: by %s', async (wish, index) => {
  const plan = await planOf(listTransitionsStatement({ ...noWish, alarm: null, ...wish, before: null }));
  expect(plan.whole).toEqual([]);
  expect(plan.indexes).toContainEqual(expect.stringMatching(index));
});
