import { describe, expect, test } from 'vitest';
import { returnableMs } from './engine-state.ts';
import { commander, SmallEngine } from './small-engine.fixture.ts';

const day = 24 * 3_600_000;
const fault = { state: 'fault' } as const;

/** One device at fault, and its order. */
function faulty() {
  const engine = new SmallEngine();
  engine.say('S5', 'fault', fault);
  return engine;
}

const orders = (engine: SmallEngine) => [...engine.state.upkeep.values()];
const order = (engine: SmallEngine) => orders(engine)[0]!;

function assign(engine: SmallEngine, more: object = {}, actor = commander) {
  const all = orders(engine).map(({ id, version }) => ({ id, version }));
  const body = { act: 'assign-upkeep', subject: 'U2', person: '王工', dueAt: engine.now + day, orders: all };
  return engine.order({ ...body, ...more } as Parameters<SmallEngine['order']>[0], actor);
}

function act(
  engine: SmallEngine,
  name: 'resolve-upkeep' | 'return-upkeep',
  reason: string,
  seen = order(engine),
) {
  return engine.order({ act: name, subject: seen.id, expectedVersion: seen.version, reason });
}

describe('assigned', () => {
  test('two faults → assigned at once: each on the record, whom only beside it, and no message to anybody', () => {
    const engine = faulty();
    engine.say('S6', 'battery', fault);
    expect(assign(engine)).toMatchObject({ ok: true, version: 2 });
    expect(orders(engine)).toMatchObject([
      { device: 'S5', assigned: { unit: 'U2', name: { zh: '队' }, person: '王工', by: 'commander' } },
      { device: 'S6', assigned: { unit: 'U2', dueAt: engine.now + day } },
    ]);
    expect(engine.last!.audit).toMatchObject([
      { act: 'assign-upkeep', subject: orders(engine)[0]!.id, personal: '{"person":"王工"}' },
      { act: 'assign-upkeep', subject: orders(engine)[1]!.id },
    ]);
    expect(engine.last!.audit[0]!.detail).not.toContain('王工');
    expect([engine.messages, engine.alarms, engine.tickets]).toEqual([[], [], []]);
  });

  test('one of two changed → nothing is assigned, and the author is told who changed it', () => {
    const engine = faulty();
    engine.say('S6', 'battery', fault);
    const seen = orders(engine).map(({ id, version }) => ({ id, version }));
    assign(engine, { orders: [seen[1]!] });
    const answer = assign(engine, { orders: seen });
    expect(answer).toMatchObject({ ok: false, reason: 'version-conflict' });
    expect(JSON.stringify(answer)).toContain('commander');
    expect(orders(engine).map(({ version }) => version)).toEqual([1, 2]);
  });

  test('came back by itself → assigned: refused with the order that is closed', () => {
    const engine = faulty();
    const seen = orders(engine).map(({ id, version }) => ({ id, version }));
    engine.say('S5', 'fault', { state: 'normal' });
    const answer = assign(engine, { orders: seen });
    expect(answer).toMatchObject({ ok: false, reason: 'unknown-subject' });
    expect(JSON.stringify(answer)).toContain(seen[0]!.id);
  });

  test('to nobody, for yesterday, in two years, from another township: refused', () => {
    const engine = faulty();
    expect(assign(engine, { subject: 'U9' })).toMatchObject({ reason: 'unknown-subject' });
    expect(assign(engine, { dueAt: engine.now - 1 })).toMatchObject({ reason: 'not-allowed-now' });
    expect(assign(engine, { dueAt: engine.now + 731 * day })).toMatchObject({ reason: 'not-allowed-now' });
    const other = { ...commander, area: '331081101' };
    expect(assign(engine, {}, other)).toMatchObject({ reason: 'not-authorised' });
    expect(assign(engine, { subject: 'U0' }, other)).toMatchObject({ reason: 'not-authorised' });
    expect(order(engine)).toMatchObject({ assigned: null, version: 1 });
  });
});

