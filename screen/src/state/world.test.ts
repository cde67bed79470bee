import { expect, test } from 'vitest';
import { sampleAlarm, sampleIncident, sampleSnapshot, sampleTicket } from './sample-records.ts';
import { withChanges, worldOf } from './world.ts';

const fire = sampleIncident({ id: 'I1', ticket: 'T1', alarms: ['A1'] });
const start = worldOf(
  sampleSnapshot({
    incidents: [fire],
    tickets: [sampleTicket({ id: 'T1' })],
    alarms: [sampleAlarm({ id: 'A1' })],
  }),
);

test('a snapshot is the whole world', () => {
  expect(start.no).toBe(10);
  expect([...start.incidents.keys()]).toEqual(['I1']);
  expect(start.alarms.get('A1')?.floor).toBe(5);
});

test('changes put records in and replace them, in order', () => {
  const after = withChanges(start, {
    after: 10,
    no: 13,
    at: 500,
    changes: [
      { topic: 'alarm', key: 'A2', doc: sampleAlarm({ id: 'A2' }) },
      { topic: 'ticket', key: 'T1', doc: sampleTicket({ id: 'T1', stage: 'accepted', version: 2 }) },
      { topic: 'ticket', key: 'T1', doc: sampleTicket({ id: 'T1', stage: 'en-route', version: 3 }) },
    ],
  });
  expect([after.no, after.at]).toEqual([13, 500]);
  expect([...after.alarms.keys()]).toEqual(['A1', 'A2']);
  expect(after.tickets.get('T1')?.stage).toBe('en-route');
});

test('what is closed, ended or gone from the area leaves the world', () => {
  const after = withChanges(start, {
    after: 10,
    no: 13,
    at: 0,
    changes: [
      { topic: 'alarm', key: 'A1', doc: null },
      { topic: 'incident', key: 'I1', doc: { ...fire, closedAt: 9 } },
      { topic: 'ticket', key: 'T1', doc: sampleTicket({ id: 'T1', closedAt: 9 }) },
    ],
  });
  expect([after.alarms.size, after.incidents.size, after.tickets.size]).toEqual([0, 0, 0]);
});

test('a drill that ended is no longer running', () => {
  const drill = {
    id: 'D1',
    title: '演练',
    participants: [],
    startedAt: 0,
    startedBy: 'x',
    endedAt: null,
    version: 1,
  };
  const running = withChanges(start, {
    after: 10,
    no: 11,
    at: 0,
    changes: [{ topic: 'drill', key: 'D1', doc: drill }],
  });
  expect(running.drills.size).toBe(1);
  const ended = withChanges(running, {
    after: 11,
    no: 12,
    at: 0,
    changes: [{ topic: 'drill', key: 'D1', doc: { ...drill, endedAt: 5 } }],
  });
  expect(ended.drills.size).toBe(0);
});

test('the world before is left as it was, and untouched maps are shared', () => {
  const after = withChanges(start, {
    after: 10,
    no: 11,
    at: 0,
    changes: [{ topic: 'alarm', key: 'A1', doc: null }],
  });
  expect(start.alarms.size).toBe(1);
  expect(after.incidents).toBe(start.incidents);
});
