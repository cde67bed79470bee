import type { ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import { expect, test } from 'vitest';
import { anAlarm, anIncident, aTicket } from '../ambient/records.fixture.ts';
import { takeChanges, worldOf } from './feed.ts';

test('snapshot, then changes: records come, change, close and go', () => {
  const world = worldOf(snapshot(7));
  expect([...world.alarms.keys()]).toEqual(['A1']);
  const raised: ChangesMessage['changes'] = [
    { topic: 'alarm', key: 'A2', doc: anAlarm({ id: 'A2' }) },
    { topic: 'alarm', key: 'A1', doc: anAlarm({ closedAt: 5 }) },
    { topic: 'ticket', key: 'T1', doc: aTicket({ step: 'accepted' }) },
    { topic: 'incident', key: 'I1', doc: null },
  ];
  expect(takeChanges(world, changes(7, 9, raised))).toBe(true);
  expect([...world.alarms.keys()]).toEqual(['A2']);
  expect(world.tickets.get('T1')?.step).toBe('accepted');
  expect(world.incidents.size).toBe(0);
  expect(world.no).toBe(9);
});

test('changes after a gap are not taken: the world stays and is asked for again', () => {
  const world = worldOf(snapshot(7));
  expect(takeChanges(world, changes(8, 9, [{ topic: 'alarm', key: 'A1', doc: null }]))).toBe(false);
  expect(world.no).toBe(7);
  expect(world.alarms.size).toBe(1);
});

test('changes that are known already do nothing', () => {
  const world = worldOf(snapshot(7));
  expect(takeChanges(world, changes(5, 7, [{ topic: 'alarm', key: 'A1', doc: null }]))).toBe(true);
  expect(world.alarms.size).toBe(1);
});

function changes(after: number, no: number, list: ChangesMessage['changes']): ChangesMessage {
  return { after, no, at: 0, changes: list };
}

function snapshot(no: number): Snapshot {
  const county = {
    code: '331081',
    name: { zh: '温岭市', en: 'Wenling' },
    bounds: [121, 28, 122, 29] as [number, number, number, number],
    demo: true,
    timeZone: 'Asia/Shanghai',
    detectors: 1,
    cameras: 0,
    buildings: 1,
    unitCounts: { county: 1, township: 1, station: 1, village: 1, grid: 1, team: 1 },
  };
  return {
    no,
    directoryNo: 1,
    at: 0,
    county,
    units: [],
    places: [],
    alarms: [anAlarm()],
    incidents: [anIncident()],
    tickets: [aTicket()],
    drills: [],
    holds: [],
    alarmsLeftOut: 0,
    floods: [],
    broadcasts: [],
    workflows: [],
  };
}
