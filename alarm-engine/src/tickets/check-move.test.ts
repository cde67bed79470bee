import { type Standing, standingOf } from '@fenghuo/contracts/movers.ts';
import type { EvidenceItem } from '@fenghuo/contracts/records.ts';
import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { expect, test } from 'vitest';
import { shippedWorkflow } from '../shipped-workflows.ts';
import { checkMove } from './check-move.ts';
import { aTicket } from './ticket.fixture.ts';

const { workflow: wenling } = shippedWorkflow();
const county: Standing = { level: 'county', unit: null };

/** A ticket at a step of a workflow, held by a unit of the level that the step names. */
function at(workflow: Workflow, id: string, more: Parameters<typeof aTicket>[0] = {}) {
  const step = workflow.steps.find((one) => one.id === id)!;
  const { stage, heldBy: holderLevel } = step;
  return aTicket({
    workflow: workflowRef(workflow),
    step: id,
    stage,
    holderLevel,
    holder: 'U-holder',
    ...more,
  });
}

const as = (level: UnitLevel, unit: string | null = null): Standing => ({ level, unit });

/** Whether each step of a sequence may follow the one before, the way the county's room says it. */
function goes(
  workflow: Workflow,
  steps: readonly string[],
  more: Parameters<typeof aTicket>[0] = {},
): boolean[] {
  return steps.slice(1).map((to, i) => {
    const ticket = at(workflow, steps[i]!, more);
    return checkMove(workflow, ticket, { to, reason: '已处置', mover: county }).ok;
  });
}

const photo: EvidenceItem = { id: 'E1', kind: 'photo', at: 0, by: 'li', note: null };

test.each([
  [
    'wenling',
    'received dispatched accepted en-route on-scene under-control feedback review supervision closed',
  ],
  ['case-file', 'reported filed assigned investigated feedback archived'],
  ['registration', 'registered accepted assessed handled feedback closed'],
  ['dispatch', 'accepted dispatched handled feedback closed'],
])('%s: %s', (id, sequence) => {
  const { workflow } = shippedWorkflow(id);
  const steps = sequence.split(' ');
  expect(goes(workflow, steps, { evidence: [photo] })).toEqual(steps.slice(1).map(() => true));
});

test('received → closed: refused with what is allowed', () => {
  const check = checkMove(wenling, at(wenling, 'received'), { to: 'closed', reason: '', mover: county });
  expect(check).toEqual({ ok: false, reason: 'not-allowed-now', allowed: ['dispatched', 'false-alarm'] });
});

test('a false alarm and a return say why', () => {
  const move = (to: string, reason: string) =>
    checkMove(wenling, at(wenling, 'dispatched'), { to, reason, mover: county });
  for (const to of ['received', 'false-alarm']) {
    expect(move(to, ' ')).toEqual({ ok: false, reason: 'reason-required' });
    expect(move(to, '做饭油烟')).toMatchObject({ ok: true });
  }
});

test('what is high, or listed for supervision, closes out of supervision only', () => {
  const close = (more: object) =>
    checkMove(wenling, at(wenling, 'review', more), { to: 'closed', reason: '', mover: county });
  const listed = { at: 0, by: 'li', reason: '屡次', until: 1 };
  expect(close({ severity: 'medium' })).toMatchObject({ ok: true });
  const refused = { ok: false, reason: 'not-allowed-now', allowed: ['supervision', 'on-scene'] };
  expect(close({ severity: 'high' })).toEqual(refused);
  expect(close({ severity: 'medium', listed })).toEqual(refused);
  expect(goes(wenling, ['supervision', 'closed'], { severity: 'high' })).toEqual([true]);
});

test('the team that holds it, or the room of its township, or the county for them; nobody else', () => {
  const move = (mover: Standing) =>
    checkMove(wenling, at(wenling, 'dispatched'), { to: 'accepted', reason: '', mover });
  expect(move(as('team', 'U-holder'))).toMatchObject({ ok: true, actsFor: 'itself' });
  expect(move(as('team'))).toMatchObject({ ok: true, actsFor: 'itself' });
  expect(move(as('township'))).toMatchObject({ ok: true, actsFor: 'holder' });
  expect(move(county)).toMatchObject({ ok: true, actsFor: 'holder' });
  const refused = { ok: false, reason: 'not-authorised', by: ['holder', 'township'] };
  expect(move(as('team', 'U-other'))).toEqual(refused);
  expect(move(as('grid'))).toEqual(refused);
});

test('a team does not review its own work, a township does not end a supervision', () => {
  const by = (step: string, to: string, level: UnitLevel) =>
    checkMove(wenling, at(wenling, step), { to, reason: '', mover: as(level) });
  expect(by('feedback', 'review', 'team')).toMatchObject({ reason: 'not-authorised' });
  expect(by('supervision', 'closed', 'township')).toMatchObject({ reason: 'not-authorised', by: ['holder'] });
});

test('feedback without a word or a photo that is asked for: refused with what is lacking', () => {
  const { workflow } = shippedWorkflow('case-file');
  const move = (reason: string, evidence: EvidenceItem[]) =>
    checkMove(workflow, at(workflow, 'investigated', { evidence }), {
      to: 'feedback',
      reason,
      mover: county,
    });
  expect(move('', [])).toEqual({
    ok: false,
    reason: 'evidence-required',
    lacking: [
      { kind: 'note', count: 1 },
      { kind: 'photo', count: 1 },
    ],
  });
  expect(move('已灭', [])).toMatchObject({ lacking: [{ kind: 'photo', count: 1 }] });
  expect(move('已灭', [photo])).toMatchObject({ ok: true });
});

test('whoever sits in a room acts for the level of its area, people of a unit for it, and others by their trade', () => {
  const levelOf = (unit: string) => (unit === 'U-team' ? ('team' as const) : undefined);
  const areas = ['331081', '331081100', '331081100203', '331081100203-02'];
  const levels = areas.map((area) => standingOf({ role: 'dispatcher', area }, levelOf).level);
  expect(levels).toEqual(['county', 'township', 'village', 'grid']);
  const responder = { role: 'responder', area: '331081' } as const;
  expect(standingOf({ ...responder, unit: 'U-team' }, levelOf)).toEqual(as('team', 'U-team'));
  expect(standingOf({ ...responder, unit: 'U-gone' }, levelOf)).toEqual(as('team'));
  expect(standingOf({ role: 'grid-worker', area: '331081100203' }, levelOf)).toEqual(as('grid'));
});
