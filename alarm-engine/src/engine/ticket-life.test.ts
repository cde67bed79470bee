import type { Severity } from '@fenghuo/contracts/words.ts';
import { movesOf, stepOf } from '@fenghuo/contracts/workflow.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { shippedWorkflow, shippedWorkflows } from '../shipped-workflows.ts';
import { readWorkflow } from '../tickets/read-workflow.ts';
import type { Actor } from './inputs.ts';
import { commander, SmallEngine } from './small-engine.fixture.ts';

const administrator: Actor = { ...commander, account: 'administrator', role: 'administrator' };
const township: Actor = { ...commander, account: 'zeguo', role: 'dispatcher', area: '331081100' };
const team: Actor = { ...commander, account: 'wang', role: 'responder', area: '331081100', unit: 'U2' };

/** A county of this workflow, in which somebody pulled a call point: a high ticket stands open. */
function burning(workflow = shippedWorkflow().workflow): SmallEngine {
  const engine = new SmallEngine(shippedRulebook(), workflow);
  engine.say('M1', 'manual');
  return engine;
}

function move(engine: SmallEngine, to: string, { reason = '已处置', actor = commander } = {}) {
  const { id: subject, version: expectedVersion } = engine.tickets[0]!;
  return engine.order({ act: 'move-ticket', subject, expectedVersion, to, reason }, actor);
}

function put(engine: SmallEngine, text: string, basedOn: number | null = null) {
  return engine.order(
    { act: 'put-workflow', subject: 'workflow', text, basedOn, reason: '换流程' },
    administrator,
  );
}

/** The text of a preset with as much evidence as the tests have. */
const withoutPhotos = (id: string) =>
  shippedWorkflow(id).text.replaceAll(/evidence: \{ photo: 1(, note: 1)? \}/g, 'reason: true');

describe('the loops of the house', () => {
  test.each([
    ['wenling', 'dispatched accepted en-route on-scene under-control feedback review supervision closed'],
    ['case-file', 'filed assigned investigated feedback archived'],
    ['registration', 'accepted assessed handled feedback closed'],
    ['dispatch', 'dispatched handled feedback closed'],
  ])('%s: opened → %s, restarted before each step', (id, sequence) => {
    const read = readWorkflow(withoutPhotos(id), 1);
    const engine = burning(read.ok ? read.workflow : undefined);
    expect(engine.tickets[0]).toMatchObject({ workflow: `${id}@1`, stage: 'received' });
    for (const to of sequence.split(' ')) {
      engine.restart();
      expect(move(engine, to)).toMatchObject({ ok: true });
    }
    const due = [...engine.state.due.values()].map(({ kind }) => kind);
    expect([engine.tickets, engine.incidents]).toEqual([[], []]);
    expect(due.filter((kind) => kind !== 'follow-up-due')).toEqual([]);
  });

  test('dispatched → returned with its reason → dispatched anew: the township has it, then the team', () => {
    const engine = burning();
    move(engine, 'dispatched');
    expect(move(engine, 'received', { reason: '' })).toMatchObject({ ok: false, reason: 'reason-required' });
    expect(move(engine, 'received', { reason: '不属本辖区', actor: team })).toMatchObject({ ok: true });
    expect(engine.tickets[0]).toMatchObject({ step: 'received', holder: 'U1' });
    expect(engine.tickets[0]!.moves.at(-1)).toMatchObject({ by: 'wang', reason: '不属本辖区' });
    move(engine, 'dispatched');
    expect(engine.tickets[0]).toMatchObject({ step: 'dispatched', holder: 'U2' });
  });

  test('under review in a workflow without a scene of its own → smoke on another floor: back to the team', () => {
    const read = readWorkflow(withoutPhotos('registration'), 1);
    const engine = burning(read.ok ? read.workflow : undefined);
    for (const to of ['accepted', 'assessed', 'handled', 'feedback']) move(engine, to);
    engine.say('S6', 'smoke');
    expect(engine.tickets[0]).toMatchObject({ step: 'handled', stage: 'on-scene', holderLevel: 'team' });
  });
});

