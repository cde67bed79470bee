import { describe, expect, test } from 'vitest';
import { ChainEngine, fire } from './chain-engine.fixture.ts';
import { commander } from './small-engine.fixture.ts';

const minutes = 60_000;

describe('assigned', () => {
  test('a confirmed high fire: the nearest team is ordered as the ticket opens, with the reasons', () => {
    const engine = new ChainEngine();
    engine.say('S5', 'smoke');
    engine.say('C1', 'camera.fire');
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2', version: 2 });
    expect(engine.ticket.moves.at(-1)).toMatchObject({ by: 'engine', holder: 'U2' });
    expect(engine.ticket.moves.at(-1)?.reason).toContain('按规则自动派单');
    expect(engine.told).toEqual([
      ['opened', 'U1', 'P1'],
      ['handed-over', 'U2', 'P2'],
    ]);
    const ordered = engine.last!.audit.find(({ act }) => act === 'dispatch-by-rule');
    expect(JSON.parse(ordered!.detail)).toMatchObject({ unit: 'U2', instead: ['U3'], passedOver: [] });
  });

  test('high and unconfirmed → confirmed while it waits: ordered then; once people have sent it back, no more', () => {
    const engine = fire();
    expect(engine.ticket.stage).toBe('received');
    engine.say('S5', 'smoke');
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2' });
    engine.move('received');
    engine.say('S6', 'smoke');
    expect(engine.ticket).toMatchObject({ stage: 'received', holder: 'U1' });
  });

  test('the nearest is out at another fire: the next one goes, and the record says why', () => {
    const engine = new ChainEngine();
    engine.say('M1', 'manual');
    engine.say('S5', 'smoke');
    engine.say('W1', 'smoke');
    engine.order({ act: 'open-ticket', subject: engine.incidents[1]!.id, expectedVersion: 1 });
    const [, second] = engine.tickets;
    engine.order({ act: 'assign-ticket', subject: second!.id, expectedVersion: second!.version });
    expect(engine.tickets.map(({ holder }) => holder)).toEqual(['U2', 'U3']);
  });

  test('a team that a drill keeps busy goes to a real fire', () => {
    const engine = new ChainEngine();
    engine.order({ act: 'start-drill', subject: 'R1', title: 'x' });
    for (const device of ['M1', 'S5'])
      engine.say(device, device === 'M1' ? 'manual' : 'smoke', { run: 'R1' });
    expect(engine.ticket).toMatchObject({ run: 'R1', holder: 'U2' });
    for (const device of ['M1', 'S5']) engine.say(device, device === 'M1' ? 'manual' : 'smoke');
    expect(engine.tickets[1]).toMatchObject({ run: null, holder: 'U2' });
  });

  test('nobody is near and free: it stays in the room, and the room above hears so in words', () => {
    const engine = new ChainEngine();
    for (const person of ['P2', 'P3']) engine.setDuty(person, null);
    engine.say('S5', 'smoke');
    engine.say('C1', 'camera.fire');
    expect(engine.ticket).toMatchObject({ stage: 'received', holder: 'U1' });
    const asked = engine.last!.messages.find(({ kind }) => kind === 'proposal-needed');
    expect(asked).toMatchObject({ unit: 'U0', people: ['P0'] });
    expect(asked?.note?.zh).toBe('附近没有可派的队伍（队 无人在岗；二队 无人在岗），请人工调派');
    expect(engine.act({ act: 'assign-ticket' })).toMatchObject({ ok: false, reason: 'not-allowed-now' });
    expect(engine.act({ act: 'assign-ticket', unit: 'U3' })).toMatchObject({ ok: true });
    expect(engine.told).toEqual([['handed-over', 'U3', 'P1']]);
  });

  test('by hand: the first proposed, or the named one; not twice, and no room', () => {
    const engine = fire();
    expect(engine.act({ act: 'assign-ticket', unit: 'U1' })).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.act({ act: 'assign-ticket', unit: 'none' })).toMatchObject({ reason: 'unknown-subject' });
    engine.act({ act: 'add-party', role: 'lead', unit: 'U2' });
    expect(engine.act({ act: 'assign-ticket', unit: 'U2' })).toMatchObject({ ok: true });
    expect(engine.ticket.parties).toEqual([]);
    expect(engine.acts).toEqual(['assign-ticket', 'move-ticket']);
    expect(engine.ticket).toMatchObject({ stage: 'dispatched', holder: 'U2' });
    expect(engine.act({ act: 'assign-ticket' })).toMatchObject({ allowed: ['transfer-ticket'] });
  });
});

