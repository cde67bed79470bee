import type { TicketStage } from '@fenghuo/contracts/words.ts';
import { expect, test } from 'vitest';
import { shippedWorkflow } from '../shipped-workflows.ts';
import { nextDue } from './deadlines.ts';

const { workflow } = shippedWorkflow();
const opened = { countedFrom: 1_000_000, since: 1_000_000 };
const due = (stage: TicketStage, clock = opened) => nextDue(workflow, { severity: 'high', stage }, clock);

test('high: accepted in 60 s, on scene in 3 min, under control in 5 min, counted from the opening', () => {
  expect(due('received')).toMatchObject({ stage: 'accepted', at: 1_060_000 });
  expect(due('dispatched')).toMatchObject({ stage: 'accepted', at: 1_060_000 });
  expect(due('accepted')).toMatchObject({ stage: 'on-scene', at: 1_180_000 });
  expect(due('on-scene')).toMatchObject({ stage: 'under-control', at: 1_300_000 });
  expect([due('closed'), due('false-alarm')]).toEqual([null, null]);
});

test('the light is yellow in the last third of the time that the ring runs down', () => {
  expect(due('received')).toMatchObject({ since: 1_000_000, yellowAt: 1_040_000 });
  expect(due('accepted', { ...opened, since: 1_030_000 })).toMatchObject({
    yellowAt: 1_130_000,
    at: 1_180_000,
  });
  const often = { ...workflow, yellowShare: 0.5 };
  expect(nextDue(often, { severity: 'high', stage: 'received' }, opened)?.yellowAt).toBe(1_030_000);
});

test('what is reached late is due at once, and yellow never', () => {
  expect(due('accepted', { ...opened, since: 1_200_000 })).toMatchObject({
    yellowAt: 1_180_000,
    at: 1_180_000,
  });
});
