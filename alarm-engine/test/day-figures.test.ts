import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../src/store/pool.ts';
import { readDayFigures } from '../src/store/sql/read-day-figures.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { anAlarm, aTicket, noon } from './records.ts';
import { county, zeguo } from './small-county.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.appUrl, name: 'test', log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const minute = 60_000;
const hour = 60 * minute;
/** Midnight in the county: 16:00 of the day before in UTC. */
const midnight = noon - 12 * hour;

async function insert(table: string, ...docs: { id: string }[]): Promise<void> {
  for (const doc of docs)
    await pool.query(`insert into fenghuo.${table} (id, county, doc) values ($1, $2, $3)`, [
      doc.id,
      county,
      doc,
    ]);
}
const figures = (now = noon) =>
  readDayFigures(pool, { county, now: new Date(now), timeZone: 'Asia/Shanghai' });

test('an empty county', async () => {
  expect(await figures()).toEqual({
    ...{ alarmsToday: 0, ticketsToday: 0, ticketsClosedToday: 0, falseAlarmsToday: 0, upkeepOpen: 0 },
    ...{ acceptMedianS: null, onSceneMedianS: null, alarmsByMinute: Array(60).fill(0) },
  });
});

test('today begins at midnight in the county; drills do not count; medians reach back a day', async () => {
  const alarm = (id: string, raisedAt: number, run: string | null = null) =>
    anAlarm({ id, area: zeguo, raisedAt, run });
  await insert(
    'alarm',
    alarm('yesterday', midnight - 1),
    alarm('first', midnight),
    alarm('drill', noon - minute, 'drill-1'),
    alarm('hour-ago', noon - 59.5 * minute),
    alarm('now-1', noon - 1000),
    alarm('now-2', noon - 59_000),
    alarm('future', noon + hour),
  );
  const ticket = (id: string, openedAt: number, of: Partial<Parameters<typeof aTicket>[0]> = {}) =>
    aTicket({ id, area: zeguo, openedAt, ...of });
  const moves = (openedAt: number, acceptedS: number, onSceneS?: number) =>
    [
      { at: openedAt, from: null, to: 'received' as const },
      { at: openedAt + acceptedS * 1000, from: 'dispatched' as const, to: 'accepted' as const },
      ...(onSceneS === undefined
        ? []
        : [{ at: openedAt + onSceneS * 1000, from: null, to: 'on-scene' as const }]),
      { at: openedAt + 9e6, from: null, to: 'accepted' as const },
    ].map((move) => ({ ...move, stage: move.to, by: 'crew', holder: 'U', reason: null }));
  await insert(
    'ticket',
    ticket('t-old', midnight - 40 * hour, {
      closedAt: midnight + 1,
      moves: moves(midnight - 40 * hour, 500),
    }),
    ticket('t-false', midnight - hour, {
      ...{ closedAt: midnight + 5, stage: 'false-alarm' as const, moves: moves(midnight - hour, 10) },
    }),
    ticket('t-closed-yesterday', midnight - hour, {
      closedAt: midnight - 1,
      moves: moves(midnight - hour, 20, 90),
    }),
    ticket('t-today', midnight + hour, { moves: moves(midnight + hour, 60, 190) }),
    ticket('t-drill', midnight + hour, { run: 'drill-1', moves: moves(midnight + hour, 1, 1) }),
  );
  const upkeep = (id: string, of: object = {}) => ({ id, run: null, openedAt: noon, closedAt: null, ...of });
  await insert('upkeep', upkeep('u1'), upkeep('u2', { closedAt: noon }), upkeep('u3', { run: 'drill-1' }));
  const { alarmsByMinute, ...counts } = await figures();
  expect(counts).toEqual({
    ...{ alarmsToday: 4, ticketsToday: 1, ticketsClosedToday: 2, falseAlarmsToday: 1, upkeepOpen: 1 },
    ...{ acceptMedianS: 20, onSceneMedianS: 140 },
  });
  expect(alarmsByMinute).toHaveLength(60);
  expect([alarmsByMinute[0], alarmsByMinute[59]]).toEqual([1, 2]);
  expect(alarmsByMinute.reduce((sum, n) => sum + n, 0)).toBe(3);
});