test('registration: a team is ordered where a step is for one, and no sooner', () => {
  const engine = burning(shippedWorkflow('registration').workflow);
  const assign = () => {
    const { id: subject, version: expectedVersion } = engine.tickets[0]!;
    return engine.order({ act: 'assign-ticket', subject, expectedVersion, reason: '就近' });
  };
  expect(assign()).toMatchObject({ reason: 'not-allowed-now', allowed: ['accepted', 'false-alarm'] });
  for (const to of ['accepted', 'assessed']) move(engine, to);
  expect(assign()).toMatchObject({ ok: true });
  expect(engine.tickets[0]).toMatchObject({ step: 'handled', holder: 'U2' });
});

describe('told later than done', () => {
  test('ordered → 4 minutes without network → accepted and on the scene are told: true times kept, deadline judged by engine time', () => {
    const engine = burning();
    move(engine, 'dispatched');
    const ordered = engine.tickets[0]!.stepSince;
    engine.wait(4 * 60_000);
    const told = (to: string, doneAt: number) => {
      const { id: subject, version: expectedVersion } = engine.tickets[0]!;
      return engine.order({ act: 'move-ticket', subject, expectedVersion, to, doneAt }, team);
    };
    expect(told('accepted', ordered + 20_000)).toMatchObject({ ok: true });
    expect(JSON.parse(engine.last!.audit[0]!.detail)).toMatchObject({ doneAt: ordered + 20_000 });
    expect(told('on-scene', ordered + 10_000)).toMatchObject({ ok: true });
    const [accepted, onScene] = engine.tickets[0]!.moves.slice(-2);
    expect(accepted).toMatchObject({ to: 'accepted', doneAt: ordered + 20_000 });
    expect(accepted!.at).toBeGreaterThanOrEqual(ordered + 240_000);
    expect(onScene).toMatchObject({ to: 'on-scene', doneAt: ordered + 20_000 });
    expect(engine.tickets[0]!.escalations.length).toBeGreaterThan(0);
  });
});

describe('who may', () => {
  test('the team of the ticket by itself; the township and the county for it, which is on the record', () => {
    const engine = burning();
    move(engine, 'dispatched', { actor: township });
    expect(move(engine, 'accepted', { actor: { ...team, unit: 'U1' } })).toMatchObject({ ok: true });
    expect(JSON.parse(engine.last!.audit[0]!.detail)).toMatchObject({ actsFor: 'U2' });
    expect(move(engine, 'en-route', { actor: team })).toMatchObject({ ok: true });
    expect(JSON.parse(engine.last!.audit[0]!.detail)).not.toHaveProperty('actsFor');
    expect(move(engine, 'on-scene')).toMatchObject({ ok: true });
    expect(JSON.parse(engine.last!.audit[0]!.detail)).toMatchObject({ actsFor: 'U2' });
  });

  test('a team would receive for the township, a township end a supervision: refused, with who may', () => {
    const engine = burning();
    const refused = move(engine, 'dispatched', { actor: team });
    expect(refused).toMatchObject({ ok: false, reason: 'not-authorised' });
    expect(refused.ok === false && refused.message).toEqual({
      zh: '此步由镇、市指挥室办理',
      en: 'This move is for 镇, the county command room',
    });
    for (const to of [
      'dispatched',
      'accepted',
      'on-scene',
      'under-control',
      'feedback',
      'review',
      'supervision',
    ])
      move(engine, to);
    expect(move(engine, 'closed', { actor: township })).toMatchObject({ reason: 'not-authorised' });
  });
});

