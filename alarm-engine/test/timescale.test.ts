import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NumberedEvent } from '../src/store/event-rows.ts';
import { isKnownEvent } from '../src/store/sql/copy-events.ts';
import { createTimeSeries, findTimeSeries } from '../src/store/time-series/choose-time-series.ts';
import type { TimeSeries } from '../src/store/time-series/time-series.ts';
import { WasmTimescale } from './wasm-timescale.ts';

const log = pino({ level: 'silent' });
const day = 86_400_000;
/** The functions of the days go by the database's clock, and so do these tests. */
const now = Math.floor(Date.now() / 1000) * 1000;

let db: WasmTimescale;
let series: TimeSeries;
beforeAll(async () => {
  db = await WasmTimescale.start();
  series = await createTimeSeries(db, 'auto', log);
});
afterAll(() => db[Symbol.asyncDispose]());

let engineNo = 0;
function anEvent(at: number, of: Partial<DeviceEvent> = {}): NumberedEvent {
  const event: DeviceEvent = {
    ...{ deviceId: 'S-1', run: null, at, hasDeviceTime: true, ident: 1n, kind: 'smoke', state: 'alarm' },
    ...{ value: null, unit: null, attrs: null, receivedAt: now, late: false, delayed: false, skewed: false },
    ...{ retained: false, source: 'test' },
    ...of,
  };
  return { event, deviceNo: 1, engineNo: ++engineNo };
}

/** One batch as the writer stores it, the server's rights and all. `new`: numbers of what was stored. */
async function store(
  events: NumberedEvent[],
  at = now,
): Promise<{ way: 'copied' | 'checked'; new: number[] }> {
  return db.asServer(async () => {
    const copying = series.copy(events, at);
    if (copying !== null) {
      try {
        await db.query('begin');
        await db.run(copying);
        await db.query('commit');
        return { way: 'copied', new: events.map((each) => each.engineNo) };
      } catch (error) {
        await db.query('rollback');
        if (!isKnownEvent(error)) throw error;
      }
    }
    await db.query('begin');
    const fresh = (await db.run(series.insertNew(events, at))).at(-1)!;
    await db.query('commit');
    return { way: 'checked', new: fresh.map(([no]) => Number(no)) };
  });
}

const again = (one: NumberedEvent): NumberedEvent => ({ ...one, engineNo: ++engineNo });

async function days(): Promise<{ chunks: number; compressed: number }> {
  const { rows } = await db.query<{ chunks: number; compressed: number }>(`
    select count(*)::int as chunks, count(*) filter (where is_compressed)::int as compressed
    from timescaledb_information.chunks where hypertable_name = 'event_chunked'`);
  return rows[0]!;
}

async function lies(one: NumberedEvent): Promise<string[]> {
  const { rows } = await db.query<{ place: string }>(
    `select 'chunked' as place from fenghuo.event_chunked where device = 1 and at = to_timestamp($1::float8 / 1000)
     union all
     select 'elsewhere' from fenghuo.event_elsewhere where device = 1 and at = to_timestamp($1::float8 / 1000)`,
    [one.event.at],
  );
  return rows.map(({ place }) => place);
}

test('a new database of a server with TimescaleDB is made on it, and stays so', async () => {
  expect(series.kind).toBe('timescale');
  expect((await findTimeSeries(db)).kind).toBe('timescale');
  expect((await createTimeSeries(db, 'off', log)).kind).toBe('timescale');
});

test('switched off, or with days already made: plain partitions', async () => {
  await using other = await WasmTimescale.start();
  expect((await createTimeSeries(other, 'off', log)).kind).toBe('plain');
  const plain = await findTimeSeries(other);
  expect(await plain.makeAhead(other)).toBe(33);
  expect((await createTimeSeries(other, 'auto', log)).kind).toBe('plain');
  const columns = `device, at, ident, no, received_at, kind, state, flags`;
  await other.query(
    `insert into fenghuo.event (${columns})
     select 1, now() - make_interval(days => d), d, d, now(), 'smoke', 'normal', 0 from generate_series(0, 9) as d`,
  );
  await other.asServer(async () => {
    expect(await plain.drop(other, 7)).toBe(23);
    expect(await plain.compress(other)).toBe(0);
  });
  expect((await other.query('select from fenghuo.event')).rowCount).toBe(8);
});

