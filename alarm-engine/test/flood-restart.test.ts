import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import type { Delivery } from '@fenghuo/gateway/delivery.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bucketMs } from '../src/alarms/flood-control.ts';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { connectClient } from '../src/store/pool.ts';
import { listOpenRecords } from '../src/store/sql/list-open-records.ts';
import { loadEngineState } from '../src/store/sql/load-engine-state.ts';
import { loadRegistry } from '../src/store/sql/load-registry.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county, insertSmallCounty, zeguo } from './small-county.ts';
import { startStandingWriter } from './standing-writer.ts';

let database: TestDatabase;
/** Looks at the database as an outsider: sees what is committed. */
let outside: Client;
let now = noon;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
  await insertSmallCounty(outside);
  await outside.query(`
    insert into fenghuo.device (no, id, county, type, adopted, area, lon, lat)
    select 5 + n, 'P-' || n, '331081', 'pressure', true, '331081100203-02', 121.3 + n * 0.01, 28.5
    from generate_series(1, 40) as n`);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
afterAll(async () => {
  await outside.end();
  await database.drop();
});

async function startWriter(): Promise<IntakeQueue> {
  const { writer, intake } = await startStandingWriter(database.appUrl, { clock: () => now });
  stops.push(() => writer.stop());
  return intake;
}

/** Resolves when the event is stored, and with it all that it caused. */
function say(intake: IntakeQueue, deviceId: string): Promise<void> {
  const event: DeviceEvent = {
    ...{ deviceId, run: null, at: now, hasDeviceTime: true, ident: 1n, kind: 'pressure', state: 'alarm' },
    ...{ value: null, unit: null, attrs: null, receivedAt: now, late: false, delayed: false },
    ...{ skewed: false, retained: false, source: 'test' },
  };
  return new Promise((resolve) => {
    const delivery: Delivery = { event, acknowledge: resolve };
    intake.push(delivery, 100);
  });
}

const openFloods = async (areaPattern = '%') =>
  (await listOpenRecords(outside, { county, area: county, areaPattern, unit: null })).floods;

/** Waits until the writer has looked at the flood at the present time. */
async function looked(): Promise<FloodRecord[]> {
  for (;;) {
    const floods = await openFloods();
    if (floods.every((flood) => flood.countedTo >= Math.floor(now / bucketMs) * bucketMs)) return floods;
  }
}

const acts = async () =>
  (
    await outside.query<{ act: string }>(`select act from fenghuo.audit where act like '%-flood' order by no`)
  ).rows.map((row) => row.act);

test('8 alarms → restart → 3 more: flood → restart → nothing forgotten → 10 min: over', async () => {
  let intake = await startWriter();
  for (let n = 1; n <= 8; n += 1) await say(intake, `P-${n}`);
  expect(await openFloods()).toEqual([]);
  await stops.pop()!();

  now += 60_000;
  intake = await startWriter();
  for (let n = 9; n <= 11; n += 1) await say(intake, `P-${n}`);
  expect(await openFloods()).toMatchObject([{ seat: 'U-zeguo', area: zeguo, rate: 11, run: null }]);
  expect(await openFloods('331081101%')).toEqual([]);
  now += bucketMs;
  await looked();
  await stops.pop()!();

  const registry = await loadRegistry(outside, county);
  const books = { rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] };
  const state = await loadEngineState(outside, { registry: registry!, ...books });
  expect(state.hearings.get('|U-zeguo')).toMatchObject({ newest: { count: 3 }, past: [{ count: 8 }] });
  expect(await openFloods()).toMatchObject([
    { rate: 11, heard: [{ severity: 'low', kind: 'pressure', count: 11 }] },
  ]);

  now += 9 * 60_000;
  await startWriter();
  expect(await looked()).toEqual([]);
  expect(await acts()).toEqual(['enter-flood', 'leave-flood']);
  const { rows } = await outside.query(
    `select topic, area from fenghuo.change_log where topic = 'flood' order by no`,
  );
  expect(rows.length).toBeGreaterThan(2);
  expect(new Set(rows.map((row) => row.area))).toEqual(new Set([zeguo]));
});
