import { isDeviceId } from '@fenghuo/contracts/topics.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceIdOf } from './foreign-identities.ts';

const unknown = { deviceOf: () => null };
const idOf = (entity: string) => deviceIdOf(unknown, 'zigbee2mqtt', entity);

test.each([
  ['kitchen', 'z2m:kitchen'],
  ['north/kitchen', 'z2m:north:kitchen'],
  ['厨房', 'z2m:厨房'],
  ['0x00158d0001a2b3c4', 'z2m:0x00158d0001a2b3c4'],
])('%s waits as %s', (entity, id) => {
  expect(idOf(entity)).toBe(id);
});

test('a registered device is meant before any other', () => {
  expect(deviceIdOf({ deviceOf: () => 'S-1' }, 'zigbee2mqtt', 'kitchen')).toBe('S-1');
});

test('names that differ are devices that differ, whatever had to be replaced', () => {
  const alike = ['a b', 'a-b', 'a/b', 'a:b', 'a  b', 'a/b:c', 'a:b/c', 'x'.repeat(80), 'x'.repeat(81)];
  expect(new Set(alike.map(idOf)).size).toBe(alike.length);
});

test('whatever a device is called, its id is one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 0, maxLength: 100 }), (entity) => {
      expect(isDeviceId(idOf(entity))).toBe(true);
    }),
  );
});
