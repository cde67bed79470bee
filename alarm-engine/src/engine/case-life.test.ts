import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import type { Actor } from './inputs.ts';
import { commander, SmallEngine } from './small-engine.fixture.ts';

const hour = 3_600_000;
const loop = [
  'dispatched',
  'accepted',
  'on-scene',
  'under-control',
  'feedback',
  'review',
  'supervision',
  'closed',
];

/** A call point, its ticket led to where it says; `closed` and `false-alarm` end it. */
function caseAt(engine: SmallEngine, end: 'open' | 'closed' | 'false-alarm'): TicketRecord {
  engine.say('M1', 'manual');
  const way = end === 'open' ? [] : end === 'closed' ? loop : ['false-alarm'];
  for (const to of way) move(engine, to);
  return newest(engine);
}

function move(engine: SmallEngine, to: string): void {
  const ticket = engine.tickets[0]!;
  const of = { subject: ticket.id, expectedVersion: ticket.version, reason: '演练' };
  const answer = engine.order({ act: 'move-ticket', to, ...of } as never);
  if (!answer.ok) throw new Error(answer.message.en);
}

const newest = (engine: SmallEngine): TicketRecord => {
  const [ticket] = [...(engine.last?.tickets.values() ?? [])];
  if (ticket === undefined) throw new Error('the last input changed no ticket');
  return ticket;
};

const order = (engine: SmallEngine, act: string, ticket: TicketRecord, more: object, actor?: Actor) =>
  engine.order(
    { act, subject: ticket.id, expectedVersion: ticket.version, reason: '群众反映', ...more } as never,
    actor,
  );

const dues = (engine: SmallEngine) => [...engine.state.due.values()].map(({ kind }) => kind).sort();

test('closed → reopened: the same code and record, at the scene, deadlines counted anew, its incident open', () => {
  const engine = new SmallEngine();
  const closed = caseAt(engine, 'closed');
  engine.wait(2 * hour);
  engine.restart();
  expect(order(engine, 'reopen-ticket', closed, { to: 'on-scene' }).ok).toBe(true);
  const [ticket] = engine.tickets;
  expect(ticket).toMatchObject({
    ...{ id: closed.id, caseCode: closed.caseCode, stage: 'on-scene', reopened: 1, closedAt: null },
    ...{ countedFrom: engine.now, overdue: false, holder: 'U2' },
    due: { stage: 'under-control', since: engine.now },
  });
  expect(ticket!.moves.at(-1)).toMatchObject({ from: 'closed', to: 'on-scene', reason: '群众反映' });
  expect(engine.incidents).toMatchObject([{ caseCode: closed.caseCode, closedAt: null }]);
  expect(engine.messages.at(-1)).toBe('reopened');
  expect(engine.audit.slice(-2)).toEqual(['reopen-incident', 'reopen-ticket']);
  expect(dues(engine)).toEqual(['ticket-overdue']);
});

test('reopened → a detector of the building goes off: it joins the case', () => {
  const engine = new SmallEngine();
  const closed = caseAt(engine, 'closed');
  order(engine, 'reopen-ticket', closed, { to: 'review' });
  engine.say('S3', 'smoke');
  expect(engine.incidents).toHaveLength(1);
  expect(engine.tickets).toMatchObject([{ caseCode: closed.caseCode, stage: 'on-scene' }]);
});

test('reopened → closed again → its report asked for a second time', () => {
  const engine = new SmallEngine();
  const closed = caseAt(engine, 'closed');
  expect(engine.last?.caseReports).toEqual([{ incident: closed.incident, round: 0 }]);
  order(engine, 'reopen-ticket', closed, { to: 'review' });
  for (const to of ['supervision', 'closed']) move(engine, to);
  expect(engine.last?.caseReports).toEqual([{ incident: closed.incident, round: 1 }]);
});

