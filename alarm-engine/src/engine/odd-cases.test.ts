import { describe, expect, test } from 'vitest';
import { ChainEngine, escalated, fire } from './chain-engine.fixture.ts';

const minute = 60_000;
const loop = [
  'accepted',
  'on-scene',
  'under-control',
  'feedback',
  'review',
  'supervision',
  'closed',
] as const;

describe('a detector of which nobody knows where it is', () => {
  test('alarm → the county holds it → a named team → closed → visited → reopened → closed: it goes the whole way', () => {
    const engine = new ChainEngine();
    engine.registry.addDevice({
      ...{ no: engine.registry.deviceCount, id: 'X1', type: 'manual', area: '331081', building: null },
      ...{ floor: null, room: null, lon: null, lat: null },
    });
    engine.say('X1', 'manual');
    expect(engine.ticket).toMatchObject({ area: '331081', holder: 'U0', place: { zh: '温岭市 X1' } });
    expect(engine.act({ act: 'assign-ticket' })).toMatchObject({ ok: false });
    expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
    engine.move(...loop);
    const closed = [...engine.last!.tickets.values()][0]!;
    expect(closed).toMatchObject({ stage: 'closed', closedAt: engine.now });
    expect(engine.incidents).toEqual([]);
    engine.wait(25 * 60 * minute);
    expect(engine.messages).toContain('follow-up-due');
    const of = { subject: closed.id, expectedVersion: closed.version, reason: '看过' };
    expect(engine.order({ act: 'record-follow-up', satisfied: true, ...of })).toMatchObject({ ok: true });
    const again = { ...of, expectedVersion: closed.version + 1, to: 'on-scene' };
    expect(engine.order({ act: 'reopen-ticket', ...again })).toMatchObject({ ok: true });
    expect(engine.ticket).toMatchObject({ holder: 'U2', visits: [{ satisfied: true }] });
    engine.move(...loop.slice(2));
    expect(engine.tickets).toEqual([]);
  });
});

describe('a case of a drill', () => {
  test('late → closed → reopened → closed: the whole way, and nobody outside of it hears anything', () => {
    const engine = new ChainEngine();
    engine.order({ act: 'start-drill', subject: 'R1', title: '夜间' });
    engine.say('M1', 'manual', { run: 'R1' });
    engine.wait(5 * minute);
    expect(engine.ticket).toMatchObject({ run: 'R1', overdue: true });
    expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
    engine.move(...loop);
    const closed = [...engine.last!.tickets.values()][0]!;
    expect(engine.last!.caseReports).toEqual([{ incident: closed.incident, round: 0 }]);
    engine.wait(48 * 60 * minute);
    const of = { subject: closed.id, expectedVersion: closed.version, reason: '再练一遍' };
    expect(engine.order({ act: 'reopen-ticket', to: 'received', ...of })).toMatchObject({ ok: true });
    expect(engine.ticket.lateness).toEqual(closed.lateness);
    engine.move('dispatched', ...loop);
    expect(engine.sent.filter(({ people }) => people.length > 0)).toEqual([]);
    expect(engine.audit).not.toContain('find-nobody-on-duty');
    expect(engine.audit).not.toContain('miss-follow-up');
  });

  test('closed → the drill ends → it is not opened again', () => {
    const engine = new ChainEngine();
    engine.order({ act: 'start-drill', subject: 'R1', title: '夜间' });
    engine.say('M1', 'manual', { run: 'R1' });
    engine.move('dispatched', ...loop);
    const closed = [...engine.last!.tickets.values()][0]!;
    engine.order({ act: 'end-drill', subject: 'R1' });
    const of = { subject: closed.id, expectedVersion: closed.version, reason: 'x' };
    expect(engine.order({ act: 'reopen-ticket', ...of })).toMatchObject({ reason: 'not-allowed-now' });
  });
});

