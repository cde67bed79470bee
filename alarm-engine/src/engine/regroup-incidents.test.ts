import { expect, test } from 'vitest';
import { hastyBook, SmallEngine } from './small-engine.fixture.ts';

const hasty = hastyBook();

/** A tower with smoke, and a warehouse a kilometre off with a call point's worth of it. */
function twoFires(): SmallEngine {
  const engine = new SmallEngine(hasty);
  engine.say('S5', 'smoke');
  engine.wait(60_000);
  engine.say('W1', 'smoke');
  return engine;
}

const [tower, warehouse] = [0, 1];
function merge(engine: SmallEngine, from: number, into: number, more: object = {}) {
  const [a, b] = [engine.incidents[from]!, engine.incidents[into]!];
  return engine.order({
    ...{ act: 'merge-incidents', subject: a.id, expectedVersion: a.version, reason: '同一起火' },
    ...{ into: b.id, intoVersion: b.version, ...more },
  } as never);
}

function split(engine: SmallEngine, devices: string[], more: object = {}) {
  const { id, version } = engine.incidents[0]!;
  const alarms = devices.map((device) => engine.alarmOf(device).id);
  return engine.order({
    ...{ act: 'split-incident', subject: id, expectedVersion: version, alarms, reason: '两处', ...more },
  } as never);
}

test('merge: the alarms move, one ticket stays, the other ends with the case code under which it goes on', () => {
  const engine = twoFires();
  const [into, absorbed] = [engine.incidents[tower]!, engine.incidents[warehouse]!];
  expect(merge(engine, warehouse, tower)).toMatchObject({ ok: true });
  expect(engine.incidents).toMatchObject([
    { id: into.id, alarms: engine.alarms.map(({ id }) => id), floors: [1, 5], caseCode: into.caseCode },
  ]);
  expect(engine.alarms.map(({ incident }) => incident)).toEqual([into.id, into.id]);
  expect(engine.tickets).toMatchObject([{ caseCode: into.caseCode }]);
  const { incidents, tickets } = engine.last!;
  expect(incidents.get(absorbed.id)).toMatchObject({ mergedInto: into.id, alarms: [], closedAt: engine.now });
  const move = tickets.get(absorbed.ticket!)!.moves.at(-1)!;
  expect(move).toMatchObject({ to: 'closed', by: 'commander' });
  expect(move.reason).toContain(into.caseCode);
  expect([...engine.state.due.values()].map(({ subject }) => subject)).toEqual([into.ticket]);
});

test('a photo in each case → merged → one more sent late to the absorbed: all three count once where it goes on', () => {
  const engine = twoFires();
  const [into, absorbed] = [engine.incidents[tower]!, engine.incidents[warehouse]!];
  const shoot = (subject: string) => {
    const file = { kind: 'photo', type: 'image/jpeg', name: '', bytes: 1, sha256: 'a', sentSha256: 'b' };
    expect(engine.order({ act: 'add-evidence', subject, file } as never)).toMatchObject({ ok: true });
    engine.wait(1000);
  };
  shoot(absorbed.id);
  shoot(into.id);
  merge(engine, warehouse, tower);
  engine.restart();
  const { version } = engine.tickets[0]!;
  shoot(absorbed.id);
  const { evidence } = engine.tickets[0]!;
  expect(evidence.map(({ at }) => at)).toEqual([1, 2, 3].map((n) => engine.now - (4 - n) * 1000));
  expect(new Set(evidence.map(({ id }) => id)).size).toBe(3);
  expect(version).toBe(engine.tickets[0]!.version);
});

test('merge of a graver into a milder one: as grave, its ticket tightened; into one without a ticket: it gets one', () => {
  const graver = twoFires();
  graver.say('M1', 'manual');
  merge(graver, tower, warehouse);
  expect(graver.incidents).toMatchObject([{ severity: 'high', title: { zh: '手动报警' } }]);
  expect(graver.tickets).toMatchObject([{ severity: 'high' }]);
  const bare = new SmallEngine(hasty);
  bare.say('P1', 'pressure');
  bare.say('W1', 'smoke');
  merge(bare, 1, 0);
  expect(bare.tickets).toMatchObject([{ incident: bare.incidents[0]!.id }]);
});

test('acknowledged, ticket opened by hand → merged into one that waits without a ticket: the order to act goes on', () => {
  const engine = new SmallEngine();
  const acknowledge = (i: number) => {
    const { id: subject, version } = engine.incidents[i]!;
    engine.order({ act: 'acknowledge-incident', subject, expectedVersion: version });
  };
  engine.say('S5', 'smoke');
  engine.say('W1', 'smoke');
  acknowledge(tower);
  acknowledge(warehouse);
  const { id: subject, version } = engine.incidents[warehouse]!;
  engine.order({ act: 'open-ticket', subject, expectedVersion: version });
  merge(engine, warehouse, tower);
  expect(engine.tickets).toMatchObject([{ incident: engine.incidents[0]!.id, step: 'received' }]);
});

