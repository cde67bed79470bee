import {
  alarmHistory,
  alarmPerformance,
  badActors,
  falseRates,
  ruleProposals,
} from '@fenghuo/contracts/alarm-performance.ts';
import type { AlarmState } from '@fenghuo/contracts/words.ts';
import { severities } from '@fenghuo/contracts/words.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { type AlarmTransition, isAnnunciation } from '../src/alarms/alarm-transition.ts';
import { seatsHearing } from '../src/chain/alarm-seats.ts';
import { insertTransitions } from '../src/store/sql/insert-transitions.ts';
import { listHeard } from '../src/store/sql/list-heard.ts';
import { loadRegistry } from '../src/store/sql/load-registry.ts';
import { aFlood, anAlarm, aTicket } from './records.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
/** The web's clock stands near it: the test takes seconds. */
let now: number;
beforeEach(async () => {
  web = await startTestWeb();
  now = Date.now();
});
afterEach(() => web.stop());

const minute = 60_000;
let made = 0;

type Step = [why: string, to: AlarmState, afterMs: number, no?: number];

/** The steps of one alarm, each so long after its beginning. */
function life(of: Partial<AlarmTransition>, ...steps: Step[]): AlarmTransition[] {
  made += 1;
  const at = of.at ?? now - minute;
  return steps.map(([why, to, afterMs, no], i) => ({
    ...{
      alarm: `A-${made}`,
      run: null,
      device: 'S-1',
      rule: 'water',
      kind: 'water',
      area: zeguo!,
      building: null,
    },
    ...{ event: null, severity: 'low', actor: why === 'acknowledge' ? 'dispatcher' : 'engine', ...of },
    ...{
      no: no ?? made * 100 + i,
      at: at + afterMs,
      version: i + 1,
      from: steps[i - 1]?.[1] ?? null,
      to,
      why,
    },
  }));
}

async function happened(...lives: AlarmTransition[][]): Promise<void> {
  const { text, values } = insertTransitions(county, lives.flat());
  await web.pool.query(text, [...values!]);
}

async function insert(table: 'alarm' | 'ticket' | 'flood', ...docs: { id: string }[]): Promise<void> {
  for (const doc of docs)
    await web.pool.query(`insert into fenghuo.${table} (id, county, doc) values ($1, $2, $3)`, [
      doc.id,
      county,
      doc,
    ]);
}

async function ask<T>(as: string, path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await web.call('GET', `/api/v1${path}`, { as });
  expect(response.status).toBe(200);
  return schema.parse(await response.json());
}

test('rooms hear: low ones the township alone, grave ones the county too; drills nobody; a room sees itself', async () => {
  await happened(
    ...Array.from({ length: 12 }, () => life({}, ['raise', 'unacknowledged', 0])),
    life({ severity: 'high' }, ['raise', 'unacknowledged', 0], ['acknowledge', 'acknowledged', 30_000]),
    life(
      { severity: 'medium', area: songmen! },
      ['raise', 'unacknowledged', 0],
      ['return', 'returned-unacknowledged', 4000],
    ),
    life({ severity: 'high', run: 'drill-1' }, ['raise', 'unacknowledged', 0]),
    life({ at: now - 3 * 24 * 3_600_000 }, ['raise', 'unacknowledged', 0]),
  );
  await insert(
    'alarm',
    anAlarm({ id: 'A-old', area: zeguo!, severity: 'low', raisedAt: now - 25 * 3_600_000 }),
    anAlarm({ id: 'A-new', area: zeguo!, raisedAt: now - minute, chattering: true }),
    anAlarm({ id: 'A-shelved', area: zeguo!, raisedAt: now - minute, state: 'shelved' }),
  );
  const figures = await ask(await enter(web, 'commander'), '/alarm-performance?days=1', alarmPerformance);
  expect(figures.seats).toMatchObject([
    { seat: 'U-county', rate: 2, standing: 1, stale: 0, chattering: 1, acknowledgedMedianS: 30, fleeting: 1 },
    {
      ...{
        seat: 'U-zeguo',
        rate: 13,
        peak: 13,
        standing: 2,
        stale: 1,
        chattering: 1,
        fleeting: 0,
        perDay: 13,
      },
      ...{ annunciations: { high: 1, medium: 0, low: 12 }, floodShare: 1 / 144, flood: null },
    },
    { seat: 'U-songmen', rate: 1, standing: 0, fleeting: 1, acknowledgedMedianS: null },
  ]);
  const room = await ask(await enter(web, 'dispatcher', songmen), '/alarm-performance', alarmPerformance);
  expect(room.seats.map(({ seat }) => seat)).toEqual(['U-songmen']);
});

