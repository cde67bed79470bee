import {
  alarmHistoryPage,
  eventHistoryPage,
  rollupTable,
  transitionHistoryPage,
} from '@fenghuo/contracts/history.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollUp } from '../src/history/roll-up.ts';
import { connectClient } from '../src/store/pool.ts';
import { anAlarm } from './records.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { storeEvents } from './stored-events.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let dispatcher: string;
let township: string;
let village: string;
const minute = 60_000;
const day = 86_400_000;
/** A whole hour, some hours ago. */
const then = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 5 * 3_600_000;

beforeAll(async () => {
  web = await startTestWeb();
  dispatcher = await enter(web, 'dispatcher');
  township = await enter(web, 'dispatcher', zeguo, 'zeguo');
  village = await enter(web, 'grid-worker', `${zeguo}203`, 'village');
  await insertEvents();
  await insertAlarms();
  const client = await connectClient({ url: web.databaseUrl, name: 'test' });
  for (const name of ['events', 'alarms'] as const) while (await rollUp(client, county, name));
  await client.end();
});
afterAll(() => web.stop());

/** Devices 0 and 1 stand in Zeguo, 2 and 3 in Songmen, 5 nowhere. Numbers are the order in which events were taken. */
async function insertEvents(): Promise<void> {
  const rows: [device: number, at: number, receivedAt: number, kind: string, state: string, of?: object][] = [
    [0, then, then + 50, 'smoke', 'normal'],
    [0, then + minute, then + minute, 'smoke', 'alarm'],
    [1, then + 2 * minute, then + 2 * minute, 'heat', 'fault'],
    [2, then + 3 * minute, then + 3 * minute, 'smoke', 'normal'],
    [2, then - 2 * day, then + 4 * minute, 'smoke', 'alarm', { flags: 1 }],
    [3, 0, then + 5 * minute, 'gas', 'alarm', { flags: 8 }],
    [3, Date.UTC(2093, 1), then + 6 * minute, 'gas', 'normal', { flags: 2 }],
    [5, then + 7 * minute, then + 7 * minute, 'co', 'normal'],
    [0, then + 8 * minute, then + 8 * minute, 'smoke', 'alarm', { run: 'R1' }],
    [0, then + minute, then + 9 * minute, 'smoke', 'normal', { flags: 1 }],
  ];
  await storeEvents(
    web.pool,
    `select device, to_timestamp(at / 1000), no, no, to_timestamp(received_at / 1000), kind, state,
            coalesce(flags, 0)::smallint, coalesce(run, ''), 1.5::float8, '{"a":1}'::jsonb
     from json_to_recordset($1) as e (device int, at float8, no int, received_at float8, kind text, state text,
                                      flags int, run text)`,
    [
      JSON.stringify(
        rows.map(([device, at, received_at, kind, state, of], i) => ({
          ...{ device, at, received_at, kind, state, no: i + 1 },
          ...of,
        })),
      ),
    ],
  );
  await web.pool.query(
    `insert into fenghuo.input_batch (county, first_no, last_no, engine_at, epoch, events, commands)
     values ($1, 1, 20, to_timestamp($2::float8 / 1000), 1, 20, 0)`,
    [county, then + 10 * minute],
  );
}

async function insertAlarms(): Promise<void> {
  const alarm = (id: string, of: Partial<Parameters<typeof anAlarm>[0]>) =>
    anAlarm({ id, area: `${zeguo}203-02`, building: 'B1', device: 'S-1', raisedAt: then, ...of });
  const alarms = [
    alarm('A1', { severity: 'low', state: 'normal' }),
    alarm('A2', { raisedAt: then + minute, device: 'H-1', kind: 'heat', rule: 'heat' }),
    alarm('A3', { raisedAt: then + minute, area: `${songmen}207-01`, device: 'S-2', building: 'B2' }),
    alarm('A4', { raisedAt: then + 2 * minute, run: 'R1' }),
  ];
  for (const doc of alarms)
    await web.pool.query('insert into fenghuo.alarm (id, county, doc) values ($1, $2, $3)', [
      doc.id,
      county,
      doc,
    ]);
  await web.pool.query(
    `insert into fenghuo.alarm_transition
       (county, no, alarm, version, at, run, device, rule, kind, area, building, severity, from_state, to_state, why, actor)
     select $1, row_number() over (order by raised_at, id, v), id, v, raised_at + v * interval '1 s', run, device, rule,
            kind, area, building, severity, case v when 2 then 'unacknowledged' end,
            case v when 1 then 'unacknowledged' else 'acknowledged' end,
            case v when 1 then 'raise' else 'acknowledge' end, case v when 1 then 'engine' else 'wang' end
     from fenghuo.alarm, generate_series(1, 2) as v`,
    [county],
  );
}