test('a team on its way and a unit beside it → merged: both are at the case that goes on, told so once, and its supervision stands', () => {
  const engine = twoFires();
  const act = (body: object) => {
    const { id: subject, version: expectedVersion } = engine.tickets[warehouse]!;
    return engine.order({ subject, expectedVersion, reason: 'x', ...body } as never);
  };
  act({ act: 'assign-ticket', unit: 'U2' });
  act({ act: 'move-ticket', to: 'accepted' });
  act({ act: 'add-party', role: 'department', unit: 'U0' });
  act({ act: 'list-for-supervision', until: engine.now + 3_600_000 });
  const [, absorbed] = engine.tickets;
  merge(engine, warehouse, tower);
  expect(engine.tickets).toMatchObject([
    {
      parties: [
        { unit: 'U2', role: 'support', state: 'accepted' },
        { unit: 'U0', role: 'department', state: 'called' },
      ],
      listed: absorbed!.listed,
    },
  ]);
  expect(engine.last!.tickets.get(absorbed!.id)).toMatchObject({ parties: [{ state: 'released' }] });
  expect(engine.last!.messages.map(({ kind, unit }) => [kind, unit])).toEqual([
    ['called', 'U2'],
    ['called', 'U0'],
  ]);
  const due = [...engine.state.due.values()].filter(({ kind }) => kind === 'supervision-until');
  expect(due.map(({ subject }) => subject)).toEqual([engine.tickets[0]!.id]);
});

test('after a merge the next alarm of either place is where people look', () => {
  const engine = twoFires();
  const { id } = engine.incidents[tower]!;
  merge(engine, warehouse, tower);
  engine.say('S6', 'smoke');
  expect(engine.alarmOf('S6').incident).toBe(id);
});

test('merge with itself, with another run, of a version that is past, without a reason, out of the area: refused', () => {
  const engine = twoFires();
  expect(merge(engine, tower, tower)).toMatchObject({ reason: 'not-allowed-now' });
  expect(merge(engine, tower, warehouse, { reason: '' })).toMatchObject({ reason: 'reason-required' });
  expect(merge(engine, tower, warehouse, { intoVersion: 9 })).toMatchObject({ reason: 'version-conflict' });
  expect(merge(engine, tower, warehouse, { into: 'none' })).toMatchObject({ reason: 'unknown-subject' });
  engine.order({ act: 'start-drill', subject: 'R1', title: '演练' } as never);
  engine.say('S7', 'smoke', { run: 'R1' });
  expect(merge(engine, 2, tower)).toMatchObject({ message: { zh: '演练与实警不能合并' } });
  expect(engine.incidents).toHaveLength(3);
});

test('split: one leaves for a case of its own; what stays is as grave as it is', () => {
  const engine = new SmallEngine(hasty);
  engine.say('S5', 'smoke');
  engine.say('S5', 'smoke', { state: 'normal' });
  engine.wait(360_000);
  engine.say('M1', 'manual');
  const { id } = engine.incidents[0]!;
  expect(split(engine, ['M1'])).toMatchObject({ ok: true });
  const [stayed, left] = engine.incidents;
  expect(stayed).toMatchObject({ id, severity: 'medium', title: { zh: '火警' }, floors: [5] });
  expect(left).toMatchObject({ splitFrom: id, severity: 'high', title: { zh: '手动报警' }, floors: [1] });
  expect(left!.caseCode).not.toBe(stayed!.caseCode);
  expect(engine.tickets.map(({ severity, caseCode }) => [severity, caseCode])).toEqual([
    ['medium', stayed!.caseCode],
    ['high', left!.caseCode],
  ]);
  expect(engine.alarmOf('M1').incident).toBe(left!.id);
});

test('split of one building: its next alarm joins the older incident, after a restart too', () => {
  for (const restarts of [false, true]) {
    const engine = new SmallEngine(hasty);
    engine.say('S5', 'smoke');
    engine.say('S6', 'smoke');
    const { id } = engine.incidents[0]!;
    engine.wait(1000);
    split(engine, ['S5']);
    const [older, younger] = engine.incidents;
    for (const { id: subject, version } of [younger!, older!, younger!])
      engine.order({ act: 'acknowledge-incident', subject, expectedVersion: version } as never);
    if (restarts) engine.restart();
    engine.say('S7', 'smoke');
    expect(engine.alarmOf('S7').incident).toBe(id);
  }
});

test('split of everything, of what is not its own, without a reason: refused', () => {
  const engine = new SmallEngine(hasty);
  engine.say('S5', 'smoke');
  engine.say('S6', 'smoke');
  expect(split(engine, ['S5', 'S6'])).toMatchObject({ message: { zh: '至少要留下一条告警' } });
  expect(split(engine, ['S5'], { alarms: ['none'] })).toMatchObject({ reason: 'unknown-subject' });
  expect(split(engine, ['S5'], { reason: '' })).toMatchObject({ reason: 'reason-required' });
  expect(engine.incidents).toHaveLength(1);
});
