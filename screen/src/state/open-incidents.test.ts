import { expect, test } from 'vitest';
import { openIncidents } from './open-incidents.ts';
import { sampleAlarm, sampleIncident, sampleSnapshot, sampleTicket } from './sample-records.ts';
import { worldOf } from './world.ts';

test('the gravest stands first: live before drill, then severity, then the newest', () => {
  const world = worldOf(
    sampleSnapshot({
      incidents: [
        sampleIncident({ id: 'drill', run: 'D1', openedAt: 900 }),
        sampleIncident({ id: 'leak', severity: 'low', openedAt: 800 }),
        sampleIncident({ id: 'older', openedAt: 100 }),
        sampleIncident({ id: 'newer', openedAt: 200 }),
        sampleIncident({ id: 'gas', severity: 'medium', openedAt: 700 }),
      ],
    }),
  );
  expect(openIncidents(world).map(({ incident }) => incident.id)).toEqual([
    'newer',
    'older',
    'gas',
    'leak',
    'drill',
  ]);
});

test('an incident has its ticket and its open alarms, and calls until all are acknowledged', () => {
  const parts = {
    incidents: [sampleIncident({ id: 'I1', ticket: 'T1', alarms: ['A1', 'closed', 'A2'] })],
    tickets: [sampleTicket({ id: 'T1' })],
    alarms: [sampleAlarm({ id: 'A2', acknowledged: true }), sampleAlarm({ id: 'A1' })],
  };
  const [open] = openIncidents(worldOf(sampleSnapshot(parts)));
  expect(open?.ticket?.id).toBe('T1');
  expect(open?.alarms.map((alarm) => alarm.id)).toEqual(['A1', 'A2']);
  expect(open?.unacknowledged).toBe(true);
});
