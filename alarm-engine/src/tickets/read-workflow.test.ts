import { readFileSync } from 'node:fs';
import { type Severity, severities, ticketStages } from '@fenghuo/contracts/words.ts';
import { actWords, escalateEveryMs, movesOf, type Workflow } from '@fenghuo/contracts/workflow.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { shippedWorkflow, shippedWorkflows } from '../shipped-workflows.ts';
import { readWorkflow } from './read-workflow.ts';

const { text: wenling } = shippedWorkflow();
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

/** The faults of Wenling's workflow with one part of its text exchanged. */
function faults(part: string, other: string): string[] {
  const text = wenling.replace(part, other);
  expect(text).not.toBe(wenling);
  const read = readWorkflow(text, 1);
  return read.ok ? [] : read.errors.map(({ line, path, message }) => `${line} ${path} ${message.en}`);
}

test('the house comes with four, each of which says what is owed for each severity', () => {
  expect(shippedWorkflows().map(({ workflow }) => workflow.id)).toEqual([
    ...['case-file', 'dispatch', 'registration', 'wenling'],
  ]);
  for (const { workflow } of shippedWorkflows())
    for (const severity of severities) {
      expect(workflow.severities[severity].deadlines.length).toBeGreaterThan(0);
      expect(escalateEveryMs(workflow, severity)).toBeGreaterThan(0);
    }
});

test('what nobody knows, a time without its unit, a wrong level: each is told where it stands', () => {
  expect(faults('    held_by: township', '    held_bye: township')).toEqual([
    `${lineOf(wenling, 'held_by: township') - 3} steps.received.held_by is missing`,
    `${lineOf(wenling, 'held_by: township')} steps.received.held_bye is not known here`,
  ]);
  expect(faults('escalate_every: 60 s', 'escalate_every: 60')).toHaveLength(1);
  expect(faults('accepted: 60 s', 'accepted: 60 seconds')[0]).toContain('is no time such as "40 s"');
  expect(faults('reopen: {', 'reopen: [')).not.toEqual([]);
});

test('a move to nowhere, a way back that is called forward, a false alarm that is none', () => {
  expect(faults('      - to: dispatched\n', '      - to: dispatch\n')).toContain(
    `${lineOf(wenling, '- to: dispatched')} steps.received.moves.0.to names no step of this workflow`,
  );
  expect(faults('{ to: received, kind: return', '{ to: received, kind: forward')).toEqual([
    expect.stringContaining('steps.dispatched.moves.1.to leads back: say kind: return'),
  ]);
  expect(faults('      - to: supervision\n', '      - { to: supervision, kind: return }\n')).toEqual([
    expect.stringContaining('leads on, and not back'),
  ]);
  expect(faults('{ to: false-alarm, kind: false-alarm }', '{ to: false-alarm }')).toEqual([
    expect.stringContaining('kind: false-alarm leads to the stage false-alarm'),
  ]);
});

test('a dead step, a step without an end, two of one id, stages in disorder, a first step that is none', () => {
  expect(faults('      - to: supervision\n', '')).toContain(
    `${lineOf(wenling, '- id: supervision') - 1} steps.supervision is dead: no move leads on to it`,
  );
  expect(faults('      - { to: feedback, by: [holder, township], evidence: { note: 1 } }\n', '')).toEqual(
    expect.arrayContaining([expect.stringContaining('steps.under-control reaches no end of stage closed')]),
  );
  expect(faults('- id: en-route', '- id: accepted')).toContainEqual(
    expect.stringContaining('is the id of an earlier step, too'),
  );
  expect(faults('    stage: en-route', '    stage: review')).toContainEqual(
    expect.stringContaining('comes before review'),
  );
  expect(faults('    stage: received', '    stage: dispatched')).toContainEqual(
    expect.stringContaining('a ticket opens at the first step'),
  );
});

