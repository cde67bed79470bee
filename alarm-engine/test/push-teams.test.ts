import type { MovingTeams } from '@fenghuo/contracts/positions.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aTicket } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, next, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
const area = `${zeguo}203-02`;
const held = { holder: 'U-team', holderLevel: 'team', stage: 'en-route', step: 'en-route' } as const;
beforeAll(async () => {
  web = await startTestWeb();
  await web.writer.write({ topic: 'ticket', doc: aTicket({ id: 'T-1', area, ...held }) });
});
afterAll(() => web.stop());

const at = (lon: number, ticket = 'T-1') => ({ ticket, lon, lat: 28.49, accuracyM: 12, ageMs: 500 });
const lons = ({ teams }: MovingTeams) => teams.map(({ lon }) => lon);

test('a team shares where it is → moves → stops; shares again → its ticket goes to another holder: the room sees each, other areas nothing', async () => {
  const team = await enter(web, 'responder', zeguo, 'li');
  const room = await connect(web.socket(await enter(web, 'wall', zeguo, 'w')));
  const elsewhere = await connect(web.socket(await enter(web, 'dispatcher', songmen, 'd')));
  const overheard: MovingTeams[] = [];
  elsewhere.on('teams', (message) => overheard.push(message));
  const share = async (lon: number) => {
    const heard = next(room, 'teams');
    expect((await web.call('POST', '/api/v1/positions', { as: team, body: at(lon) })).status).toBe(204);
    return heard;
  };

  const first = await share(121.37);
  expect(first.teams).toMatchObject([{ ticket: 'T-1', lon: 121.37, lat: 28.49, accuracyM: 12, area }]);
  expect(JSON.stringify(first)).not.toContain('li"');
  expect(lons(await share(121.38))).toEqual([121.38]);
  const stopped = next(room, 'teams');
  await web.call('DELETE', '/api/v1/positions', { as: team });
  expect((await stopped).teams).toEqual([]);

  await share(121.39);
  const over = next(room, 'teams');
  const handedOn = aTicket({ id: 'T-1', area, step: 'feedback', stage: 'feedback', version: 2 });
  await web.writer.write({ topic: 'ticket', doc: handedOn });
  expect((await over).teams).toEqual([]);
  expect(overheard).toEqual([]);
});

test('at a ticket elsewhere, and at none, nothing is taken', async () => {
  await web.writer.write({ topic: 'ticket', doc: aTicket({ id: 'T-2', area, ...held }) });
  const outside = await enter(web, 'responder', songmen, 'wang');
  const status = async (as: string, ticket: string) =>
    (await web.call('POST', '/api/v1/positions', { as, body: at(121.4, ticket) })).status;
  expect(await status(outside, 'T-2')).toBe(404);
  const inside = await enter(web, 'responder', zeguo, 'zhao');
  expect(await status(inside, 'T-none')).toBe(404);
  expect(await status(inside, 'T-2')).toBe(204);
});
