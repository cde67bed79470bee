import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { expect, test } from 'vitest';
import { shippedWorkflow, shippedWorkflows } from '../shipped-workflows.ts';
import { ChainEngine } from './chain-engine.fixture.ts';

/** A camera and a detector of one tower: high and confirmed. */
function confirmedFire(workflow: Workflow): ChainEngine {
  const engine = new ChainEngine(workflow);
  engine.say('S5', 'smoke');
  engine.say('C1', 'camera.fire');
  return engine;
}

/** One that asks for a photo at a step. */
function askingForPhotos(workflow: Workflow, at: string): Workflow {
  const evidence = [{ kind: 'photo' as const, count: 1 }];
  const steps = workflow.steps.map((step) =>
    step.id === at ? { ...step, moves: step.moves.map((move) => ({ ...move, evidence })) } : step,
  );
  return { ...workflow, steps };
}

test.each([
  ['registration', ['registered', 'accepted', 'assessed', 'handled']],
  ['case-file', ['reported', 'filed', 'assigned']],
  ['dispatch', ['accepted', 'dispatched']],
  ['wenling', ['received', 'dispatched']],
])(
  'a confirmed fire in %s: through all steps before the team’s in one breath, and only the team is told',
  (id, way) => {
    const engine = confirmedFire(shippedWorkflow(id).workflow);
    const { moves, holder, stepSince } = engine.ticket;
    expect(moves.map(({ to }) => to)).toEqual(way);
    expect([holder, stepSince]).toEqual(['U2', engine.now]);
    for (const { by, reason } of moves.slice(1))
      expect([by, reason]).toEqual(['engine', expect.stringContaining('按规则自动派单')]);
    expect(engine.told).toEqual([
      ['opened', moves[0]!.holder, moves[0]!.holder === 'U0' ? 'P0' : 'P1'],
      ['handed-over', 'U2', 'P2'],
    ]);
    expect(engine.acts.filter((act) => act === 'move-ticket')).toHaveLength(way.length - 1);
  },
);

test('the way asks for a photo: it stays, the record says who would have gone, its room is told once; a photo in, people go on', () => {
  const engine = confirmedFire(askingForPhotos(shippedWorkflow('registration').workflow, 'accepted'));
  expect(engine.ticket).toMatchObject({ step: 'registered', moves: [{}], holder: 'U1' });
  expect(engine.acts).toContain('propose-by-rule');
  expect(engine.acts).not.toContain('dispatch-by-rule');
  expect(engine.told).toEqual([
    ['opened', 'U1', 'P1'],
    ['proposal-needed', 'U1', 'P1'],
  ]);
  engine.say('S6', 'smoke');
  expect(engine.messages.filter((kind) => kind === 'proposal-needed')).toHaveLength(1);
});

test('every shipped workflow has a way to a team without people', () => {
  for (const { workflow } of shippedWorkflows())
    expect([workflow.id, confirmedFire(workflow).ticket.holderLevel]).toEqual([workflow.id, 'team']);
});
