import { type EventKind, eventKinds } from '@fenghuo/contracts/words.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventsAsked, findEvents } from '../src/history/find-events.ts';
import { rollUp } from '../src/history/roll-up.ts';
import { type EventSearch, listEventsStatement } from '../src/store/sql/list-events.ts';
import { readRollup } from '../src/store/sql/read-rollup.ts';
import { createTimeSeries } from '../src/store/time-series/choose-time-series.ts';
import { county, insertSmallCounty, zeguo } from './small-county.ts';
import { WasmTimescale } from './wasm-timescale.ts';

const day = 86_400_000;
const now = Math.floor(Date.now() / day) * day + day / 2;

let db: WasmTimescale;

/** An event each ten minutes for 40 days, a tenth of them alarms; the first week is compressed. A few lie elsewhere. */
beforeAll(async () => {
  db = await WasmTimescale.start();
  const series = await createTimeSeries(db, 'auto', pino({ level: 'silent' }));
  await insertSmallCounty(db);
  await db.query('update fenghuo.county set created_at = $1', [new Date(now - 40 * day)]);
  await db.query(
    `insert into fenghuo.event_chunked (device, at, ident, no, received_at, kind, state, flags)
     select n % 4, to_timestamp($1::float8 / 1000) - n * interval '10 minutes', n, 5761 - n,
            to_timestamp($1::float8 / 1000) - n * interval '10 minutes', case when n % 7 = 0 then 'co' else 'smoke' end,
            case when n % 10 = 0 then 'alarm' else 'normal' end, 0
     from generate_series(1, 5760) as n`,
    [now],
  );
  await db.query(
    `insert into fenghuo.event_elsewhere (device, at, ident, no, received_at, kind, state, flags)
     select 0, '1970-01-01', n, 5760 + n, to_timestamp($1::float8 / 1000) - n * interval '1 day', 'gas', 'alarm', 8
     from generate_series(1, 5) as n`,
    [now],
  );
  await db.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     select $2, n * 10 - 9, n * 10, to_timestamp($1::float8 / 1000) - (5770 - n * 10) * interval '10 minutes', 1, 10, 0
     from generate_series(1, 577) as n`,
    [now, county],
  );
  expect(await db.asServer(() => series.compress(db))).toBeGreaterThan(5);
}, 120_000);
afterAll(() => db[Symbol.asyncDispose]());

async function all(of: Partial<EventsAsked>): Promise<number[]> {
  const numbers: number[] = [];
  let before: EventsAsked['before'] = null;
  do {
    const page = await db.asServer(() =>
      findEvents(db, { county, areaPattern: '%', limit: 500, now, ...of, before }),
    );
    numbers.push(...page.events.map(({ no }) => no));
    before = page.next;
  } while (before !== null);
  return numbers;
}

test.each<[string, Partial<EventsAsked>, (n: number) => boolean]>([
  ['all', {}, () => true],
  ['of a device', { device: 'H-1' }, (n) => n % 4 === 1],
  ['of a township', { areaPattern: `${zeguo}%` }, (n) => n % 4 < 2],
  ['alarms', { state: 'alarm' }, (n) => n % 10 === 0],
  ['alarms of a kind', { state: 'alarm', kind: 'co' }, (n) => n % 70 === 0],
  ['of a kind', { kind: 'co' }, (n) => n % 7 === 0],
])('events, %s: over compressed days and those that are not, newest first', async (_, of, holds) => {
  const timely = Array.from({ length: 5760 }, (_, i) => i + 1).filter(holds);
  const found = await all(of);
  expect(found.filter((no) => no <= 5760)).toEqual(timely.map((n) => 5761 - n));
  const elsewhere = of.kind === 'co' || of.device !== undefined ? 0 : 5;
  expect(found).toHaveLength(timely.length + elsewhere);
});

test('without a day they stand where they were received', async () => {
  const found = await all({ from: now - 3 * day - 1, to: now - 1.5 * day });
  expect(found.filter((no) => no > 5760)).toEqual([5762, 5763]);
  expect(found.indexOf(5762)).toBe(71);
});

async function planOf(
  search: EventSearch,
  from: number,
  to: number,
  devices: number[] | null,
): Promise<string> {
  const statement = listEventsStatement(
    search,
    { kind: null, state: null, run: '', devices },
    { from, below: { time: to, no: 0 }, limit: 100 },
    eventKinds as readonly EventKind[],
  );
  const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, statement.values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('a stretch opens the chunks of its days, and each way has its index', async () => {
  await db.query('analyze');
  const chunks = (plan: string) => new Set(plan.match(/_hyper_\d+_\d+_chunk\b/g)).size;
  const byDevice = await planOf('devices', now - 10 * day, now - 9 * day, [1, 2]);
  expect(byDevice).toMatch(/event_chunked_pkey/);
  expect(chunks(byDevice)).toBe(2);
  const byOrder = await planOf('order', now - 10.2 * day, now - 10.1 * day, null);
  expect(chunks(byOrder)).toBe(1);
  const unusual = await planOf('unusual', now - 10 * day, now - 4 * day, null);
  expect(unusual).toMatch(/_kind_at_idx/);
});

test('hours are counted once, compressed or not, and agree with the events', async () => {
  while (await db.asServer(() => rollUp(db, county, 'events')));
  expect(await db.asServer(() => rollUp(db, county, 'events'))).toBe(false);
  const wish = {
    county,
    areaPattern: '%',
    of: 'events',
    step: 'whole',
    run: '',
    timeZone: 'Asia/Shanghai',
  } as const;
  const range = { from: now - 50 * day, to: now, limit: 100 };
  const counts = await db.asServer(() => readRollup(db, { ...wish, ...range, by: ['state'] }));
  expect(counts).toEqual([
    { at: null, state: 'alarm', count: 581 },
    { at: null, state: 'normal', count: 5184 },
  ]);
});
