import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import { sampleAlarm } from '../../state/sample-records.ts';
import { callIn } from './beeps.ts';

const told = (given: Partial<AlarmRecord>) => ({
  topic: 'alarm' as const,
  key: 'A1',
  doc: sampleAlarm({ id: 'A1', ...given }),
});
const nothing = () => undefined;

test('raised → it is heard by its severity; told again unchanged → nothing; graver → it is heard again', () => {
  expect(callIn([told({ severity: 'low' })], nothing)).toBe('low');
  const before = () => sampleAlarm({ id: 'A1', severity: 'low' });
  expect(callIn([told({ severity: 'low', value: 9 })], before)).toBeNull();
  expect(callIn([told({ severity: 'high' })], before)).toBe('high');
});

test('acknowledged → nothing; gone off again after that → it is heard', () => {
  expect(callIn([told({ state: 'acknowledged' })], nothing)).toBeNull();
  expect(callIn([told({})], () => sampleAlarm({ id: 'A1', state: 'acknowledged' }))).toBe('high');
});

test('of several the gravest is heard; a drill’s as low; a shelved one and a closed one not at all', () => {
  expect(callIn([told({ severity: 'low' }), told({ severity: 'medium' })], nothing)).toBe('medium');
  expect(callIn([told({ run: 'D1' })], nothing)).toBe('low');
  expect(callIn([told({ state: 'shelved' }), told({ closedAt: 1 })], nothing)).toBeNull();
});
