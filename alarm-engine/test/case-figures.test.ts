import { createHash } from 'node:crypto';
import { type CaseFigures, caseFigures } from '@fenghuo/contracts/case-figures.ts';
import type { Lateness, TicketMove, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { TicketStage } from '@fenghuo/contracts/words.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anIncident, aTicket, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const second = 1000;
const day = 24 * 3600 * second;
const now = noon + 30 * day;
const muyu = `${zeguo}203-02`;

let web: TestWeb;
let dispatcher: string;
beforeAll(async () => {
  web = await startTestWeb({ clock: () => now });
  dispatcher = await enter(web, 'dispatcher');
  const merged = anIncident({ id: 'I-merged', area: `${songmen}207-01`, mergedInto: 'I-1', closedAt: now });
  await web.writer.write({ topic: 'incident', doc: merged });
  await web.writer.write(...cases().map((doc) => ({ topic: 'ticket', doc }) as const));
});
afterAll(() => web.stop());

async function read(query: string, as = dispatcher): Promise<CaseFigures['rows']> {
  const response = await web.call('GET', `/api/v1/case-figures?${query}`, { as });
  expect([query, response.status]).toEqual([query, 200]);
  return caseFigures.parse(await response.json()).rows;
}

/** Stages that a ticket of the opening came to, so many seconds after it, and who held it there. */
const moves = (openedAt: number, ...steps: [stage: TicketStage, after: number, holder: string][]) =>
  steps.map(
    ([stage, after, holder]): TicketMove => ({
      ...{ at: openedAt + after * second, from: null, to: stage, stage, by: 'li', reason: null },
      holder,
    }),
  );

function cases(): TicketRecord[] {
  const at = now - 2 * day;
  const received = ['received', 0, 'U-zeguo'] as const;
  const township = { level: 'township', unit: 'U-zeguo', name: { zh: '泽国', en: 'Zeguo' }, at } as const;
  const late: Lateness = {
    ...{ what: 'deadline', stage: 'accepted', dueAt: at, limitMs: 60_000 },
    ...{ holder: 'U-team', holderName: { zh: '队', en: 'Team' }, told: [township] },
  };
  const party = {
    unit: 'U-county',
    level: 'county',
    name: { zh: '市', en: 'County' },
    role: 'lead',
  } as const;
  const visit = { at: now, by: 'li', satisfied: true, note: '' };
  const ended = { area: muyu, openedAt: at, closedAt: at + day, stage: 'closed' } as const;
  const byTeam = moves(at, [...received], ['dispatched', 20, 'U-team'], ['accepted', 40, 'U-team']);
  const onScene = moves(
    at,
    ['on-scene', 100, 'U-team'],
    ['review', 500, 'U-zeguo'],
    ['closed', 900, 'U-county'],
  );
  return [
    aTicket({ ...ended, id: 'T-team', moves: [...byTeam, ...onScene], visits: [visit] }),
    aTicket({ ...ended, id: 'T-late', moves: byTeam, lateness: [late] }),
    aTicket({
      ...{
        ...ended,
        id: 'T-called',
        moves: byTeam,
        visits: [visit, { ...visit, satisfied: false }],
        reopened: 1,
      },
      parties: [{ ...party, state: 'done', since: at, by: 'li' }],
    }),
    aTicket({
      ...{ ...ended, id: 'T-declined', moves: byTeam },
      parties: [{ ...party, state: 'released', since: at, by: 'li' }],
    }),
    aTicket({ ...ended, id: 'T-village', moves: moves(at, [...received], ['accepted', 90, 'U-village']) }),
    aTicket({
      ...ended,
      id: 'T-false',
      stage: 'false-alarm',
      moves: moves(at, [...received], ['false-alarm', 30, 'U-zeguo']),
    }),
    aTicket({ id: 'T-open', area: muyu, openedAt: at, moves: moves(at, [...received]) }),
    aTicket({ ...ended, id: 'T-before', openedAt: now - 31 * day }),
    aTicket({ ...ended, id: 'T-drill', run: 'run-1' }),
    aTicket({
      ...ended,
      id: 'T-songmen',
      area: `${songmen}207-01`,
      moves: moves(at, ['accepted', 60, 'U-songmen']),
      visits: [visit],
    }),
    aTicket({ ...ended, id: 'T-merged', area: `${songmen}207-01`, incident: 'I-merged' }),
  ];
}

const ofZeguo = {
  ...{ opened: 7, closed: 6, falseAlarms: 1, reopened: 1, closingRate: 6 / 7, onTimeRate: 5 / 6 },
  resolved: { local: 3, township: 1, county: 1 },
  resolvedShares: { local: 0.6, township: 0.2, county: 0.2 },
  ...{ acknowledgeMedianS: 20, acceptMedianS: 40, arriveMedianS: 100, followUpRate: 0.4, satisfiedRate: 0.5 },
};

test('by township: where cases were resolved, how many in time, how fast, and how many were visited: of what went into another case none is', async () => {
  expect(await read('')).toEqual([
    { id: zeguo, level: 'township', name: { zh: '泽国镇', en: 'Zeguo' }, ...ofZeguo },
    expect.objectContaining({
      ...{ id: songmen, opened: 2, resolved: { local: 1, township: 1, county: 0 }, acceptMedianS: 60 },
      ...{ arriveMedianS: null, followUpRate: 1, satisfiedRate: 1 },
    }),
  ]);
});

test('by county and village, and of another time', async () => {
  expect(await read('level=county')).toMatchObject([{ id: '331081', opened: 9, closed: 8 }]);
  expect(await read(`level=village&area=${zeguo}`)).toMatchObject([{ id: `${zeguo}203`, ...ofZeguo }]);
  expect(await read(`from=0&to=${now - 30 * day}`)).toMatchObject([{ id: zeguo, opened: 1, closed: 1 }]);
});

test('by unit: those that worked on a case; of one that nobody worked on, who judged it', async () => {
  expect(await read('by=unit')).toMatchObject([
    { id: 'U-team', level: 'team', opened: 4, closed: 4, onTimeRate: 0.75 },
    { id: 'U-zeguo', opened: 2, closed: 1, falseAlarms: 1, resolvedShares: null },
    { id: 'U-songmen', opened: 1 },
    { id: 'U-village', opened: 1, resolved: { local: 1, township: 0, county: 0 } },
  ]);
  expect(await read('by=unit&limit=1')).toHaveLength(1);
});

test('a township sees its own, and a village is not told its own cases as those of its township', async () => {
  const [township, village] = [
    await enter(web, 'dispatcher', zeguo, 'zeguo'),
    await enter(web, 'grid-worker', `${zeguo}203`, 'muyu'),
  ];
  expect((await read('', township)).map(({ id }) => id)).toEqual([zeguo]);
  expect(await read('level=county', township)).toEqual([]);
  expect((await read('', village)).map(({ id }) => id)).toEqual([`${zeguo}203`]);
  expect(await read('level=township', village)).toEqual([]);
});

test('a ticket that went through a hundred hands is kept all the same', async () => {
  const hands = Array.from(
    { length: 100 },
    (_, i) => ['accepted', i, createHash('sha256').update(`${i}`).digest('hex')] as const,
  );
  const openedAt = now - 200 * day;
  const doc = aTicket({
    id: 'T-passed-on',
    area: muyu,
    openedAt,
    moves: moves(openedAt, ...hands.map((h): [TicketStage, number, string] => [...h])),
  });
  await web.writer.write({ topic: 'ticket', doc });
  expect(await read(`from=0&to=${openedAt + 1}`)).toMatchObject([{ id: zeguo, opened: 1 }]);
});