describe('held', () => {
  test('a unit named at a move: of the level of the step, and a party no more; a room or nobody is refused', () => {
    const engine = fire();
    engine.act({ act: 'add-party', role: 'support', unit: 'U3' });
    const go = { act: 'move-ticket', to: 'dispatched' } as const;
    expect(engine.act({ ...go, holder: 'U0' })).toMatchObject({
      reason: 'not-allowed-now',
      message: { zh: '「流转」环节由处置队承办' },
    });
    expect(engine.act({ ...go, holder: 'none' })).toMatchObject({ reason: 'unknown-subject' });
    engine.act({ ...go, holder: 'U3' });
    expect(engine.ticket).toMatchObject({ holder: 'U3', parties: [] });
  });

  test('the second team had it → reviewed and sent back, or burning again: to that team, unless nobody of it is there', () => {
    const engine = fire();
    engine.act({ act: 'assign-ticket', unit: 'U3' });
    engine.move('accepted', 'on-scene', 'under-control', 'feedback', 'on-scene');
    expect(engine.ticket.holder).toBe('U3');
    engine.move('under-control', 'feedback');
    engine.say('S6', 'smoke');
    expect(engine.ticket).toMatchObject({ stage: 'on-scene', holder: 'U3' });
    engine.move('under-control', 'feedback');
    engine.setDuty('P3', null);
    engine.move('on-scene');
    expect(engine.ticket.holder).toBe('U2');
  });
});

describe('transferred', () => {
  test('to another team: both hear it with the reason, the deadline goes on, and the record has it', () => {
    const engine = fire();
    engine.move('dispatched', 'accepted');
    const { due, stepSince } = engine.ticket;
    engine.wait(10_000);
    expect(engine.act({ act: 'transfer-ticket', unit: 'U3' })).toMatchObject({ reason: 'reason-required' });
    expect(engine.act({ act: 'transfer-ticket', unit: 'U0', reason: 'x' })).toMatchObject({ ok: false });
    expect(engine.act({ act: 'transfer-ticket', unit: 'U2', reason: 'x' })).toMatchObject({ ok: false });
    const { id: subject, version: expectedVersion } = engine.ticket;
    const theirs = { ...commander, role: 'responder', area: '331081100', unit: 'U3' } as const;
    const take = { act: 'transfer-ticket', subject, expectedVersion, unit: 'U3', reason: 'x' } as const;
    expect(engine.order(take, theirs)).toMatchObject({ reason: 'not-authorised' });
    engine.act({ act: 'transfer-ticket', unit: 'U3', reason: '就近' });
    expect(engine.ticket).toMatchObject({ holder: 'U3', stage: 'accepted', due, stepSince });
    expect(engine.ticket.moves.at(-1)).toMatchObject({ from: 'accepted', to: 'accepted', reason: '就近' });
    expect(engine.told).toEqual([
      ['transferred', 'U2', 'P2'],
      ['transferred', 'U3', 'P3'],
    ]);
    expect(engine.last!.messages.map(({ note }) => note?.en)).toEqual([
      'handed on to 二队: 就近',
      'handed on by 队: 就近',
    ]);
    engine.move('en-route');
    expect(engine.ticket.holder).toBe('U3');
  });
});

test('to the room of another township, which would not see it: refused, as a transfer and as a move', () => {
  const engine = fire();
  const { lon, lat } = engine.registry.units.get('U1')!;
  const there = { area: '331081101', parent: 'U0', lon, lat, name: { zh: '松门', en: 'Songmen' } };
  engine.registry.addUnit({ ...there, id: 'U9', level: 'township', capabilities: [] });
  expect(engine.act({ act: 'transfer-ticket', unit: 'U9', reason: 'x' })).toMatchObject({
    reason: 'not-allowed-now',
    message: { zh: expect.stringContaining('不在该单位辖区内') },
  });
  engine.move('dispatched');
  const back = { act: 'move-ticket', to: 'received', reason: 'x', holder: 'U9' } as const;
  expect(engine.act(back)).toMatchObject({ reason: 'not-allowed-now' });
});

describe('chased', () => {
  test('its holder and a unit at it hear it with the words, the ticket stays as it is; whoever is not at it cannot be', () => {
    const engine = fire();
    engine.move('dispatched');
    engine.act({ act: 'add-party', role: 'support', unit: 'U3' });
    const { version } = engine.ticket;
    expect(engine.act({ act: 'chase-ticket', reason: '请尽快接单' })).toMatchObject({ ok: true, version });
    expect(engine.told).toEqual([['chased', 'U2', 'P2']]);
    expect(engine.last!.messages[0]?.note?.zh).toBe('请尽快接单');
    expect(engine.acts).toEqual(['chase-ticket']);
    engine.act({ act: 'chase-ticket', unit: 'U3' });
    expect(engine.told).toEqual([['chased', 'U3', 'P3']]);
    expect(engine.act({ act: 'chase-ticket', unit: 'U4' })).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.ticket.version).toBe(version);
  });
});