test('an acknowledgement after the return counts from the call', async () => {
  await happened(
    life(
      {},
      ['raise', 'unacknowledged', 0],
      ['return', 'returned-unacknowledged', 20_000],
      ['acknowledge', 'normal', 50_000],
    ),
  );
  const { seats } = await ask(await enter(web, 'commander'), '/alarm-performance', alarmPerformance);
  expect(seats.find(({ seat }) => seat === 'U-zeguo')).toMatchObject({
    acknowledgedMedianS: 50,
    fleeting: 0,
  });
});

test('history counts as the engine does, whatever happened', async () => {
  const areas = [zeguo!, `${zeguo}203`, `${songmen}207-01`, county];
  const states: AlarmState[] = ['unacknowledged', 'acknowledged', 'returned-unacknowledged', 'shelved'];
  const draw = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
  const from = Math.floor(now / 3_600_000) * 3_600_000 - 5 * 3_600_000;
  const lives = Array.from({ length: 400 }, (_, n) =>
    life(
      {
        area: draw(areas, n * 7 + (n >> 3)),
        severity: draw(severities, n + (n >> 2)),
        at: from + ((n * 7919) % 14_000) * 1000,
      },
      ['raise', draw(states, n >> 1), 0],
      ['return', draw(states, n >> 2), 90_000],
    ),
  );
  await happened(...lives);
  const registry = (await loadRegistry(web.pool as never, county))!;
  const expected = new Map<string, number>();
  for (const step of lives.flat()) {
    if (!isAnnunciation(step.from, step.to)) continue;
    const at = from + Math.floor((step.at - from) / 600_000) * 600_000;
    for (const { id } of seatsHearing(registry.unitsOf, step)) {
      const key = `${id} ${at} ${step.severity}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
  }
  const path = `/alarm-performance/history?by=10min&from=${from}`;
  const { seats } = await ask(await enter(web, 'commander'), path, alarmHistory);
  const counted = seats.flatMap(({ seat, slots }) =>
    slots.flatMap(({ at, heard }) =>
      severities.flatMap((severity) =>
        heard[severity] === 0 ? [] : [[`${seat} ${at} ${severity}`, heard[severity]] as const],
      ),
    ),
  );
  expect(new Map(counted)).toEqual(expected);
  const pattern = { county, areaPattern: `${songmen}%`, from, to: now, slotMs: 600_000 };
  expect((await listHeard(web.pool, pattern)).map(({ seat }) => seat)).toEqual(['U-songmen']);
});

test('history names the floods of its time, each room its own', async () => {
  const hour = 3_600_000;
  const over = (id: string, openedAt: number, area: string) =>
    aFlood({ id, area, seat: id, openedAt, closedAt: openedAt + hour });
  await insert(
    'flood',
    over('before', now - 12 * hour, zeguo!),
    over('into it', now - 10.5 * hour, zeguo!),
    over('elsewhere', now - 5 * hour, songmen!),
    aFlood({ id: 'now', area: county, openedAt: now - minute }),
    aFlood({ id: 'drill', area: zeguo!, run: 'drill-1', openedAt: now - minute }),
  );
  const from = Math.floor((now - 10 * hour) / 600_000) * 600_000;
  const path = `/alarm-performance/history?by=10min&from=${from}`;
  const { floods } = await ask(await enter(web, 'commander'), path, alarmHistory);
  expect(floods.map(({ id }) => id)).toEqual(['now', 'elsewhere', 'into it']);
  const room = await ask(await enter(web, 'dispatcher', songmen), path, alarmHistory);
  expect(room.floods.map(({ id }) => id)).toEqual(['elsewhere']);
});

test('bad actors: by what they said, and by what was false of it; a case counts once', async () => {
  await happened(
    ...Array.from({ length: 6 }, () => life({ device: 'S-1' }, ['raise', 'unacknowledged', 0])),
    ...Array.from({ length: 2 }, () => life({ device: 'H-1', rule: 'heat' }, ['raise', 'unacknowledged', 0])),
  );
  for (let n = 0; n < 4; n += 1) {
    const incident = `I-${n}`;
    const closedAt = now - minute;
    await insert(
      'ticket',
      aTicket({ id: `T-${n}`, area: zeguo!, incident, closedAt, stage: n === 0 ? 'closed' : 'false-alarm' }),
    );
    await insert(
      'alarm',
      anAlarm({ id: `F-${n}`, area: zeguo!, incident, device: 'H-1', rule: 'heat', closedAt }),
      anAlarm({ id: `G-${n}`, area: zeguo!, incident, device: 'H-1', rule: 'heat', closedAt }),
    );
  }
  const commander = await enter(web, 'commander');
  const found = await ask(commander, '/bad-actors?limit=1', badActors);
  expect(found.devices).toMatchObject({
    byAnnunciations: [{ subject: 'S-1', annunciations: 6, share: 0.75, closed: { cases: 0, rate: null } }],
    byFalseAlarms: [
      { subject: 'H-1', rules: ['heat'], annunciations: 2, closed: { cases: 4, falseAlarms: 3 } },
    ],
  });
  expect(found.rules.byAnnunciations.map(({ subject }) => subject)).toEqual(['water']);
  const rates = await ask(commander, '/false-rates', falseRates);
  expect(rates.rules).toMatchObject([{ rule: 'heat', closed: { cases: 4, falseAlarms: 3, rate: 0.75 } }]);
  expect(rates.devices).toMatchObject([{ device: 'H-1', rule: 'heat', closed: { falseAlarms: 3 } }]);
  const elsewhere = await ask(await enter(web, 'dispatcher', songmen), '/bad-actors', badActors);
  expect([elsewhere.devices.byAnnunciations, elsewhere.devices.byFalseAlarms]).toEqual([[], []]);
});

test('proposals: a rule of fleeting alarms waits, a restless device is looked after, a momentary rule is let be', async () => {
  const at = (n: number) => now - 3_600_000 + n * 100_000;
  const fleeting = (n: number) =>
    life(
      { at: at(n), device: `W-${n}` },
      ['raise', 'unacknowledged', 0],
      ['return', 'returned-unacknowledged', 1000 + n * 300],
    );
  const momentary = (n: number) =>
    life(
      { at: at(n), device: `C-${n}`, rule: 'camera-crowd', kind: 'camera.crowd' },
      ['raise', 'unacknowledged', 0, 5_000 + n],
      ['return', 'returned-unacknowledged', 0, 5_000 + n],
    );
  const restless = life(
    { at: at(0), rule: 'pressure', kind: 'pressure', device: 'P-1' },
    ...Array.from(
      { length: 10 },
      (_, n): Step => [
        n % 2 === 0 ? 'raise' : 'return',
        n % 2 === 0 ? 'unacknowledged' : 'returned-unacknowledged',
        n * 11_000,
      ],
    ),
  );
  const twenty = Array.from({ length: 20 }, (_, n) => n);
  await happened(...twenty.map(fleeting), ...twenty.map(momentary), restless);
  const { proposals } = await ask(await enter(web, 'commander'), '/rule-proposals', ruleProposals);
  expect(proposals).toMatchObject([
    { change: 'on-delay', rule: 'water', raises: 20, fleeting: 20, delayMs: 7_000 },
    { change: 'maintenance', rule: 'pressure', device: 'P-1', bursts: 3 },
  ]);
});
