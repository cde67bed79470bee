import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EventRows, type NumberedEvent } from '../src/store/event-rows.ts';
import { connectClient } from '../src/store/pool.ts';
import { copyEvents, isKnownEvent } from '../src/store/sql/copy-events.ts';
import { insertNewEvents } from '../src/store/sql/insert-new-events.ts';
import { runStatements } from '../src/store/statement-batch.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';

let database: TestDatabase;
let client: Client;
const rows = new EventRows();

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connectClient({ url: database.appUrl, name: 'writer' });
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

beforeEach(async () => {
  await client.query('rollback');
});

const begin = { name: 'begin', text: 'begin' };

const anEvent = (of: Partial<DeviceEvent> = {}): DeviceEvent => ({
  ...{ deviceId: 'S-1', run: null, at: noon, hasDeviceTime: true, ident: 1n, kind: 'smoke', state: 'alarm' },
  ...{ value: null, unit: null, attrs: null, receivedAt: noon, late: false, delayed: false, skewed: false },
  ...{ retained: false, source: 'test' },
  ...of,
});

const numbered = (event: DeviceEvent, engineNo: number, deviceNo = 0): NumberedEvent => ({
  event,
  deviceNo,
  engineNo,
});

async function stored() {
  const found = await client.query<Record<string, unknown>>(`
    select device, (extract(epoch from at) * 1000000)::text as at, ident::text, no::text, (extract(epoch from received_at) * 1000000)::text as received_at,
           kind, state, value, unit, flags, run, attrs
    from fenghuo.event order by event.no`);
  return found.rows;
}

const micros = (ms: number) => `${BigInt(ms) * 1000n}.000000`;

const expected = ({ event, engineNo, deviceNo }: NumberedEvent) => ({
  device: deviceNo,
  at: micros(event.at),
  ident: String(event.ident),
  no: String(engineNo),
  received_at: micros(event.receivedAt),
  kind: event.kind,
  state: event.state,
  value: event.value,
  unit: event.unit,
  flags:
    Number(event.late) +
    2 * Number(event.skewed) +
    4 * Number(event.retained) +
    8 * Number(!event.hasDeviceTime),
  run: event.run ?? '',
  attrs: event.attrs,
});

const text = (maxLength: number) =>
  fc.string({ unit: 'binary', maxLength }).map((of) => of.replaceAll('\0', '·'));

const arbitraryEvent = fc.record({
  at: fc.oneof(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), fc.constant(0)),
  ident: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  receivedAt: fc.integer({ min: noon - 1e9, max: noon + 1e9 }),
  value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  unit: fc.option(text(32)),
  run: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)),
  attrs: fc.option(fc.dictionary(text(8), fc.oneof(text(300), fc.integer(), fc.boolean()), { maxKeys: 4 })),
  late: fc.boolean(),
  skewed: fc.boolean(),
  retained: fc.boolean(),
  hasDeviceTime: fc.boolean(),
});

test('whatever an event holds, Postgres reads the same out of its row', async () => {
  const batch = fc.uniqueArray(fc.tuple(arbitraryEvent, fc.integer({ min: 0, max: 2_147_483_647 })), {
    selector: ([{ at, ident, run }, deviceNo]) => `${deviceNo} ${at} ${ident} ${run ?? ''}`,
    minLength: 1,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(batch, fc.integer({ min: 0, max: 2 ** 52 }), async (all, after) => {
      const events = all.map(([of, deviceNo], i) => numbered(anEvent(of), after + i, deviceNo));
      const found = await runStatements(client, [begin, copyEvents('event', rows.encode(events))])
        .then(stored)
        .finally(() => client.query('rollback'));
      expect(found).toEqual(events.map(expected));
    }),
    { numRuns: 60 },
  );
});

test('a twin: COPY is refused and says so; the careful way stores what is new and names it', async () => {
  const [first, second] = [anEvent({ ident: 7n }), anEvent({ ident: 8n })];
  await runStatements(client, [begin, copyEvents('event', rows.encode([numbered(first, 1)]))]);
  const twice = rows.encode([numbered(first, 2), numbered(second, 3), numbered(second, 4)]);
  await client.query('savepoint before');
  const error = await runStatements(client, [copyEvents('event', twice)]).catch((error: unknown) => error);
  expect(isKnownEvent(error)).toBe(true);
  await client.query('rollback to before');
  const results = await runStatements(client, insertNewEvents(twice));
  expect(results.at(-1)).toEqual([['3']]);
  expect((await stored()).map(({ no }) => no)).toEqual(['1', '3']);
});

test('the careful way, in a transaction that was rolled back, and again: its table is made anew', async () => {
  const event = rows.encode([numbered(anEvent(), 1)]);
  for (const end of ['rollback', 'rollback', 'commit', 'rollback']) {
    const results = await runStatements(client, [begin, ...insertNewEvents(event)]);
    expect(results).toHaveLength(4);
    await client.query(end);
  }
  expect(await stored()).toHaveLength(1);
});
