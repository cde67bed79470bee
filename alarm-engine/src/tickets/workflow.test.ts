import { nextSteps } from '@fenghuo/contracts/ticket-workflow.ts';
import { ticketStages } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { nextDue } from './deadlines.ts';
import { checkMove } from './workflow.ts';

test('received → dispatched → accepted → en-route → on-scene → under-control → feedback → review → supervision → closed', () => {
  const loop = ticketStages.filter((step) => step !== 'false-alarm');
  for (const [i, step] of loop.slice(0, -1).entries())
    expect(checkMove(step, loop[i + 1]!, '')).toMatchObject({ ok: true });
});

test('received → closed: refused with what is allowed', () => {
  expect(checkMove('received', 'closed', '')).toEqual({
    ok: false,
    reason: 'not-allowed-now',
    allowed: ['dispatched', 'false-alarm'],
  });
});

test('a false alarm and a return say why', () => {
  expect(checkMove('on-scene', 'false-alarm', ' ')).toMatchObject({ ok: false, reason: 'reason-required' });
  expect(checkMove('on-scene', 'false-alarm', '做饭油烟')).toEqual({ ok: true });
  expect(checkMove('dispatched', 'received', '')).toMatchObject({ ok: false, reason: 'reason-required' });
});

test('every step can reach an end', () => {
  const ends = (step: (typeof ticketStages)[number], seen = new Set<string>()): boolean =>
    nextSteps[step].length === 0 ||
    nextSteps[step].some((next) => !seen.has(next) && ends(next, new Set([...seen, step])));
  for (const step of ticketStages) expect(ends(step)).toBe(true);
});

test('high: accepted in 60 s, on scene in 3 min, under control in 5 min, counted from the opening', () => {
  const due = (step: Parameters<typeof nextDue>[1]) => nextDue('high', step, 1_000_000, 1_000_000);
  expect(due('received')).toMatchObject({ stage: 'accepted', at: 1_060_000 });
  expect(due('dispatched')).toMatchObject({ stage: 'accepted', at: 1_060_000 });
  expect(due('accepted')).toMatchObject({ stage: 'on-scene', at: 1_180_000 });
  expect(due('on-scene')).toMatchObject({ stage: 'under-control', at: 1_300_000 });
  expect(due('closed')).toBeNull();
  expect(due('false-alarm')).toBeNull();
});
