import type { UpkeepRecord } from '@fenghuo/contracts/records.ts';
import { upkeepBuildings, upkeepFigures, upkeepPage, upkeepRoutes } from '@fenghuo/contracts/upkeep.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shippedRulebook } from '../src/shipped-rulebook.ts';
import { shippedWorkflow } from '../src/shipped-workflows.ts';
import { connectClient } from '../src/store/pool.ts';
import { loadEngineState } from '../src/store/sql/load-engine-state.ts';
import { loadRegistry } from '../src/store/sql/load-registry.ts';
import { anUpkeep, insertUpkeep, noon } from './records.ts';
import { county, songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const day = 24 * 3_600_000;
const now = noon + 40 * day;
const muyu = `${zeguo}203-02`;

let web: TestWeb;
let dispatcher: string;
let township: string;
let viewer: string;
beforeAll(async () => {
  web = await startTestWeb({ clock: () => now });
  dispatcher = await enter(web, 'dispatcher');
  township = await enter(web, 'dispatcher', zeguo, 'zeguo');
  viewer = await enter(web, 'viewer');
  await insertUpkeep(web.pool, ...queue());
});
afterAll(() => web.stop());

const given = (at: number, dueAt: number): UpkeepRecord['assigned'] => ({
  ...{ unit: 'U-team', name: { zh: '泽国专职队', en: 'Zeguo team' }, person: '王建国', by: 'li', at, dueAt },
});

function queue(): UpkeepRecord[] {
  const b1 = { area: muyu, building: 'B1' };
  const b2 = { area: `${songmen}207-01`, building: 'B2' };
  const done = (at: number, of: Partial<UpkeepRecord>) => ({ ...b1, closedAt: at, version: 3, ...of });
  return [
    anUpkeep({ ...b1, id: 'U-a', device: 'S-1', kind: 'silent', cause: 'own', openedAt: now - 40 * day }),
    anUpkeep({ ...b1, id: 'U-b', device: 'H-1', openedAt: now - 3 * day, assigned: given(noon, now - day) }),
    anUpkeep({ ...b1, id: 'U-c', device: 'H-1', kind: 'battery', openedAt: now - 1000 }),
    anUpkeep({ ...b2, id: 'U-d', device: 'S-2', kind: 'silent', cause: 'own', openedAt: now - 2 * day }),
    anUpkeep({ id: 'U-e', device: 'C-1', area: `${zeguo}203`, openedAt: now - day }),
    anUpkeep({ ...b1, id: 'U-drill', device: 'S-1', run: 'run-1' }),
    anUpkeep({
      ...{
        id: 'U-f',
        device: 'S-1',
        openedAt: now - 10 * day,
        assigned: given(now - 9 * day, now - 5 * day),
      },
      ...done(now - 7 * day, { resolved: { at: now - 7 * day, by: 'li', note: '致电 13812342207，已更换' } }),
    }),
    anUpkeep({
      ...{
        id: 'U-g',
        device: 'S-1',
        openedAt: now - 10 * day,
        assigned: given(now - 10 * day, now - 8 * day),
      },
      ...done(now - 6 * day, {
        returns: [{ what: 'order', at: now - 9 * day, by: 'li', unit: 'U-zeguo', reason: '不归我们' }],
      }),
    }),
  ];
}

async function get(path: string, as = dispatcher) {
  const response = await web.call('GET', `/api/v1${path}`, { as });
  expect([path, response.status]).toEqual([path, 200]);
  return response.json();
}
const ids = async (query: string, as?: string) =>
  upkeepPage.parse(await get(`/upkeep?${query}`, as)).orders.map(({ id }) => id);

test('the list: oldest first, without drills; by area, kind, age, assignee, building and what is overdue', async () => {
  expect(await ids('')).toEqual(['U-a', 'U-b', 'U-d', 'U-e', 'U-c']);
  expect(await ids('', township)).toEqual(['U-a', 'U-b', 'U-e', 'U-c']);
  expect(await ids(`area=${songmen}`)).toEqual(['U-d']);
  expect(await ids(`area=${songmen}`, township)).toEqual([]);
  expect(await ids('kind=silent')).toEqual(['U-a', 'U-d']);
  expect(await ids('olderThanHours=72')).toEqual(['U-a']);
  expect(await ids('assignee=nobody&building=B1')).toEqual(['U-a', 'U-c']);
  expect(await ids('assignee=U-team')).toEqual(['U-b']);
  expect(await ids('overdue=true')).toEqual(['U-b']);
  expect(await ids('overdue=false')).toEqual(['U-a', 'U-d', 'U-e', 'U-c']);
  expect(await ids('state=closed')).toEqual(['U-g', 'U-f']);
});

test.each(['open', 'closed'])(
  '%s orders in pages of one: each once, in the order of the whole',
  async (state) => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = upkeepPage.parse(await get(`/upkeep?state=${state}&limit=1${after}`));
      seen.push(...page.orders.map(({ id }) => id));
      if (page.next === null) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(seen).toEqual(await ids(`state=${state}`));
  },
);