const get = (path: string, as: string) => web.call('GET', `/api/v1/history/${path}`, { as });
async function events(query: string, as = dispatcher) {
  return eventHistoryPage.parse(await (await get(`events?${query}`, as)).json());
}
const numbers = async (query: string, as?: string) => (await events(query, as)).events.map(({ no }) => no);
async function alarms(query: string, as = dispatcher) {
  const page = alarmHistoryPage.parse(await (await get(`alarms?${query}`, as)).json());
  return page.alarms.map(({ id }) => id);
}
async function transitions(query: string, as = dispatcher) {
  const page = transitionHistoryPage.parse(await (await get(`transitions?${query}`, as)).json());
  return page.transitions.map(({ alarm, version }) => `${alarm}.${version}`);
}

test('events by when they happened; those without a time of their own, or with an odd one, by their receipt', async () => {
  expect(await numbers('')).toEqual([8, 7, 6, 4, 3, 10, 2, 1, 5]);
  const { events: all, next } = await events('');
  expect(next).toBe(null);
  expect(all.find(({ no }) => no === 6)).toEqual({
    ...{ no: 6, device: 'G-2', area: `${songmen}207-01`, building: 'B2', time: then + 5 * minute },
    ...{
      deviceTime: null,
      receivedAt: then + 5 * minute,
      kind: 'gas',
      state: 'alarm',
      value: 1.5,
      unit: null,
    },
    ...{ attrs: { a: 1 }, run: null, late: false, skewed: false, retained: false },
  });
  expect(all.find(({ no }) => no === 7)).toMatchObject({ skewed: true, deviceTime: Date.UTC(2093, 1) });
});

test.each([
  ['device=S-1', [10, 2, 1]],
  ['building=B1', [3, 10, 2, 1]],
  ['building=B1&device=S-2', []],
  [`area=${songmen}`, [7, 6, 4, 5]],
  [`area=${zeguo}203-02`, [3, 10, 2, 1]],
  ['kind=smoke', [4, 10, 2, 1, 5]],
  ['kind=heat&state=fault', [3]],
  ['state=alarm', [6, 2, 5]],
  ['state=alarm&kind=gas', [6]],
  [`state=alarm&area=${songmen}`, [6, 5]],
  ['run=R1', [9]],
  ['run=R2', []],
  [`from=${then + minute}&to=${then + 3 * minute}`, [3, 10, 2]],
  [`to=${then}`, [5]],
  [`from=${then + 7 * minute}`, [8]],
  ['device=NOBODY', []],
])('events: %s', async (query, expected) => {
  expect(await numbers(query)).toEqual(expected);
});