describe('deadlines', () => {
  test('high, and nobody does anything: late at 60 s and told once, though nobody acknowledged either; a restart forgets nothing', () => {
    const engine = burning();
    engine.wait(59_999);
    engine.restart();
    expect(engine.tickets[0]).toMatchObject({ overdue: false, due: { stage: 'accepted' } });
    engine.wait(1);
    expect(engine.tickets[0]!.overdue).toBe(true);
    expect(engine.audit.filter((act) => act.startsWith('miss-'))).toEqual([
      'miss-deadline',
      'miss-acknowledgement',
    ]);
    expect(engine.messages).toEqual(['opened', 'deadline-missed', 'escalated']);
  });

  test('accepted in time, never acknowledged: on the record at 60 s, its holder is told, and the level above', () => {
    const engine = burning();
    for (const to of ['dispatched', 'accepted']) move(engine, to);
    engine.wait(60_000);
    expect(engine.tickets[0]!.overdue).toBe(false);
    expect(engine.audit.filter((act) => act.startsWith('miss-'))).toEqual(['miss-acknowledgement']);
    expect(engine.messages).toEqual(['opened', 'handed-over', 'unacknowledged', 'escalated']);
    engine.wait(59_999);
    expect(engine.messages).toHaveLength(4);
  });

  test('acknowledged at 30 s, smoke on another floor at 40 s: that one has its 60 s, too', () => {
    const engine = burning();
    for (const to of ['dispatched', 'accepted', 'en-route']) move(engine, to);
    engine.wait(30_000);
    const { id: subject, version: expectedVersion } = engine.incidents[0]!;
    engine.order({ act: 'acknowledge-incident', subject, expectedVersion });
    engine.wait(10_000);
    engine.say('S6', 'smoke');
    engine.wait(59_999);
    expect(engine.audit).not.toContain('miss-acknowledgement');
    engine.wait(1);
    expect(engine.audit).toContain('miss-acknowledgement');
  });

  test('all acknowledged → long after, another floor: that one has its 60 s; unheeded too, it is told once', () => {
    const engine = burning();
    for (const to of ['dispatched', 'accepted', 'en-route', 'on-scene', 'under-control']) move(engine, to);
    const { id: subject, version: expectedVersion } = engine.incidents[0]!;
    engine.order({ act: 'acknowledge-incident', subject, expectedVersion });
    engine.wait(600_000);
    engine.say('S6', 'smoke');
    engine.wait(59_999);
    engine.say('S7', 'smoke');
    expect(engine.audit).not.toContain('miss-acknowledgement');
    engine.wait(1);
    expect(engine.audit).toContain('miss-acknowledgement');
    engine.say('S8', 'smoke');
    engine.wait(600_000);
    expect(engine.audit.filter((act) => act === 'miss-acknowledgement')).toHaveLength(1);
  });

  test('sent back before it was accepted: no time is gained, and late it stays; sent back from the scene it begins anew', () => {
    const engine = burning();
    move(engine, 'dispatched');
    engine.wait(50_000);
    const { due, countedFrom } = engine.tickets[0]!;
    move(engine, 'received');
    expect(engine.tickets[0]).toMatchObject({ due, countedFrom });
    engine.wait(10_000);
    for (const to of ['dispatched', 'received']) move(engine, to);
    expect(engine.tickets[0]).toMatchObject({ due, overdue: true });
    for (const to of ['dispatched', 'accepted', 'received']) move(engine, to);
    expect(engine.tickets[0]).toMatchObject({
      ...{ overdue: false, countedFrom: engine.now },
      due: { stage: 'accepted', at: engine.now + 60_000 },
    });
  });

  test('1-3-5: what each step brings within its time is never late', () => {
    const engine = burning();
    engine.wait(50_000);
    for (const to of ['dispatched', 'accepted']) move(engine, to);
    expect(engine.tickets[0]!.due).toMatchObject({ stage: 'on-scene', yellowAt: engine.now + 86_667 });
    engine.wait(120_000);
    for (const to of ['en-route', 'on-scene']) move(engine, to);
    engine.wait(120_000);
    move(engine, 'under-control');
    expect(engine.tickets[0]).toMatchObject({
      overdue: false,
      due: { stage: 'closed', limitMs: 86_400_000 },
    });
    expect(engine.audit).not.toContain('miss-deadline');
  });
});