describe('called', () => {
  test('called → on scene → done, one step of the way back refused; closed only when all are done or let go', () => {
    const engine = fire();
    engine.move('dispatched');
    const add = { act: 'add-party', role: 'support' } as const;
    expect(engine.act({ ...add, unit: 'U3', reason: '增援' })).toMatchObject({ ok: true });
    expect(engine.told).toEqual([['called', 'U3', 'P3']]);
    for (const unit of ['U3', 'U2', 'none'])
      expect(engine.act({ ...add, unit })).toMatchObject({ ok: false });
    engine.act({ ...add, role: 'department', unit: 'U4' });
    engine.act({ act: 'move-party', unit: 'U3', to: 'on-scene' });
    expect(engine.told).toEqual([]);
    expect(engine.act({ act: 'move-party', unit: 'U3', to: 'en-route' })).toMatchObject({ ok: false });
    engine.move('accepted', 'on-scene', 'under-control', 'feedback', 'review', 'supervision');
    const close = { act: 'move-ticket', to: 'closed' } as const;
    expect(engine.act(close)).toMatchObject({
      reason: 'not-allowed-now',
      message: { zh: '还有协同单位未完成：二队、派出所；请先完成或解除' },
    });
    engine.act({ act: 'move-party', unit: 'U3', to: 'done' });
    engine.act({ act: 'release-party', unit: 'U4' });
    expect(engine.told).toEqual([['released', 'U4', 'P4']]);
    expect(engine.act(close)).toMatchObject({ ok: true });
  });

  test('called → on scene without network, told later: its true time is kept; another team can say nothing for it', () => {
    const engine = fire();
    engine.act({ act: 'add-party', role: 'support', unit: 'U3' });
    const calledAt = engine.now;
    engine.wait(60_000);
    const of = { subject: engine.ticket.id, expectedVersion: engine.ticket.version, unit: 'U3' } as const;
    const onScene = {
      act: 'move-party',
      to: 'on-scene',
      ...of,
      reason: '',
      doneAt: calledAt + 20_000,
    } as const;
    const li = { account: 'li', name: '', role: 'responder', area: '331081' } as const;
    expect(engine.order(onScene, { ...li, unit: 'U2' })).toMatchObject({ reason: 'not-authorised' });
    expect(engine.order(onScene, { ...li, unit: 'U3' })).toMatchObject({ ok: true });
    const [party] = engine.ticket.parties;
    expect(party).toMatchObject({
      state: 'on-scene',
      by: 'li',
      since: engine.now,
      doneAt: calledAt + 20_000,
    });
    engine.act({ act: 'move-party', unit: 'U3', to: 'done' });
    expect(engine.ticket.parties[0]).not.toHaveProperty('doneAt');
  });

  test('let go → called again: told again, one entry', () => {
    const engine = fire();
    const add = { act: 'add-party', role: 'support', unit: 'U3' } as const;
    for (const body of [add, { act: 'release-party', unit: 'U3' } as const, add]) engine.act(body);
    expect(engine.ticket.parties).toMatchObject([{ unit: 'U3', state: 'called' }]);
    expect(engine.messages.filter((kind) => kind === 'called')).toHaveLength(2);
  });

  test('a false alarm lets everyone go who is at it, and tells them', () => {
    const engine = fire();
    engine.act({ act: 'add-party', role: 'support', unit: 'U3' });
    engine.move('false-alarm');
    expect(engine.told).toEqual([['released', 'U3', 'P3']]);
    expect(engine.last!.tickets.values().next().value?.parties).toMatchObject([{ state: 'released' }]);
  });
});

describe('on duty', () => {
  test('put on duty until six → hears → six → does not; a restart in between changes nothing', () => {
    const engine = new ChainEngine();
    engine.setDuty('P1', null);
    expect(engine.setDuty('P1', 'coordination', engine.now + 60 * minutes)).toMatchObject({ ok: true });
    engine.say('M1', 'manual');
    expect(engine.told).toEqual([['opened', 'U1', 'P1']]);
    engine.restart();
    engine.move('false-alarm');
    engine.wait(60 * minutes);
    expect(engine.acts).toEqual(['set-duty']);
    expect(engine.state.duty.get('P1')).toMatchObject({ onDuty: false, post: 'coordination', by: 'engine' });
    engine.restart();
    engine.say('M1', 'manual');
    expect(engine.told).toEqual([['opened', 'U1', 'P0']]);
    expect(engine.acts).toContain('find-nobody-on-duty');
  });

  test('put on duty until six → until seven: the first end does not count; off duty: none does', () => {
    const engine = new ChainEngine();
    engine.setDuty('P1', 'mobile', engine.now + minutes);
    engine.setDuty('P1', 'mobile', engine.now + 2 * minutes);
    engine.wait(minutes);
    expect(engine.state.duty.get('P1')?.onDuty).toBe(true);
    engine.setDuty('P1', null);
    expect([...engine.state.due.keys()]).toEqual([]);
  });

  test('refused: nobody of that name, an end that has passed or of nothing, another’s area', () => {
    const engine = new ChainEngine();
    const songmen = { account: 'd', name: '', role: 'dispatcher', area: '331081101' } as const;
    expect(engine.setDuty('none', 'mobile')).toMatchObject({ reason: 'unknown-subject' });
    expect(engine.setDuty('P1', 'mobile', engine.now)).toMatchObject({ reason: 'not-allowed-now' });
    expect(engine.setDuty('P1', null, engine.now + minutes)).toMatchObject({ reason: 'not-allowed-now' });
    expect(
      engine.order({ act: 'set-duty', subject: 'P1', post: 'mobile', until: null }, songmen),
    ).toMatchObject({ reason: 'not-authorised' });
  });
});
