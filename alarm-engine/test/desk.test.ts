import { alarmLinePage, deskViews, mostDeskViews } from '@fenghuo/contracts/desk.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAlarm, noon } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { enter, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
let room: string;
let other: string;
beforeAll(async () => {
  web = await startTestWeb();
  room = await enter(web, 'dispatcher', zeguo, 'room');
  other = await enter(web, 'dispatcher', songmen, 'other');
});
afterAll(() => web.stop());

const put = (as: string, name: string, body: unknown) =>
  web.call('PUT', `/api/v1/desk-views/${name}`, { as, body });
const views = async (as: string) =>
  deskViews.parse(await (await web.call('GET', '/api/v1/desk-views', { as })).json());

test('seven open alarms are read in pages of three: each of the area once, no closed one, none of another area', async () => {
  for (const i of [1, 2, 3, 4, 5, 6, 7]) await insert(`A-${i}`, zeguo, null);
  await insert('A-closed', zeguo, noon);
  await insert('A-elsewhere', songmen, null);
  const pages: string[][] = [];
  let after = '';
  for (let more = true; more; ) {
    const response = await web.call('GET', `/api/v1/alarm-lines?limit=3${after}`, { as: room });
    const { lines, next } = alarmLinePage.parse(await response.json());
    pages.push(lines.map(({ id }) => id));
    more = next !== null;
    after = `&after=${next}`;
  }
  expect(pages).toEqual([['A-1', 'A-2', 'A-3'], ['A-4', 'A-5', 'A-6'], ['A-7']]);
});

test('a view is saved → saved again under its name → another account sees none → deleted', async () => {
  await put(room, encodeURIComponent('夜班 high'), { query: 'severity=high' });
  await put(room, encodeURIComponent('夜班 high'), { query: 'severity=high&state=late' });
  expect(await views(room)).toEqual({ views: [{ name: '夜班 high', query: 'severity=high&state=late' }] });
  expect(await views(other)).toEqual({ views: [] });
  await web.call('DELETE', `/api/v1/desk-views/${encodeURIComponent('夜班 high')}`, { as: room });
  expect(await views(room)).toEqual({ views: [] });
});

test('an account has so many views and no more; one that is there may still be changed', async () => {
  for (let i = 0; i < mostDeskViews; i += 1) await put(other, `v${i}`, { query: '' });
  expect((await put(other, 'one-more', { query: '' })).status).toBe(409);
  expect((await put(other, 'v3', { query: 'q=gas' })).status).toBe(200);
  expect((await views(other)).views).toHaveLength(mostDeskViews);
  expect((await put(other, 'x'.repeat(41), { query: '' })).status).toBe(400);
});

async function insert(id: string, area: string, closedAt: number | null): Promise<void> {
  await web.pool.query('insert into fenghuo.alarm (id, county, doc) values ($1, $2, $3)', [
    ...[id, '331081'],
    anAlarm({ id, area, closedAt }),
  ]);
}