test('timely events are copied into a chunk a day; a redelivery is known and changes nothing', async () => {
  const events = [anEvent(now), anEvent(now - day), anEvent(now - 29 * day)];
  const before = await days();
  expect(await store(events)).toEqual({ way: 'copied', new: events.map((each) => each.engineNo) });
  expect((await days()).chunks - before.chunks).toBe(3);
  const fresh = anEvent(now - 1000);
  expect(await store([again(events[1]!), fresh])).toEqual({ way: 'checked', new: [fresh.engineNo] });
  expect(await lies(events[1]!)).toEqual(['chunked']);
});

test('twins within a batch: the first is stored', async () => {
  const one = anEvent(now - 2000);
  expect(await store([one, again(one)])).toEqual({ way: 'checked', new: [one.engineNo] });
});

test('a thousand odd clocks make no chunk', async () => {
  const before = await days();
  const clocks = Array.from({ length: 1000 }, (_, i) => anEvent(now + (i < 500 ? i + 2 : 400 - i) * day * 3));
  expect(await store(clocks)).toMatchObject({ way: 'checked', new: { length: 1000 } });
  expect(await store(clocks.map(again))).toEqual({ way: 'checked', new: [] });
  expect(await days()).toEqual(before);
});

test('without a time of their own they are copied, and their twins are known', async () => {
  const events = [anEvent(0, { hasDeviceTime: false, ident: 7n }), anEvent(now - 3000)];
  expect(await store(events)).toMatchObject({ way: 'copied' });
  expect(await store(events.map(again))).toEqual({ way: 'checked', new: [] });
  expect(await lies(events[0]!)).toEqual(['elsewhere']);
});

test('odd at its first delivery, timely at the second: still one', async () => {
  const one = anEvent(now + 30 * day + 1);
  expect(await store([one])).toEqual({ way: 'checked', new: [one.engineNo] });
  const later = now + 30 * day;
  const other = anEvent(later + 7);
  expect(await store([again(one), other], later)).toEqual({ way: 'checked', new: [other.engineNo] });
  expect(await lies(one)).toEqual(['elsewhere']);
});

test('timely at its first delivery, odd at the second: still one', async () => {
  const one = anEvent(now - 20 * day);
  expect(await store([one])).toMatchObject({ way: 'copied' });
  expect(await store([again(one)], now + 20 * day)).toEqual({ way: 'checked', new: [] });
  expect(await lies(one)).toEqual(['chunked']);
});

test('its time comes: it moves to the days, and its twin is met there', async () => {
  const one = anEvent(now + 1.2 * day);
  expect(await store([one])).toMatchObject({ way: 'checked' });
  expect(await db.asServer(() => series.makeAhead(db))).toBeGreaterThan(0);
  expect(await lies(one)).toEqual(['chunked']);
  const other = anEvent(now - 4000);
  expect(await store([again(one), other])).toEqual({ way: 'checked', new: [other.engineNo] });
  expect(await store([anEvent(now + 0.9 * day)])).toMatchObject({ way: 'copied' });
});

test('days that are over for good are compressed; what they hold is found, and a late twin is met', async () => {
  const then = now - 40 * day;
  const old = Array.from({ length: 200 }, (_, i) =>
    anEvent(then + i, { ident: BigInt(i), kind: i % 50 === 0 ? 'co' : 'smoke' }),
  );
  expect(await store(old, then)).toMatchObject({ way: 'copied' });
  const before = await days();
  expect(await db.asServer(() => series.compress(db))).toBe(1);
  expect(await days()).toEqual({ ...before, compressed: 1 });
  expect(await db.asServer(() => series.compress(db))).toBe(0);
  expect(await store(old.map(again), then)).toEqual({ way: 'checked', new: [] });
  expect(await store(old.map(again))).toEqual({ way: 'checked', new: [] });
  const { rows } = await db.query(
    `select count(*)::int as n from fenghuo.event where kind = 'co' and at < to_timestamp($1::float8 / 1000)`,
    [then + day],
  );
  expect(rows).toEqual([{ n: 4 }]);
});

test('retention drops whole days, and odd events by when they were received', async () => {
  const before = await days();
  const long = anEvent(123_456_789, { receivedAt: now - 50 * day });
  await store([long]);
  expect(await db.asServer(() => series.drop(db, 35))).toBe(1);
  expect(await days()).toEqual({ chunks: before.chunks - 1, compressed: 0 });
  expect(await lies(long)).toEqual([]);
});
