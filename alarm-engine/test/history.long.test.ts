import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NumberedEvent } from '../src/store/event-rows.ts';
import { connectClient } from '../src/store/pool.ts';
import { summariseEvents } from '../src/store/sql/summarise-events.ts';
import { runStatements } from '../src/store/statement-batch.ts';
import { findTimeSeries } from '../src/store/time-series/choose-time-series.ts';
import type { TimeSeries } from '../src/store/time-series/time-series.ts';
import { historyShapes } from './history-shapes.ts';
import { fillPastCounty, firstDevice, type PastCounty } from './past-county.ts';
import { county } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const past: PastCounty = {
  ...{ devices: 170_000, buildings: 12_000, villages: 661, townships: 17 },
  ...{ events: Number(process.env.FENGHUO_TEST_EVENTS ?? 10_000_000), days: 6, until: Date.now() },
};
const asksPerShape = 40;
const batch = 200;
/** 4,000 events a second beside the questions. */
const batchEveryMs = 50;

let web: TestWeb;
let cookie: string;
let writer: Client;
let series: TimeSeries;
beforeAll(async () => {
  web = await startTestWeb();
  cookie = await enter(web, 'dispatcher');
  const owner = await connectClient({ url: web.ownerUrl, name: 'test owner' });
  await fillPastCounty(owner, past);
  await summariseEvents(owner);
  await owner.end();
  writer = await connectClient({ url: web.databaseUrl, name: 'writer' });
  series = await findTimeSeries(writer);
}, 3_600_000);
afterAll(async () => {
  await writer.end();
  await web.stop();
});

/** Takes events in until it is stopped. Resolves with how many. */
function takeIn(): { stop: () => Promise<number> } {
  let no = past.events;
  let stopped = false;
  const store = async () => {
    const now = Date.now();
    const events = Array.from({ length: batch }, (): NumberedEvent => anEvent(++no, now));
    await runStatements(writer, [{ name: 'begin', text: 'begin' }, ...series.copy(events, now)!]);
    await writer.query(
      `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000), 1, $5, 0)`,
      [county, no - batch + 1, no, now, batch],
    );
    await writer.query('commit');
  };
  const run = async () => {
    while (!stopped) {
      const next = performance.now() + batchEveryMs;
      await store();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
    }
    return no - past.events;
  };
  const running = run();
  return {
    stop: () => {
      stopped = true;
      return running;
    },
  };
}

function anEvent(no: number, at: number): NumberedEvent {
  const event: DeviceEvent = {
    ...{
      deviceId: '',
      run: null,
      at,
      hasDeviceTime: true,
      ident: BigInt(no),
      kind: 'smoke',
      state: 'normal',
    },
    ...{
      value: no % 90,
      unit: null,
      attrs: null,
      receivedAt: at,
      late: false,
      delayed: false,
      skewed: false,
    },
    ...{ retained: false, source: 'test' },
  };
  return { event, deviceNo: firstDevice + ((no * 7_919) % past.devices), engineNo: no };
}

async function ask(path: string): Promise<{ ms: number; body: Record<string, unknown> }> {
  const begin = performance.now();
  const answer = await web.call('GET', `/api/v1/history/${path}`, { as: cookie });
  const body = (await answer.json()) as Record<string, unknown>;
  const ms = performance.now() - begin;
  expect(answer.status, path).toBe(200);
  return { ms, body };
}

test('10 million events, more coming in: each question is answered in 200 ms, 19 times of 20', async () => {
  const taking = takeIn();
  const table: Record<string, { p50: number; p95: number; rows: number }> = {};
  for (const [name, path] of Object.entries(historyShapes(past))) {
    for (let n = 0; n < 3; n++) await ask(path(n));
    const times: number[] = [];
    let rows = 0;
    for (let n = 0; n < asksPerShape; n++) {
      const { ms, body } = await ask(path(n));
      times.push(ms);
      rows = Math.max(rows, ...Object.values(body).map((one) => (Array.isArray(one) ? one.length : 0)));
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => Math.round(times[Math.ceil(part * times.length) - 1]! * 10) / 10;
    table[name] = { p50: at(0.5), p95: at(0.95), rows };
  }
  const taken = await taking.stop();
  console.table(table);
  console.log(`${taken} events were taken in meanwhile`);
  expect(taken).toBeGreaterThan(0);
  expect(Object.entries(table).filter(([, { p95 }]) => p95 > 200)).toEqual([]);
});
