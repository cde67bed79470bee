import { expect, test } from 'vitest';
import { compareAlarms } from './compare-alarms.ts';
import type { RaisedAlarm } from './heard-alarms.ts';

const raised = (device: string, more: Partial<RaisedAlarm> = {}): RaisedAlarm => ({
  ...{ device, kind: 'smoke', severity: 'high', afterMs: 0 },
  ...more,
});

test('what is sooner or later is the same; added, removed and graver are told apart', () => {
  const before = [raised('S-1'), raised('S-2', { severity: 'low' }), raised('S-3'), raised('S-3')];
  const after = [raised('S-1', { afterMs: 9 }), raised('S-2'), raised('S-3'), raised('S-4')];
  expect(compareAlarms(before, after)).toEqual({
    added: [raised('S-4')],
    removed: [raised('S-3')],
    changed: [{ ...raised('S-2'), before: 'low' }],
  });
});

test('against itself nothing differs', () => {
  const all = [raised('S-1'), raised('S-1', { kind: 'heat' }), raised('S-1')];
  expect(compareAlarms(all, all)).toEqual({ added: [], removed: [], changed: [] });
});