test('what must be supervised and cannot be: no end', () => {
  const dispatch = shippedWorkflow('dispatch').text;
  const read = readWorkflow(
    dispatch.replace('escalate_every: 60 s', 'escalate_every: 60 s\n    supervised: true'),
    1,
  );
  expect(read.ok ? [] : read.errors.map(({ message }) => message.en)).toContain(
    'reaches no end of stage closed',
  );
});

test('a deadline before the one of an earlier stage, or for a stage that no step has', () => {
  expect(faults('on-scene: 3 min', 'on-scene: 30 s')).toEqual([
    `${lineOf(wenling, 'on-scene: 3 min')} severities.high.deadlines.on-scene is due before a stage that comes first`,
  ]);
  const { text } = shippedWorkflow('dispatch');
  const read = readWorkflow(text.replace('dispatched: 4 h', 'accepted: 4 h'), 1);
  expect(read.ok ? [] : read.errors).toMatchObject([
    { line: lineOf(text, 'dispatched: 4 h'), message: { en: 'is the stage of no step of this workflow' } },
  ]);
});

/** Whether some sequence of allowed moves ends a ticket that stands at a step; said again in a way of its own. */
function canEnd(workflow: Workflow, step: string, severity: Severity): boolean {
  const ways = new Map(
    workflow.steps.map(({ id, stage }) => [
      id,
      movesOf(workflow, { step: id, stage, severity, listed: null }).map(({ to }) => to),
    ]),
  );
  let reached = new Set([step]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    reached = new Set([...reached, ...[...reached].flatMap((id) => ways.get(id) ?? [])]);
  }
  return [...reached].some((id) => workflow.steps.find((one) => one.id === id)?.stage === 'closed');
}

interface Raw {
  steps: { id: string; stage: string; moves?: { to: string }[] }[];
}

test('whatever is taken out of or exchanged in a shipped one: refused at load, or every step still reaches an end', () => {
  const change = fc.record({
    which: fc.nat(3),
    step: fc.nat(10),
    move: fc.nat(3),
    what: fc.constantFrom('drop-move', 'drop-step', 'turn-move', 'other-stage'),
    to: fc.nat(10),
  });
  const raws = shippedWorkflows().map(({ text }) => parse(text) as Raw);
  let taken = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const raw = structuredClone(raws[changes[0]!.which]!);
      for (const { step: at, move: j, what, to } of changes) {
        const step = raw.steps[at % raw.steps.length]!;
        const moves = step.moves ?? [];
        if (what === 'drop-step') raw.steps.splice(at % raw.steps.length, 1);
        else if (what === 'other-stage') step.stage = ticketStages[to]!;
        else if (what === 'drop-move') moves.splice(j % (moves.length || 1), 1);
        else if (moves.length > 0) moves[j % moves.length]!.to = raw.steps[to % raw.steps.length]!.id;
      }
      const read = readWorkflow(stringify(raw), 1);
      if (!read.ok) return;
      taken += 1;
      const ending = ['closed', 'false-alarm'];
      for (const { id, stage } of read.workflow.steps)
        for (const severity of severities)
          if (!ending.includes(stage)) expect(canEnd(read.workflow, id, severity), id).toBe(true);
    }),
    { numRuns: 100 },
  );
  expect(taken).toBeGreaterThan(0);
});

test('the example of the document is one', () => {
  const document = readFileSync(new URL('../../../docs/workflows.md', import.meta.url), 'utf8');
  const [, example] = /```yaml\n(.*?)```/s.exec(document)!;
  expect(readWorkflow(example!, 1)).toMatchObject({ ok: true, workflow: { id: 'our-county' } });
});

test('a button says what people do, such as Accept; where a workflow has no word for it, the name of the step', () => {
  const { text } = shippedWorkflow('wenling');
  const said = (of: string) => {
    const read = readWorkflow(of, 1);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    return actWords(read.workflow.steps.find(({ id }) => id === 'accepted')!).en;
  };
  expect(said(text)).toBe('Accept');
  expect(said(text.replace(/^ +act: .*\n/gm, ''))).toBe('Accepted');
});
