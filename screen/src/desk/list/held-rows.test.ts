import { expect, test } from 'vitest';
import type { Listed } from '../../state/open-list.ts';
import { sampleAlarm, sampleIncident } from '../../state/sample-records.ts';
import { holdOrder, rowKey, rowsOf, stayOf } from './held-rows.ts';

function listed(
  id: string,
  given: Partial<Listed['incident']> = {},
  alarms = [`${id}-a`, `${id}-b`],
): Listed {
  const lines = alarms.map((alarm) => sampleAlarm({ id: alarm, incident: id }));
  return {
    incident: sampleIncident({ id, alarms, ...given }),
    ticket: null,
    alarms: lines,
    unacknowledged: true,
  };
}

const findIn = (now: readonly Listed[]) => (id: string) => now.find(({ incident }) => incident.id === id);

test('the hand comes → one is raised above, one ends, one gets another alarm → every row keeps its place', () => {
  const before = [listed('I1'), listed('I2'), listed('I3')];
  const now = [
    listed('new', { severity: 'high' }),
    listed('I1'),
    listed('I3', { version: 2 }, ['I3-a', 'I3-b', 'I3-c']),
  ];
  const held = holdOrder(stayOf(before), now, findIn(now));
  const all = { all: true, ids: new Set<string>() };
  expect(rowsOf(held.order, all).map(rowKey)).toEqual(rowsOf(before, all).map(rowKey));
  expect(held.order[2]?.incident.version).toBe(2);
  expect([held.waiting, held.gravest]).toEqual([1, 'high']);
});

test('of what waits the gravest is told', () => {
  const now = [listed('a', { severity: 'medium' }), listed('b', { severity: 'low' })];
  expect(holdOrder(stayOf([]), now, findIn(now))).toEqual({ order: [], waiting: 2, gravest: 'medium' });
  expect(holdOrder(stayOf(now), now, findIn(now)).gravest).toBeNull();
});

test('alarms stand below their incident where it is unfolded, and nowhere else', () => {
  const order = [listed('I1'), listed('I2')];
  expect(rowsOf(order, { all: false, ids: new Set(['I2']) }).map(rowKey)).toEqual([
    'I1',
    'I2',
    'I2-a',
    'I2-b',
  ]);
});