test('a township gives its orders to its own units and to the county’s, not to another’s', () => {
  const engine = faulty();
  const unit = {
    level: 'team',
    parent: 'U0',
    name: { zh: '松门队', en: 'Songmen' },
    capabilities: [],
  } as const;
  engine.registry.addUnit({ ...unit, id: 'U-other', area: '331081101', lon: 121.6, lat: 28.3 });
  const township = { ...commander, area: '331081100' };
  expect(assign(engine, { subject: 'U-other' }, township)).toMatchObject({ reason: 'not-authorised' });
  expect(assign(engine, { subject: 'U0' }, township)).toMatchObject({ ok: true });
  expect(assign(engine, { subject: 'U2' }, township)).toMatchObject({ ok: true });
});

describe('resolved', () => {
  test('resolved in words → the next fault opens a new order', () => {
    const engine = faulty();
    const first = order(engine);
    expect(act(engine, 'resolve-upkeep', ' ')).toMatchObject({ reason: 'reason-required' });
    expect(act(engine, 'resolve-upkeep', '更换电池')).toMatchObject({ ok: true });
    expect([...engine.last!.upkeep.values()]).toMatchObject([
      { id: first.id, closedAt: engine.now, resolved: { by: 'commander', note: '更换电池' } },
    ]);
    expect(orders(engine)).toEqual([]);
    engine.say('S5', 'fault', fault);
    expect(order(engine).id).not.toBe(first.id);
  });

  test('resolved twice on one version: the second is told', () => {
    const engine = faulty();
    const seen = order(engine);
    act(engine, 'resolve-upkeep', '更换', seen);
    expect(act(engine, 'resolve-upkeep', '更换', seen)).toMatchObject({ reason: 'unknown-subject' });
  });
});

describe('returned', () => {
  test('assigned → given back by the unit: it is nobody’s again, with why', () => {
    const engine = faulty();
    expect(act(engine, 'return-upkeep', '不归我们')).toMatchObject({ reason: 'not-allowed-now' });
    assign(engine);
    expect(act(engine, 'return-upkeep', '')).toMatchObject({ reason: 'reason-required' });
    expect(act(engine, 'return-upkeep', '不归我们')).toMatchObject({ ok: true, version: 3 });
    const returns = [{ what: 'order', unit: 'U2', reason: '不归我们' }];
    expect(order(engine)).toMatchObject({ assigned: null, returns });
  });

  test('resolved → restart → the work is refused within a week: open again with the unit that has it; later never', () => {
    const engine = faulty();
    assign(engine);
    const { id } = order(engine);
    act(engine, 'resolve-upkeep', '更换');
    engine.restart();
    const refuse = (version: number) =>
      engine.order({ act: 'return-upkeep', subject: id, expectedVersion: version, reason: '仍报故障' });
    expect(refuse(2)).toMatchObject({ reason: 'version-conflict' });
    expect(refuse(3)).toMatchObject({ ok: true, version: 4 });
    expect(order(engine)).toMatchObject({
      ...{ id, closedAt: null, resolved: null, assigned: { unit: 'U2' } },
      returns: [{ what: 'work', unit: 'U2' }],
    });
    act(engine, 'resolve-upkeep', '再次更换');
    engine.wait(returnableMs + 1);
    expect(refuse(5)).toMatchObject({ reason: 'unknown-subject' });
  });

  test('resolved → at fault again → the work is refused: the new order stands, and the old one stays closed', () => {
    const engine = faulty();
    const { id } = order(engine);
    act(engine, 'resolve-upkeep', '更换');
    engine.say('S5', 'fault', fault);
    const answer = engine.order({ act: 'return-upkeep', subject: id, expectedVersion: 2, reason: '没修好' });
    expect(answer).toMatchObject({ reason: 'not-allowed-now' });
    expect(orders(engine)).toHaveLength(1);
  });

  test('work that can no longer be refused leaves memory with the next that is resolved', () => {
    const engine = faulty();
    act(engine, 'resolve-upkeep', '更换');
    engine.wait(returnableMs + 1);
    engine.say('S5', 'fault', fault);
    act(engine, 'resolve-upkeep', '更换');
    expect([...engine.state.resolvedUpkeep.keys()]).toHaveLength(1);
  });
});