describe('another workflow', () => {
  const dispatch = shippedWorkflow('dispatch').text;

  test('put while a ticket stands open: it keeps the one under which it was opened, the next opens under the new one; a restart changes nothing', () => {
    const engine = burning();
    move(engine, 'dispatched');
    expect(put(engine, dispatch)).toMatchObject({ ok: true, version: 2 });
    expect(engine.last!.audit).toMatchObject([
      { act: 'put-workflow', subject: 'dispatch@2', actor: 'administrator' },
    ]);
    engine.restart();
    engine.say('W1', 'smoke');
    const { id: subject, version: expectedVersion } = engine.incidents[1]!;
    engine.order({ act: 'open-ticket', subject, expectedVersion });
    const opened = engine.tickets.map(({ workflow, step, holderLevel }) => [workflow, step, holderLevel]);
    expect(opened).toEqual([
      ['wenling@1', 'dispatched', 'team'],
      ['dispatch@2', 'accepted', 'county'],
    ]);
    for (const to of ['accepted', 'en-route']) expect(move(engine, to)).toMatchObject({ ok: true });
    expect(engine.tickets[0]).toMatchObject({ stage: 'en-route', due: { stage: 'on-scene' } });
  });

  test('the same once more, one begun from an older version, a faulty one: refused, and nothing changes', () => {
    const engine = burning();
    expect(put(engine, `${shippedWorkflow().text}# a remark\n`)).toMatchObject({ reason: 'not-allowed-now' });
    expect(put(engine, dispatch, 1)).toMatchObject({ ok: true });
    expect(put(engine, withoutPhotos('case-file'), 1)).toMatchObject({ reason: 'version-conflict' });
    const faulty = put(engine, dispatch.replace('to: handled', 'to: handle'));
    expect(faulty).toMatchObject({ ok: false, reason: 'faulty-workflow' });
    expect(faulty.ok === false && faulty.message.zh).toContain('第 21 行第 15 列');
    expect(engine.state.workflow).toMatchObject({ id: 'dispatch', version: 2 });
  });

  test('put → sealed → reverted: the one before is in force', () => {
    const engine = burning();
    engine.state.putWorkflow({ ...shippedWorkflow('dispatch').workflow, version: 2 });
    engine.state.discard();
    expect(engine.state.workflow.id).toBe('wenling');
  });

  test('a ticket of a workflow that nobody can read any more goes on in the one in force, from the stage where it stands', () => {
    const engine = burning();
    for (const to of ['dispatched', 'accepted']) move(engine, to);
    const lost = { ...engine.tickets[0]!, workflow: 'lost@7', step: 'jiedan' };
    engine.state.putTicket(lost);
    expect(move(engine, 'on-scene')).toMatchObject({ ok: true });
    expect(engine.tickets[0]).toMatchObject({ step: 'on-scene', due: { stage: 'under-control' } });
  });
});

const act = fc.record({
  step: fc.nat(11),
  allowed: fc.boolean(),
  reason: fc.constantFrom('', '已处置'),
  actor: fc.constantFrom(commander, township, team, { ...team, unit: 'U9' }),
  wait: fc.constantFrom(0, 0, 70_000, 3_600_000),
});

test('in any workflow, after any sequence of moves: a refused one changes nothing, and the county can still close it', () => {
  fc.assert(
    fc.property(
      fc.nat(3),
      fc.constantFrom<Severity>('high', 'low'),
      fc.array(act, { maxLength: 15 }),
      (which, severity, acts) => {
        const { id } = shippedWorkflows()[which]!.workflow;
        const read = readWorkflow(withoutPhotos(id), 1);
        const workflow = read.ok ? read.workflow : shippedWorkflow().workflow;
        const engine = new SmallEngine(shippedRulebook(), workflow);
        engine.say(severity === 'high' ? 'M1' : 'S1', severity === 'high' ? 'manual' : 'heat', { value: 60 });
        const { id: subject, version: expectedVersion, ticket } = engine.incidents[0]!;
        if (ticket === null) engine.order({ act: 'open-ticket', subject, expectedVersion });
        for (const { step, allowed, reason, actor, wait } of acts) {
          const before = engine.tickets[0];
          if (before === undefined) return;
          engine.wait(wait);
          const standing = engine.tickets[0]!;
          const moves = movesOf(workflow, standing).map(({ to }) => to);
          const steps = allowed ? moves : workflow.steps.map((one) => one.id);
          const to = steps[step % steps.length]!;
          const answer = move(engine, to, { reason, actor });
          if (answer.ok) continue;
          expect(engine.tickets[0]).toBe(standing);
          expect([engine.last!.tickets.size, engine.last!.audit.length, engine.last!.due.size]).toEqual([
            0, 0, 0,
          ]);
          if (!moves.includes(to))
            expect(answer).toMatchObject({ reason: 'not-allowed-now', allowed: moves });
        }
        closeOnwards(engine);
        expect(engine.tickets).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

/** On and on by the last move that leads on, until it is closed. */
function closeOnwards(engine: SmallEngine): void {
  for (let i = 0; engine.tickets[0] !== undefined && i < 20; i += 1) {
    const ticket = engine.tickets[0];
    const workflow = engine.state.workflowOf(ticket);
    expect(stepOf(workflow, ticket).id).toBe(ticket.step);
    const to = movesOf(workflow, ticket).findLast(({ kind }) => kind === 'forward')!.to;
    expect(move(engine, to)).toMatchObject({ ok: true });
  }
}
