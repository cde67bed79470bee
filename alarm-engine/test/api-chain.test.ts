import { chainPage, proposals, rosterPage } from '@fenghuo/contracts/chain.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anIncident, aTicket } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

const grid = `${zeguo}203-02`;
let web: TestWeb;
let [commander, dispatcher, wall, outsider] = ['', '', '', ''];
beforeAll(async () => {
  web = await startTestWeb();
  await web.pool.query(`
    insert into fenghuo.person (id, unit, name, post, phone, on_duty, duty_post) values
      ('P4', 'U-county', '赵敏', '调度席 1', '13900000014', true, 'follow-up');
    update fenghuo.person set duty_post = 'commander' where id = 'P1';
    insert into fenghuo.duty (person, county, on_duty, post, until, changed_by, changed_at)
      values ('P2', '331081', true, 'assessment', to_timestamp(1800000000), 'chen', to_timestamp(1700000000));
    insert into fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities) values
      ('U-micro', '331081', 'team', '331081100203', 'U-village', '牧屿微型消防站', 'Muyu micro station', 121.371, 28.49, '{fire}'),
      ('U-police', '331081', 'team', '331081100', 'U-zeguo', '泽国派出所', 'Zeguo police', 121.36, 28.47, '{police}')`);
  await web.writer.write(
    { topic: 'incident', doc: anIncident({ id: 'I-1', area: grid, ticket: 'T-1', lon: 121.37, lat: 28.49 }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-1', area: grid, incident: 'I-1' }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-2', area: grid, holder: 'U-team', severity: 'low' }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-drill', area: grid, holder: 'U-team', run: 'R1' }) },
  );
  commander = await enter(web, 'commander');
  dispatcher = await enter(web, 'dispatcher', zeguo, 'd-zeguo');
  wall = await enter(web, 'wall', zeguo, 'w-zeguo');
  outsider = await enter(web, 'dispatcher', songmen, 'd-songmen');
});
afterAll(() => web.stop());

const read = async (path: string, as: string) => (await web.call('GET', `/api/v1${path}`, { as })).json();

test('the chain: who is on duty, the commander first, as it was last changed', async () => {
  const { units } = chainPage.parse(await read('/chain', commander));
  const county = units.find(({ id }) => id === 'U-county');
  expect(county).toMatchObject({ level: 'county', staff: 3, area: '331081' });
  expect(county?.onDuty.map(({ name, post, until }) => [name, post, until])).toEqual([
    ['陈建国', 'commander', null],
    ['林海', 'assessment', 1_800_000_000_000],
    ['赵敏', 'follow-up', null],
  ]);
  expect(units.find(({ id }) => id === 'U-team')).toMatchObject({
    capabilities: ['fire', 'rescue'],
    staff: 1,
  });
  expect(units.find(({ id }) => id === 'U-zeguo')).toMatchObject({ onDuty: [], staff: 0 });
});

test('a township sees itself and what is above; a wall no whole name; pages and levels', async () => {
  const { units } = chainPage.parse(await read('/chain', outsider));
  expect(units.map(({ id }) => id)).toEqual(['U-county', 'U-songmen']);
  const masked = chainPage.parse(await read('/chain?level=county', wall)).units[0];
  expect(masked?.onDuty[0]).toMatchObject({ name: '陈某', phone: '139****0001' });
  const first = chainPage.parse(await read('/chain?limit=2', commander));
  expect([first.units.length, first.next]).toEqual([2, first.units[1]?.id]);
  const rest = chainPage.parse(await read(`/chain?after=${first.next}`, commander));
  expect(rest.units.map(({ id }) => id)).not.toContain(first.next);
});

test('the roster: people of the area by id, who changed their duty, and masked for a wall', async () => {
  const { people } = rosterPage.parse(await read('/roster', commander));
  expect(people.map(({ id }) => id)).toEqual(['P1', 'P2', 'P3', 'P4']);
  expect(people[1]).toMatchObject({
    ...{ title: '信息研判', post: 'assessment', onDuty: true, until: 1_800_000_000_000 },
    ...{ changedBy: 'chen', changedAt: 1_700_000_000_000, unit: 'U-county' },
  });
  const ofTeam = rosterPage.parse(await read('/roster?unit=U-team&onDuty=true', wall)).people;
  expect(ofTeam).toMatchObject([{ id: 'P3', name: '张某', phone: '139****0003' }]);
  expect(rosterPage.parse(await read('/roster?onDuty=false', commander)).people).toEqual([]);
  expect(rosterPage.parse(await read('/roster', outsider)).people).toEqual([]);
  const first = rosterPage.parse(await read('/roster?limit=3', commander));
  expect(rosterPage.parse(await read(`/roster?after=${first.next}`, commander)).people).toMatchObject([
    { id: 'P4' },
  ]);
});

test('proposals: the micro station has nobody on duty, the brigade is next, with a live ticket and none of a drill', async () => {
  const { ranked, ruledOut } = proposals.parse(await read('/tickets/T-1/proposals', dispatcher));
  expect(ranked).toMatchObject([{ unit: 'U-team', onDuty: 1, open: 1, covers: true }]);
  expect(ranked[0]?.metres).toBeGreaterThan(2000);
  expect(ruledOut.map(({ unit, why }) => [unit, why])).toEqual([
    ['U-micro', 'nobody-on-duty'],
    ['U-police', 'not-capable'],
  ]);
  await web.pool.query(`insert into fenghuo.person (id, unit, name, post, phone, on_duty)
                        values ('P9', 'U-micro', '王五', '队长', '13900000019', true)`);
  const again = proposals.parse(await read('/tickets/T-1/proposals', dispatcher));
  expect(again.ranked.map(({ unit }) => unit)).toEqual(['U-micro', 'U-team']);
  expect((await web.call('GET', '/api/v1/tickets/T-1/proposals', { as: outsider })).status).toBe(404);
});