test('an order says where its device hangs; a citizen’s number and who was sent are masked for a viewer', async () => {
  const [silent, fault] = upkeepPage.parse(await get('/upkeep?building=B1')).orders;
  expect(silent).toMatchObject({ deviceType: 'smoke', floor: 5, room: '501', overdue: false });
  expect(fault).toMatchObject({ buildingName: { zh: '牧屿社区 12 号楼' }, overdue: true, lon: 121.3701 });
  expect(fault?.assigned?.person).toBe('王建国');
  const seen = upkeepPage.parse(await get('/upkeep?state=closed', viewer)).orders[1]!;
  expect(seen.resolved?.note).toBe('致电 138****2207，已更换');
  expect(seen.assigned?.person).toBe('王某');
});

test('by building: those with the most first, out of doors by area, each with what a command needs', async () => {
  const { buildings, next } = upkeepBuildings.parse(await get('/upkeep/buildings'));
  expect(buildings).toMatchObject([
    {
      ...{ building: 'B1', name: { zh: '牧屿社区 12 号楼' }, count: 3, assigned: 1, overdue: 1 },
      ...{ kinds: { silent: 1, fault: 1, battery: 1 }, oldestAt: now - 40 * day },
      orders: [{ id: 'U-a', version: 1 }, { id: 'U-b' }, { id: 'U-c' }],
    },
    { building: null, name: null, area: `${zeguo}203`, count: 1 },
    { building: 'B2', count: 1, kinds: { silent: 1 } },
  ]);
  expect(next).toBeNull();
  const first = upkeepBuildings.parse(await get('/upkeep/buildings?limit=2'));
  const rest = upkeepBuildings.parse(
    await get(`/upkeep/buildings?limit=2&after=${encodeURIComponent(first.next!)}`),
  );
  expect([...first.buildings, ...rest.buildings]).toEqual(buildings);
});

test('by route: what nobody has, a township at a time, as days of driving', async () => {
  const { townships } = upkeepRoutes.parse(await get('/upkeep/routes'));
  expect(townships.map(({ area }) => area)).toEqual([zeguo, songmen]);
  expect(townships[0]).toMatchObject({
    ...{ name: { zh: '泽国镇' }, start: { lon: 121.36, lat: 28.48 } },
    leftOut: { beyondBound: 0, unlocated: 0 },
    routes: [
      {
        orders: 3,
        stops: [
          { building: null, orders: [{ id: 'U-e', device: 'C-1' }] },
          { building: 'B1', orders: [{ id: 'U-a', floor: 5, room: '501' }, { id: 'U-c' }] },
        ],
      },
    ],
  });
  expect(townships[0]!.routes[0]!.stops[0]!.metres).toBeGreaterThan(1000);
  const own = upkeepRoutes.parse(await get('/upkeep/routes?assignee=U-team'));
  expect(own.townships.flatMap(({ routes }) => routes.map(({ orders }) => orders))).toEqual([1]);
});

test('figures: open by kind and age, opened and closed by the county’s days, and what each unit made of it', async () => {
  const figures = upkeepFigures.parse(await get('/upkeep/figures'));
  expect(figures.open).toMatchObject({ count: 5, assigned: 1, overdue: 1, overdueShare: 1 });
  expect(figures.open.byKindAndAge).toEqual({
    silent: { day: 0, week: 1, month: 0, older: 1 },
    fault: { day: 0, week: 2, month: 0, older: 0 },
    battery: { day: 1, week: 0, month: 0, older: 0 },
  });
  expect(figures.days).toContainEqual({ day: '2026-03-31', opened: 2, closed: 0, resolved: 0 });
  expect(figures.days).toContainEqual({ day: '2026-04-03', opened: 0, closed: 1, resolved: 1 });
  expect(figures.days).toContainEqual({ day: '2026-04-04', opened: 0, closed: 1, resolved: 0 });
  expect(figures.units).toEqual([
    {
      ...{ unit: 'U-team', name: { zh: '泽国专职队', en: 'Zeguo team' }, open: 1, overdue: 1, closed: 2 },
      ...{ medianS: (3 * day) / 1000, onTimeShare: 0.5, returned: 0 },
    },
    {
      ...{ unit: 'U-zeguo', name: { zh: '泽国镇指挥室', en: 'Zeguo room' }, open: 0, overdue: 0, closed: 0 },
      ...{ medianS: null, onTimeShare: null, returned: 1 },
    },
  ]);
  const other = upkeepFigures.parse(await get(`/upkeep/figures?area=${songmen}`));
  expect(other).toMatchObject({ open: { count: 1, overdueShare: null }, units: [] });
});

test('a writer that starts knows what is open by its id, and the work of the last week that may still be refused', async () => {
  await web.pool.query(
    `insert into fenghuo.input_batch (county, last_no, first_no, engine_at, epoch, events, commands)
     values ('331081', 1, 1, to_timestamp($1::float8 / 1000), 1, 0, 0)`,
    [now - 2 * day],
  );
  const client = await connectClient({ url: web.ownerUrl, name: 'writer' });
  try {
    const registry = (await loadRegistry(client, county))!;
    const load = async () =>
      loadEngineState(client, {
        ...{ registry, rulebook: shippedRulebook(), workflows: [shippedWorkflow().workflow] },
      });
    const state = await load();
    expect([...state.resolvedUpkeep.keys()]).toEqual(['U-f']);
    expect(state.upkeep.get(state.upkeepKeys.get('U-c')!)).toMatchObject({ kind: 'battery' });
    await client.query(`update fenghuo.input_batch set engine_at = engine_at + interval '3 days'`);
    expect([...(await load()).resolvedUpkeep.keys()]).toEqual([]);
  } finally {
    await client.end();
  }
});
