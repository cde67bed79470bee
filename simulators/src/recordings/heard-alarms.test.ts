import { expect, test } from 'vitest';
import { fingerprintOf, type RaisedAlarm } from './heard-alarms.ts';

const raised = (device: string, afterMs: number, more: Partial<RaisedAlarm> = {}): RaisedAlarm => ({
  ...{ device, kind: 'smoke', severity: 'high', afterMs },
  ...more,
});

test('the same alarms, sooner or later and in another order, have one fingerprint', () => {
  const once = fingerprintOf([raised('S-1', 10), raised('S-2', 20)]);
  expect(fingerprintOf([raised('S-2', 5), raised('S-1', 90)])).toBe(once);
});

test('an alarm more, another device, another severity: another fingerprint', () => {
  const prints = [
    [raised('S-1', 0)],
    [raised('S-1', 0), raised('S-1', 0)],
    [raised('S-3', 0)],
    [raised('S-1', 0, { severity: 'low' })],
    [],
  ].map(fingerprintOf);
  expect(new Set(prints).size).toBe(prints.length);
});
