import { expect, test } from 'vitest';
import { type Evidence, proposeRules } from './rule-proposals.ts';

const none: Evidence = { fleeting: [], chattering: [], closed: [] };
const water = { rule: 'water', kind: 'water' } as const;
const proposed = (evidence: Partial<Evidence>) => proposeRules({ ...none, ...evidence });

test('half of twenty fleeting: a delay that covers nine of ten of them; fewer, or a smaller share: nothing', () => {
  const fleeting = { ...water, raises: 20, fleeting: 10, lengthP90Ms: 6_200 };
  expect(proposed({ fleeting: [fleeting] })).toMatchObject([
    { change: 'on-delay', rule: 'water', delayMs: 7_000 },
  ]);
  expect(proposed({ fleeting: [{ ...fleeting, raises: 21 }] })).toEqual([]);
  expect(proposed({ fleeting: [{ ...fleeting, raises: 19 }] })).toEqual([]);
});

const restless = (device: string, bursts: number) => ({ ...water, device, bursts, pauseP90Ms: 4_000 });

test('one device chatters: it needs maintenance; five do: the rule needs a delay', () => {
  expect(proposed({ chattering: [restless('a', 3), restless('b', 2)] })).toMatchObject([
    { change: 'maintenance', device: 'a', bursts: 3 },
  ]);
  expect(
    proposed({ chattering: ['a', 'b', 'c', 'd', 'e'].map((device) => restless(device, 9)) }),
  ).toMatchObject([{ change: 'off-delay', rule: 'water', delayMs: 4_000, devices: 5 }]);
});

const closed = (device: string | null, cases: number, falseAlarms: number) => ({
  ...water,
  device,
  cases,
  falseAlarms,
});

test('three false of three prove nothing; eighteen of twenty say that the rule needs a second detector', () => {
  expect(proposed({ closed: [closed(null, 3, 3), closed('a', 3, 3)] })).toEqual([]);
  expect(proposed({ closed: [closed(null, 20, 18)] })).toMatchObject([
    { change: 'corroboration', rule: 'water' },
  ]);
});

test('a device that is false and restless is one work order, with both reasons', () => {
  const proposals = proposed({ closed: [closed('a', 6, 6)], chattering: [restless('a', 4)] });
  expect(proposals).toMatchObject([{ change: 'maintenance', device: 'a', bursts: 4, closed: { cases: 6 } }]);
  expect(proposals[0]!.why.zh).toMatch(/6 个结案中 6 个为误报.*反复报警 4 次/);
});
