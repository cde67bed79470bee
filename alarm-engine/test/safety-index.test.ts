import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type SafetyIndex, safetyIndex } from '@fenghuo/contracts/safety-index.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anAlarm, anIncident, anUpkeep, aTicket, insertUpkeep, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const muyu = `${zeguo}203-02`;
const ganao = `${songmen}207-01`;

let now: number;
let folder: string;
let file: string;
let web: TestWeb;
let dispatcher: string;
beforeEach(async () => {
  now = noon + 40 * day;
  folder = await mkdtemp(path.join(tmpdir(), 'fenghuo-index-'));
  file = path.join(folder, 'safety-index.yaml');
  web = await startTestWeb({ clock: () => now, safetyIndexFile: file });
  dispatcher = await enter(web, 'dispatcher');
});
afterEach(async () => {
  await web.stop();
  await rm(folder, { recursive: true });
});

async function read(query = '', as = dispatcher): Promise<SafetyIndex> {
  const response = await web.call('GET', `/api/v1/safety-index${query}`, { as });
  expect(response.status).toBe(200);
  return safetyIndex.parse(await response.json());
}

const closed = (id: string, at: number, of: object = {}) =>
  ({ topic: 'ticket', doc: aTicket({ id, area: muyu, closedAt: at, stage: 'closed', ...of }) }) as const;