test.each(['', 'state=alarm', 'device=S-1', 'building=B1'])(
  'events, a page of one after the other: all of them, once: %s',
  async (query) => {
    const all = await numbers(query);
    const paged: number[] = [];
    let before = '';
    for (;;) {
      const page = await events(`${query}&limit=1${before}`);
      paged.push(...page.events.map(({ no }) => no));
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(paged).toEqual(all);
  },
);

test('a township and a village have their own, whatever area they ask for; the county what lies nowhere', async () => {
  expect(await numbers('', township)).toEqual([3, 10, 2, 1]);
  expect(await numbers(`area=${songmen}`, township)).toEqual([]);
  expect(await numbers(`area=${county}`, township)).toEqual([3, 10, 2, 1]);
  expect(await numbers('device=S-2', township)).toEqual([]);
  expect(await numbers(`area=${zeguo}`, village)).toEqual([3, 10, 2, 1]);
  expect(await alarms('', township)).toEqual(['A2', 'A1']);
  expect(await alarms(`area=${songmen}`, village)).toEqual([]);
  expect(await transitions('', township)).toEqual(['A2.2', 'A2.1', 'A1.2', 'A1.1']);
});

test.each([
  ['', ['A3', 'A2', 'A1']],
  ['run=R1', ['A4']],
  ['severity=low', ['A1']],
  ['state=unacknowledged', ['A3', 'A2']],
  ['kind=heat', ['A2']],
  ['device=S-2', ['A3']],
  ['building=B1', ['A2', 'A1']],
  [`area=${songmen}207`, ['A3']],
  [`from=${then + minute}`, ['A3', 'A2']],
  [`to=${then + minute}`, ['A1']],
  [`before=${then + minute}:A3`, ['A2', 'A1']],
  [`before=${then + minute}:A2&limit=1`, ['A1']],
])('alarms: %s', async (query, expected) => {
  expect(await alarms(query)).toEqual(expected);
});

test.each([
  ['', ['A3.2', 'A2.2', 'A3.1', 'A2.1', 'A1.2', 'A1.1']],
  ['alarm=A2', ['A2.2', 'A2.1']],
  ['state=acknowledged', ['A3.2', 'A2.2', 'A1.2']],
  ['severity=low', ['A1.2', 'A1.1']],
  ['device=S-2&limit=1', ['A3.2']],
  [`before=${then + minute + 2000}:2:A2`, ['A3.1', 'A2.1', 'A1.2', 'A1.1']],
  [`from=${then + minute}&to=${then + minute + 2000}`, ['A3.1', 'A2.1']],
  ['run=R1', ['A4.2', 'A4.1']],
])('transitions: %s', async (query, expected) => {
  expect(await transitions(query)).toEqual(expected);
});

test('counts: by hour, by day of the county, as a whole; drills by themselves; a township its own', async () => {
  const counts = async (query: string, as = dispatcher) =>
    rollupTable.parse(await (await get(`rollups?${query}`, as)).json()).rows;
  const range = `from=${then - 4 * day}&to=${then + day}`;
  expect(await counts(`of=events&step=whole&${range}`)).toEqual([{ at: null, count: 9 }]);
  expect(await counts(`of=events&step=whole&run=R1&${range}`)).toEqual([{ at: null, count: 1 }]);
  expect(await counts(`of=events&${range}`)).toEqual([
    { at: then - 2 * day, count: 1 },
    { at: then, count: 8 },
  ]);
  expect(await counts(`of=events&step=whole&by=area,kind,state&${range}`, township)).toEqual([
    { at: null, area: zeguo, kind: 'heat', state: 'fault', count: 1 },
    { at: null, area: zeguo, kind: 'smoke', state: 'alarm', count: 1 },
    { at: null, area: zeguo, kind: 'smoke', state: 'normal', count: 2 },
  ]);
  const days = await counts(`of=events&step=day&${range}`);
  expect(days.map(({ count }) => count)).toEqual([1, 8]);
  expect((days[0]!.at! + 8 * 3_600_000) % day).toBe(0);
  expect(await counts(`of=alarms&step=whole&by=rule,severity&${range}`)).toEqual([
    { at: null, rule: 'heat', severity: 'high', count: 1 },
    { at: null, rule: 'smoke', severity: 'high', count: 1 },
    { at: null, rule: 'smoke', severity: 'low', count: 1 },
  ]);
  expect(await counts(`of=alarms&step=whole&${range}`, village)).toEqual([]);
});

test.each([
  ['events?severity=high', /Unrecognized key.*severity/],
  ['events?kind=fire', /at kind/],
  ['events?area=33108110', null],
  ['events?area=zeguo', /at area: the code of an area/],
  ['events?limit=501', /at limit/],
  ['events?from=yesterday', /at from: milliseconds since 1970/],
  ['events?before=7', /at before: the `next` of a page/],
  ['events?before=7:x', /at before/],
  ['alarms?state=burning', /at state/],
  ['transitions?before=7:x:A1', /at before/],
  ['transitions?run=a%20b', /at run: the id of a drill/],
  ['rollups?of=events&from=1', /at to: milliseconds since 1970/],
  ['rollups?of=events&from=1&to=2&by=rule', /at by: area, kind and state of events/],
])('%s: 400, and why', async (path, sentence) => {
  const answer = await get(path, dispatcher);
  expect(answer.status).toBe(sentence === null ? 200 : 400);
  if (sentence !== null)
    expect(await answer.json()).toMatchObject({ message: expect.stringMatching(sentence) });
});
