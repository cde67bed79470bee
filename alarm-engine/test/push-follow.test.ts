import { pulse, snapshot } from '@fenghuo/contracts/push.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAlarm, anIncident, aTicket, noon, type RecordChange } from './records.ts';
import { songmen, zeguo } from './small-county.ts';
import { connect, enter, next, type ScreenSocket, startTestWeb, type TestWeb } from './test-web.ts';

let web: TestWeb;
const cookies: Record<'county' | 'zeguo' | 'songmen', string> = { county: '', zeguo: '', songmen: '' };
beforeAll(async () => {
  web = await startTestWeb({ demoTimeFactor: 24 });
  cookies.county = await enter(web, 'wall');
  cookies.zeguo = await enter(web, 'dispatcher', zeguo, 'zeguo');
  cookies.songmen = await enter(web, 'dispatcher', songmen, 'songmen');
  await web.writer.write(
    { topic: 'alarm', doc: anAlarm({ id: 'A-zeguo', area: `${zeguo}203-02` }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-songmen', area: `${songmen}207-01` }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-nowhere', area: '' }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-closed', area: `${zeguo}203`, closedAt: noon }) },
    { topic: 'alarm', doc: anAlarm({ id: 'A-drill', area: `${zeguo}203`, run: 'drill-1' }) },
    { topic: 'incident', doc: anIncident({ id: 'I-zeguo', area: `${zeguo}203-02` }) },
    { topic: 'ticket', doc: aTicket({ id: 'T-zeguo', area: `${zeguo}203-02`, holder: 'U-village' }) },
    { topic: 'drill', doc: drill('drill-1') },
    { topic: 'drill', doc: { ...drill('drill-0'), endedAt: noon } as never },
  );
});
afterAll(() => web.stop());

function drill(id: string) {
  return {
    id,
    title: '夜间拉动',
    startedAt: noon,
    participants: [],
    startedBy: 'tester',
    endedAt: null,
    version: 1,
  };
}

async function screen(scope: keyof typeof cookies): Promise<ScreenSocket> {
  return connect(web.socket(cookies[scope]));
}

async function follow(scope: keyof typeof cookies, after: number | null) {
  const socket = await screen(scope);
  const first = Promise.race([next(socket, 'snapshot'), next(socket, 'changes')]);
  socket.emit('follow', { after });
  return { socket, first: await first };
}

async function snapshotOf(scope: keyof typeof cookies) {
  const { socket, first } = await follow(scope, null);
  return { socket, snapshot: snapshot.parse(first) };
}

const ids = (records: { id: string }[]) => records.map(({ id }) => id);

test('a snapshot of the county: all that is open, and the numbers of both streams', async () => {
  const { snapshot: world } = await snapshotOf('county');
  expect(world).toMatchObject({ no: web.writer.no, directoryNo: 7 });
  expect(ids(world.alarms)).toEqual(['A-drill', 'A-nowhere', 'A-songmen', 'A-zeguo']);
  expect(ids(world.incidents)).toEqual(['I-zeguo']);
  expect(ids(world.tickets)).toEqual(['T-zeguo']);
  expect(ids(world.drills)).toEqual(['drill-1']);
  expect(ids(world.units)).toEqual(['U-county', 'U-songmen', 'U-team', 'U-village', 'U-zeguo']);
  expect(world.units[0]).toMatchObject({ onDuty: '陈某', staff: 2, name: { zh: '市指挥中心' } });
  expect(world.units.find(({ id }) => id === 'U-zeguo')).toMatchObject({ onDuty: null, staff: 0 });
  expect(world.places.map(({ code }) => code)).toEqual([zeguo, `${zeguo}203`, songmen, `${songmen}207`]);
  expect(world.places[1]?.name).toEqual({ zh: '牧屿社区', en: '牧屿社区' });
  expect(world.county).toEqual({
    ...{ code: '331081', name: { zh: '温岭市', en: 'Wenling' }, demo: true, timeZone: 'Asia/Shanghai' },
    ...{ bounds: [121.1, 28.2, 121.8, 28.6], detectors: 4, cameras: 1, buildings: 2 },
    unitCounts: { county: 1, township: 2, station: 0, village: 1, grid: 0, team: 1 },
  });
  expect(JSON.stringify(world)).not.toContain('1390000000');
});

test('a snapshot of a township: its own, the units above it, and every drill', async () => {
  const { snapshot: world } = await snapshotOf('songmen');
  expect(ids(world.alarms)).toEqual(['A-songmen']);
  expect([...ids(world.incidents), ...ids(world.tickets)]).toEqual([]);
  expect(ids(world.drills)).toEqual(['drill-1']);
  expect(ids(world.units)).toEqual(['U-county', 'U-songmen']);
  expect(world.places.map(({ code }) => code)).toEqual([songmen, `${songmen}207`]);
  const text = JSON.stringify(world);
  for (const other of ['A-zeguo', 'A-nowhere', zeguo, '泽国']) expect(text).not.toContain(other);
});

test('after the snapshot, changes: each screen hears of its area', async () => {
  const screens = {
    county: (await snapshotOf('county')).socket,
    zeguo: (await snapshotOf('zeguo')).socket,
    songmen: (await snapshotOf('songmen')).socket,
  };
  const heard = [screens.county, screens.zeguo].map((socket) => next(socket, 'changes'));
  let songmenHeard = 0;
  screens.songmen.on('changes', ({ changes }) => {
    songmenHeard += changes.length;
  });
  const after = web.writer.no;
  const doc = anAlarm({ id: 'A-new', area: `${zeguo}203-02` });
  await web.writer.write({ topic: 'alarm', doc });
  for (const message of await Promise.all(heard))
    expect(message).toMatchObject({ after, no: after + 1, changes: [{ topic: 'alarm', key: 'A-new', doc }] });
  const told = next(screens.songmen, 'changes');
  await web.writer.write({ topic: 'alarm', doc: anAlarm({ id: 'A-own', area: songmen }) });
  const message = await told;
  expect(message.changes.map(({ key }) => key)).toEqual(message.changes.length === 0 ? [] : ['A-own']);
  await expect.poll(() => songmenHeard).toBe(1);
});

test('a record that moves to another township is gone from the first and new in the second', async () => {
  const before = aTicket({ id: 'T-moved', area: zeguo });
  await web.writer.write({ topic: 'ticket', doc: before });
  const [from, to] = [await snapshotOf('zeguo'), await snapshotOf('songmen')];
  const heard = Promise.all([next(from.socket, 'changes'), next(to.socket, 'changes')]);
  const after = { ...before, area: songmen, version: 2 };
  await web.writer.write({ topic: 'ticket', doc: after, wasArea: zeguo });
  const [left, arrived] = await heard;
  expect(left.changes).toEqual([{ topic: 'ticket', key: 'T-moved', doc: null }]);
  expect(arrived.changes).toEqual([{ topic: 'ticket', key: 'T-moved', doc: after }]);
});

test('who comes back with a number is told what came since, and no more', async () => {
  const after = web.writer.no;
  const { first: nothing } = await follow('county', after);
  expect(nothing).toMatchObject({ after, no: after, changes: [] });
  await web.writer.write({ topic: 'alarm', doc: anAlarm({ id: 'A-missed', area: zeguo }) });
  const { first } = await follow('county', after);
  expect(first).toMatchObject({ after, no: after + 1, changes: [{ key: 'A-missed' }] });
  const { first: elsewhere } = await follow('songmen', after);
  expect(elsewhere).toMatchObject({ after, no: after + 1, changes: [] });
});

test('a number that the log does not know yields a snapshot', async () => {
  for (const after of [web.writer.no + 1000, -1]) {
    const { first } = await follow('county', after);
    expect(snapshot.parse(first).no).toBe(web.writer.no);
  }
});

test('what is no follow is not answered, and does no harm', async () => {
  const socket = await screen('county');
  const heard: string[] = [];
  socket.onAny((event: string) => {
    if (event !== 'pulse') heard.push(event);
  });
  for (const bad of [undefined, 1, { after: 'x' }, { after: 1.5 }, null]) socket.emit('follow', bad as never);
  const answer = next(socket, 'snapshot');
  socket.emit('follow', { after: null });
  await answer;
  expect(heard).toEqual(['snapshot']);
});

test('more than 5,000 changes behind: a snapshot instead', async () => {
  const after = web.writer.no;
  const storm = Array.from({ length: 5001 }, (_, i): RecordChange => {
    return { topic: 'alarm', doc: anAlarm({ id: 'A-storm', area: zeguo, version: i + 1 }) };
  });
  const screen = await snapshotOf('zeguo');
  await web.writer.write(...storm.slice(0, 5000));
  const { first } = await follow('county', after);
  expect('changes' in first && first.changes.at(-1)).toMatchObject({
    key: 'A-storm',
    doc: { version: 5000 },
  });
  await web.writer.write(...storm.slice(5000));
  const { first: later } = await follow('county', after);
  expect('alarms' in later).toBe(true);
  screen.socket.disconnect();
});

test('the directory’s number is told when it moves', async () => {
  const { socket } = await snapshotOf('zeguo');
  const told = next(socket, 'directory');
  await web.pool.query(
    `select pg_notify('fenghuo_directory', '331081:' || fenghuo.bump_directory('331081'))`,
  );
  expect(await told).toEqual({ no: 8 });
});

test('a pulse every second: the writer’s words and the day’s figures, without drills', async () => {
  await web.pool.query(
    `insert into fenghuo.pulse values ('331081', now(),
       '{"detectorsOnline":3,"camerasOnline":1,"devicesSilent":1,"devicesSuppressed":0,"devicesNeverHeard":2,
         "eventsPerSecond":2.5,"heartbeatsPerSecond":7,"backlog":0,"broker":"away"}')`,
  );
  const now = Date.now();
  await web.writer.write({
    topic: 'alarm',
    doc: anAlarm({ id: 'A-today', area: zeguo, raisedAt: now - 61_000 }),
  });
  const { socket } = await snapshotOf('zeguo');
  const first = pulse.parse(await next(socket, 'pulse'));
  expect(first).toMatchObject({
    broker: 'away',
    detectorsOnline: 3,
    eventsPerSecond: 2.5,
    demoTimeFactor: 24,
  });
  expect(first.alarmsByMinute).toHaveLength(60);
  expect(Math.abs((first.writerAt ?? 0) - now)).toBeLessThan(60_000);
  const second = pulse.parse(await next(socket, 'pulse'));
  expect(second.at - first.at).toBeGreaterThan(500);
});