/** Zeguo has trouble; Songmen has a drill, a silent concentrator and what is long over. */
async function makeTrouble(): Promise<void> {
  const late = {
    ...{ what: 'deadline', stage: 'accepted', dueAt: noon, limitMs: 60_000 },
    ...{ holder: 'U-team', holderName: { zh: '队', en: 'Team' }, told: [] },
  } as const;
  await web.writer.write(
    { topic: 'incident', doc: anIncident({ id: 'I-1', area: muyu }) },
    { topic: 'incident', doc: anIncident({ id: 'I-2', area: ganao, run: 'run-1' }) },
    { topic: 'incident', doc: anIncident({ id: 'I-3', area: ganao, closedAt: noon }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-open', area: muyu, overdue: true }) },
    closed('T-1', now - day),
    closed('T-2', now - 29 * day, { lateness: [late] }),
    closed('T-3', now - 2 * day, { stage: 'false-alarm' }),
    closed('T-old', now - 31 * day),
    closed('T-drill', now - day, { run: 'run-1' }),
    ...[1, 2, 3].map(
      (i) =>
        ({
          topic: 'alarm',
          doc: anAlarm({
            id: `A-${i}`,
            area: muyu,
            device: `D-${Math.min(i, 2)}`,
            raisedAt: now - i * day,
            closedAt: now,
          }),
        }) as const,
    ),
    { topic: 'alarm', doc: anAlarm({ id: 'A-old', area: muyu, raisedAt: now - 31 * day }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-test', area: muyu, raisedAt: now - day, test: true }) },
  );
  await insertUpkeep(
    web.pool,
    anUpkeep({ id: 'U-1', device: 'S-1', kind: 'silent', area: muyu, openedAt: now - day }),
    anUpkeep({ id: 'U-2', device: 'H-1', kind: 'fault', area: muyu, assigned: given(now - day) }),
    anUpkeep({ id: 'U-3', device: 'S-1', kind: 'fault', area: muyu, assigned: given(now + day) }),
    anUpkeep({ id: 'U-4', device: 'C-1', kind: 'silent', area: `${zeguo}203` }),
  );
}
const given = (dueAt: number) => ({
  ...{ unit: 'U-team', name: { zh: '队', en: 'Team' }, person: '', at: noon, by: 'li' },
  dueAt,
});

test('the facts of each area, out of what is live and of the period; a village’s count in its township and county', async () => {
  await makeTrouble();
  const { areas, at, parts, faults } = await read();
  expect([at, parts.length, faults]).toEqual([now, 7, []]);
  expect(areas.map(({ area }) => area)).toEqual(['331081', zeguo, songmen, `${zeguo}203`, `${songmen}207`]);
  const trouble = {
    ...{ silent: 1, open_high: 1, open_medium: 0, open_low: 0, tickets_open: 1, tickets_overdue: 1 },
    ...{ tickets_closed: 3, tickets_on_time: 2, false_alarms: 1, upkeep_open: 4, upkeep_assigned: 2 },
    ...{ upkeep_overdue: 1, alarms: 3, alarms_repeated: 1 },
  };
  expect(areas[0]!.facts).toEqual({ ...trouble, detectors: 4, buildings: 2 });
  for (const place of [1, 3]) expect(areas[place]!.facts).toEqual({ ...trouble, detectors: 2, buildings: 1 });
  expect(areas[2]).toMatchObject({ value: 100, facts: { detectors: 2, silent: 0, tickets_closed: 0 } });
  expect(areas[1]!.value).toBeLessThan(50);
  const missing = areas[2]!.parts.filter((part) => part.missing !== null);
  expect(missing.map(({ id }) => id)).toEqual(['overdue', 'on-time', 'upkeep', 'false-alarms', 'repeats']);
});

test('the values alone are those of the areas', async () => {
  await makeTrouble();
  const { at, areas } = await read('?level=village');
  const response = await web.call('GET', '/api/v1/safety-index/values?level=village', { as: dispatcher });
  const values = Object.fromEntries(areas.map(({ area, value }) => [area, value]));
  expect(await response.json()).toEqual({ at, values });
  expect(Object.keys(values)).toHaveLength(2);
});

test('behind a silent concentrator, who was not heard since is silent, too', async () => {
  await web.pool.query(`update fenghuo.device set parent = 'NEW-1' where id in ('S-2', 'G-2')`);
  const seconds = Buffer.alloc(1024);
  seconds.writeUInt32BE((now - 3 * day) / 1000, 2 * 4);
  seconds.writeUInt32BE((now - minute) / 1000, 3 * 4);
  await web.pool.query(`insert into fenghuo.seen_page (no, seconds) values (0, $1)`, [seconds]);
  await insertUpkeep(
    web.pool,
    anUpkeep({ id: 'U-1', device: 'NEW-1', kind: 'silent', area: '331081', openedAt: now - day }),
  );
  const { areas } = await read(`?area=${songmen}&level=township`);
  expect(areas).toMatchObject([{ area: songmen, facts: { silent: 1, detectors: 2 } }]);
});

test('served from memory for a minute, then computed anew; a new device is counted', async () => {
  const before = await read();
  await makeTrouble();
  now += minute - 1;
  expect(await read()).toEqual(before);
  now += 1;
  const after = await read();
  expect([after.at, after.areas[0]!.facts.open_high]).toEqual([now, 1]);
  await web.pool.query(`update fenghuo.device set adopted = true, area = '${muyu}' where id = 'NEW-1'`);
  await web.pool.query(`select fenghuo.bump_directory('331081')`);
  now += minute;
  expect((await read()).areas[0]!.facts.detectors).toBe(5);
});

test('a township sees itself and its villages', async () => {
  const township = await enter(web, 'dispatcher', zeguo, 'zeguo');
  expect((await read('', township)).areas.map(({ area }) => area)).toEqual([zeguo, `${zeguo}203`]);
  expect((await read(`?area=${songmen}`, township)).areas).toEqual([]);
});

test('the county’s own file counts; a faulty one is told with its lines, and changes nothing', async () => {
  const own = `period: 7 d
parts:
  - id: online
    title: { zh: 在线, en: Online }
    weight: 1
    needs: detectors > 0
    without: { zh: 无, en: none }
    figure: 1 - silent / detectors
    show: percent
    worst: 0
    best: 1
`;
  await writeFile(file, own);
  expect(await read()).toMatchObject({ periodMs: 7 * day, parts: [{ id: 'online' }], faults: [] });
  await writeFile(file, own.replace('weight: 1', 'weight: 0.9'));
  now += minute;
  expect(await read()).toMatchObject({
    ...{ periodMs: 7 * day, parts: [{ weight: 1 }] },
    faults: [
      {
        ...{ line: 3, column: 3, path: 'parts' },
        message: { zh: '权重之和是 0.9，应为 1', en: 'have weights of 0.9 in all, not of 1' },
      },
    ],
  });
  await rm(file);
  now += minute;
  expect(await read()).toMatchObject({ periodMs: 30 * day, faults: [] });
});
