import { expect, test } from 'vitest';
import { ChainEngine, fire } from './chain-engine.fixture.ts';
import type { Actor } from './inputs.ts';

const of = (unit: string): Actor => ({
  ...{ account: `desk-${unit}`, name: '李梅', role: 'responder', area: '331081100', unit },
});
const township: Actor = { ...of('U1'), role: 'dispatcher' };

function send(engine: ChainEngine, more: object = {}, actor?: Actor) {
  const area = '331081100';
  const body = { act: 'send-broadcast', of: 'area', subject: area, area, level: 'team', reason: '台风将至' };
  return engine.order({ ...body, ...more } as never, actor);
}
const read = (engine: ChainEngine, unit: string) =>
  engine.order({ act: 'read-broadcast', subject: [...engine.state.broadcasts.keys()][0]! }, of(unit));
const open = (engine: ChainEngine) => [...engine.state.broadcasts.values()][0];

test('sent → every team on duty is told once, and no other level', () => {
  const engine = new ChainEngine();
  expect(send(engine)).toMatchObject({ ok: true });
  expect(engine.told).toEqual([
    ['broadcast', 'U2', 'P2'],
    ['broadcast', 'U3', 'P3'],
    ['broadcast', 'U4', 'P4'],
  ]);
  expect(engine.last?.messages[0]).toMatchObject({ note: { zh: '台风将至' }, run: null, ticket: null });
  expect(open(engine)).toMatchObject({ units: 3, read: 0, place: { zh: expect.any(String) } });
  expect(engine.acts).toEqual(['send-broadcast']);
});

test('nobody of a unit is on duty → it is told to nobody above, and waits to be read', () => {
  const engine = new ChainEngine();
  engine.setDuty('P3', null);
  send(engine);
  expect(engine.told.map(([, unit]) => unit)).toEqual(['U2', 'U4']);
  expect(engine.last?.broadcastUnits).toContainEqual(expect.objectContaining({ unit: 'U3', told: 0 }));
  expect(open(engine)).toMatchObject({ units: 3 });
});

test('read by a team, once more, by the room → one receipt, and the room is refused', () => {
  const engine = new ChainEngine();
  send(engine);
  expect(read(engine, 'U2')).toMatchObject({ ok: true, version: 2 });
  expect(engine.last?.broadcastReads).toEqual([
    { broadcast: open(engine)!.id, unit: 'U2', by: 'desk-U2', at: engine.now },
  ]);
  expect(read(engine, 'U2')).toMatchObject({ ok: true, version: 2 });
  expect(engine.last?.broadcastReads).toEqual([]);
  expect(read(engine, 'U1')).toMatchObject({ reason: 'not-authorised' });
  expect(open(engine)).toMatchObject({ units: 3, read: 1 });
});

test('read without a network, told ten minutes later, by a clock that is an hour behind → its time is no earlier than what was read', () => {
  const engine = new ChainEngine();
  send(engine);
  const { id: subject, at } = open(engine)!;
  engine.wait(600_000);
  engine.order({ act: 'read-broadcast', subject, doneAt: at + 60_000 }, of('U2'));
  expect(engine.last?.broadcastReads).toMatchObject([{ at: engine.now, doneAt: at + 60_000 }]);
  engine.order({ act: 'read-broadcast', subject, doneAt: at - 3_600_000 }, of('U3'));
  expect(engine.last?.broadcastReads).toMatchObject([{ unit: 'U3', doneAt: at }]);
});

test('sent → read → the process dies → the other teams can still read it → a day later it is over', () => {
  const engine = new ChainEngine();
  send(engine);
  read(engine, 'U2');
  engine.restart();
  read(engine, 'U2');
  read(engine, 'U3');
  expect(open(engine)).toMatchObject({ read: 2 });
  engine.wait(24 * 3_600_000);
  expect(engine.acts).toEqual(['end-broadcast']);
  expect([open(engine), [...engine.state.unreadBroadcasts.keys()]]).toEqual([undefined, []]);
});

test('of a case → its ticket goes along; of a drill only who takes part is told, and hears that it is one', () => {
  const engine = fire();
  const { id: subject } = engine.incidents[0]!;
  expect(send(engine, { of: 'incident', subject })).toMatchObject({ ok: true });
  expect(engine.last?.messages[0]).toMatchObject({ incident: subject, ticket: { incident: subject } });
  const drill = new ChainEngine();
  drill.order({ act: 'start-drill', subject: 'R1', title: 'x', participants: ['P3'] });
  drill.say('M1', 'manual', { run: 'R1' });
  const drilled = { of: 'incident', subject: drill.incidents[0]!.id };
  send(drill, drilled);
  expect(drill.told).toEqual([['broadcast', 'U3', 'P3']]);
  expect(drill.last?.messages[0]).toMatchObject({ run: 'R1', note: { en: 'DRILL: 台风将至' } });
  expect(send(drill, { ...drilled, level: 'county' })).toMatchObject({ reason: 'not-allowed-now' });
  drill.order({ act: 'end-drill', subject: 'R1' });
  expect([open(drill), [...drill.state.due.keys()]]).toEqual([undefined, []]);
});

test.each([
  ['nothing to say', { reason: ' ' }, 'reason-required'],
  ['a case that is over', { of: 'incident', subject: 'I-gone' }, 'unknown-subject'],
  ['an area beyond the room', { subject: '331081', area: '331081' }, 'not-authorised'],
  ['a level without units', { level: 'grid' }, 'not-allowed-now'],
])('refused: %s', (_, more, reason) => {
  expect(send(new ChainEngine(), more, township)).toMatchObject({ ok: false, reason });
});