test('late → closed → visited → reopened → transferred → late again → closed: what was late and the visit stand for good', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  engine.wait(61_000);
  const late = engine.tickets[0]!.lateness;
  expect(late).toMatchObject([
    { what: 'deadline', stage: 'accepted', dueAt: open.due!.at, limitMs: 60_000, holder: 'U1' },
    { what: 'acknowledgement', stage: null, limitMs: 60_000, holder: 'U1' },
  ]);
  expect(late.flatMap(({ told }) => told.map(({ unit }) => unit))).toEqual(['U0']);
  for (const to of loop) move(engine, to);
  const closed = newest(engine);
  expect(closed).toMatchObject({ overdue: false, lateness: late });
  order(engine, 'record-follow-up', closed, { satisfied: false });
  order(engine, 'reopen-ticket', newest(engine), { to: 'received' });
  expect(newest(engine)).toMatchObject({ lateness: late, visits: [{ satisfied: false }], escalations: [] });
  move(engine, 'dispatched');
  engine.wait(61_000);
  expect(newest(engine).lateness).toMatchObject([
    ...late,
    { what: 'deadline', stage: 'accepted', holder: 'U2' },
  ]);
  engine.restart();
  for (const to of loop.slice(1)) move(engine, to);
  expect(newest(engine).lateness).toHaveLength(3);
});

test('two reopen one version: the first wins, the second is told who was faster', () => {
  const engine = new SmallEngine();
  const closed = caseAt(engine, 'closed');
  expect(order(engine, 'reopen-ticket', closed, { to: 'review' }).ok).toBe(true);
  expect(order(engine, 'reopen-ticket', closed, { to: 'review' })).toMatchObject({
    ...{ ok: false, reason: 'version-conflict' },
    message: { en: expect.stringContaining('commander') },
  });
});

test('not reopened: without a reason, an open one, after 30 days, from another township, an unknown one', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  expect(order(engine, 'reopen-ticket', open, { to: 'review' })).toMatchObject({ reason: 'not-allowed-now' });
  move(engine, 'false-alarm');
  const closed = newest(engine);
  const songmen = { ...commander, area: '331081101' };
  const reopen = (more: object, actor = commander) =>
    order(engine, 'reopen-ticket', closed, { to: 'review', ...more }, actor);
  expect(reopen({ reason: ' ' })).toMatchObject({ reason: 'reason-required' });
  expect(reopen({}, songmen)).toMatchObject({ reason: 'not-authorised' });
  expect(reopen({ subject: 'T-none' })).toMatchObject({ reason: 'unknown-subject' });
  engine.wait(30 * 24 * hour + 1);
  expect(reopen({})).toMatchObject({
    reason: 'not-allowed-now',
    message: { en: expect.stringContaining('30 days') },
  });
  expect(engine.tickets).toEqual([]);
});

test('closed → nobody visits for 24 h → restart: the township room is told once', () => {
  const engine = new SmallEngine();
  caseAt(engine, 'closed');
  engine.wait(24 * hour - 1);
  engine.restart();
  expect(engine.messages).not.toContain('follow-up-due');
  engine.wait(1);
  expect(engine.last?.messages).toMatchObject([{ kind: 'follow-up-due', ticket: { holder: 'U1' } }]);
  expect(engine.audit.at(-1)).toBe('miss-follow-up');
  engine.restart();
  engine.wait(100 * 24 * hour);
  expect(engine.messages.filter((kind) => kind === 'follow-up-due')).toHaveLength(1);
});

test('closed → visited, not satisfied → visited again: kept in the ticket, and nobody is told that it is due', () => {
  const engine = new SmallEngine();
  const closed = caseAt(engine, 'closed');
  const visit = (more: object) => order(engine, 'record-follow-up', closed, more);
  expect(visit({ satisfied: false, reason: '' })).toMatchObject({ reason: 'reason-required' });
  expect(visit({ satisfied: false, reason: '烟感未修' }).ok).toBe(true);
  const visited = newest(engine);
  expect(visited.visits).toEqual([{ at: engine.now, by: 'commander', satisfied: false, note: '烟感未修' }]);
  expect(order(engine, 'record-follow-up', visited, { satisfied: true, reason: '' }).ok).toBe(true);
  expect(newest(engine).visits).toMatchObject([{ satisfied: false }, { satisfied: true }]);
  engine.wait(100 * hour);
  expect(engine.messages).not.toContain('follow-up-due');
  expect(engine.tickets).toEqual([]);
});

test('no visit: before closing refused; after a false alarm, in a drill, or once reopened none is due', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  expect(order(engine, 'record-follow-up', open, { satisfied: true })).toMatchObject({
    reason: 'not-allowed-now',
  });
  move(engine, 'false-alarm');
  expect(dues(engine)).toEqual([]);
  const closed = caseAt(engine, 'closed');
  expect(dues(engine)).toEqual(['follow-up-due']);
  order(engine, 'reopen-ticket', closed, { to: 'review' });
  expect(dues(engine)).not.toContain('follow-up-due');
});