describe('everybody is off duty', () => {
  test('a fire: the top hears it on its screens, the record says each time that nobody was there, and it can be worked through', () => {
    const engine = new ChainEngine();
    for (const { id } of [0, 1, 2, 3, 4].map((n) => ({ id: `P${n}` }))) engine.setDuty(id, null);
    engine.say('S5', 'smoke');
    engine.say('C1', 'camera.fire');
    expect(engine.ticket).toMatchObject({ stage: 'received', holder: 'U1' });
    expect(engine.sent).toEqual([]);
    expect(engine.acts.filter((act) => act === 'find-nobody-on-duty')).toHaveLength(2);
    engine.wait(3 * minute);
    expect(escalated(engine)).toEqual(['U0']);
    expect(engine.ticket.lateness[0]).toMatchObject({ holder: 'U1', told: [{ unit: 'U0' }] });
    expect(engine.sent).toEqual([]);
    engine.setDuty('P0', 'commander');
    expect(engine.tellsIn(60 * minute)).toEqual([]);
    expect(engine.act({ act: 'chase-ticket' })).toMatchObject({ ok: true });
    expect(engine.told).toEqual([['chased', 'U1', 'P0']]);
    expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
    engine.move(...loop);
    expect(engine.tickets).toEqual([]);
  });
});

test('overdue → handed on: late as before, both told, what was late stays with whom it was late, and it goes up from the new one', () => {
  const engine = fire();
  engine.act({ act: 'assign-ticket', unit: 'U2' });
  engine.wait(61_000);
  expect(engine.ticket).toMatchObject({ overdue: true, holder: 'U2' });
  const { lateness, due, countedFrom } = engine.ticket;
  expect(engine.act({ act: 'transfer-ticket', unit: 'U3', reason: '更近' })).toMatchObject({ ok: true });
  expect(engine.ticket).toMatchObject({ holder: 'U3', overdue: true, lateness, due, countedFrom });
  expect(engine.told).toEqual([
    ['transferred', 'U2', 'P2'],
    ['transferred', 'U3', 'P3'],
  ]);
  engine.restart();
  engine.tellsIn(minute);
  expect(escalated(engine)).toEqual(['U1', 'U0']);
  engine.move('accepted');
  engine.wait(3 * minute);
  expect(engine.ticket.lateness.map(({ stage, holder }) => [stage, holder])).toEqual([
    ['accepted', 'U2'],
    ['on-scene', 'U3'],
  ]);
});

test('sent back again and again: each says why, nobody gains time, and it is late once', () => {
  const engine = fire();
  const { countedFrom, due } = engine.ticket;
  for (let round = 0; round < 3; round += 1) {
    engine.move('dispatched');
    engine.wait(10_000);
    expect(engine.act({ act: 'move-ticket', to: 'received' })).toMatchObject({ reason: 'reason-required' });
    expect(engine.act({ act: 'move-ticket', to: 'received', reason: `地址不对 ${round}` })).toMatchObject({
      ok: true,
    });
    expect(engine.ticket).toMatchObject({
      countedFrom,
      due: { stage: 'accepted', at: due!.at },
      holder: 'U1',
    });
  }
  engine.wait(31_000);
  engine.move('dispatched', 'received', 'dispatched');
  engine.restart();
  engine.wait(10_000);
  expect(engine.ticket.lateness).toMatchObject([{ stage: 'accepted', dueAt: due!.at, holder: 'U1' }]);
  engine.move('accepted', 'on-scene', 'under-control');
  const before = engine.now;
  engine.wait(minute);
  engine.move('on-scene');
  expect(engine.ticket.countedFrom).toBeGreaterThan(before);
  engine.move('under-control', 'feedback', 'review', 'supervision', 'closed');
  const [closed] = [...engine.last!.tickets.values()];
  expect(closed!.moves.filter(({ reason }) => reason?.startsWith('地址不对'))).toHaveLength(3);
  expect(closed!.lateness).toHaveLength(1);
});