test('listed → its time passes over a restart: the county is told once, and it stays listed', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  const until = engine.now + 6 * hour;
  expect(order(engine, 'list-for-supervision', open, { until }).ok).toBe(true);
  expect(newest(engine).listed).toEqual({ at: engine.now, by: 'commander', reason: '群众反映', until });
  engine.wait(3 * hour);
  engine.restart();
  engine.wait(3 * hour);
  expect(engine.last?.messages).toMatchObject([{ kind: 'supervision-overdue', ticket: { holder: 'U0' } }]);
  expect(engine.tickets[0]!.escalations.filter(({ unit }) => unit === 'U0')).toHaveLength(1);
  expect(engine.tickets[0]!.holder).toBe(open.holder);
  engine.restart();
  engine.wait(100 * hour);
  expect(engine.messages.filter((kind) => kind === 'supervision-overdue')).toHaveLength(1);
});

test('listed → ended with what came of it, or closed: nobody is told that it is late', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  const until = engine.now + 6 * hour;
  order(engine, 'list-for-supervision', open, { until });
  const listed = engine.tickets[0]!;
  expect(order(engine, 'list-for-supervision', listed, { until })).toMatchObject({
    reason: 'not-allowed-now',
  });
  expect(order(engine, 'end-supervision', listed, { reason: '' })).toMatchObject({
    reason: 'reason-required',
  });
  expect(order(engine, 'end-supervision', listed, { reason: '已整改' }).ok).toBe(true);
  expect(engine.tickets[0]!.listed).toBeNull();
  expect(order(engine, 'end-supervision', engine.tickets[0]!, {})).toMatchObject({
    reason: 'not-allowed-now',
  });
  expect(order(engine, 'list-for-supervision', engine.tickets[0]!, { until: engine.now })).toMatchObject({
    reason: 'not-allowed-now',
  });
  for (const never of [1e300, engine.now + 367 * 24 * hour])
    expect(order(engine, 'list-for-supervision', engine.tickets[0]!, { until: never })).toMatchObject({
      reason: 'not-allowed-now',
    });
  order(engine, 'list-for-supervision', engine.tickets[0]!, { until });
  move(engine, 'false-alarm');
  engine.wait(100 * hour);
  expect(engine.messages).not.toContain('supervision-overdue');
});

test('a note to an open and to a closed case: kept, on the record, and no version goes up', () => {
  const engine = new SmallEngine();
  const open = caseAt(engine, 'open');
  const note = (reason: string) => engine.order({ act: 'add-note', subject: open.incident, reason });
  expect(note(' ')).toMatchObject({ reason: 'reason-required' });
  expect(note('三楼走廊有烟').ok).toBe(true);
  expect(engine.tickets[0]).toMatchObject({
    version: open.version,
    evidence: [{ kind: 'note', note: '三楼走廊有烟' }],
  });
  move(engine, 'false-alarm');
  engine.restart();
  expect(note('物业补充说明').ok).toBe(true);
  expect(newest(engine).evidence).toHaveLength(2);
  expect(engine.last?.evidence).toMatchObject([
    { incident: open.incident, item: { note: '物业补充说明', file: null } },
  ]);
  expect(engine.audit.at(-1)).toBe('add-note');
  expect(engine.tickets).toEqual([]);
});

test('an incident opens: the camera beside it is kept with the case; a step keeps the event that caused it', () => {
  const engine = new SmallEngine();
  engine.say('M1', 'manual', { value: 1, attrs: { box: 3 } });
  expect([...engine.last!.cameras.values()]).toEqual([[{ camera: 'C1', code: '泽国-0231', metres: 59 }]]);
  expect(engine.last!.transitions).toMatchObject([
    { why: 'raise', event: { device: 'M1', kind: 'manual', value: 1, attrs: { box: 3 }, at: engine.now } },
  ]);
  engine.order({ act: 'acknowledge-alarm', subject: engine.alarmOf('M1').id, expectedVersion: 1 });
  expect(engine.last!.transitions).toMatchObject([{ why: 'acknowledge', event: null }]);
});

test('what a person reports lies beside the record, and not in the case for good', () => {
  const engine = new SmallEngine();
  engine.say('S1', 'report', { attrs: { caller: '13812342207' } });
  const kept = engine.last!.transitions.map(({ event }) => event?.attrs ?? null);
  expect(kept).not.toHaveLength(0);
  expect(kept.every((attrs) => attrs === null)).toBe(true);
});
