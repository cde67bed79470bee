import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import { openIncidents } from './open-incidents.ts';
import { putAside } from './put-aside.ts';
import { sampleAlarm, sampleIncident, sampleSnapshot, sampleTicket } from './sample-records.ts';
import { worldOf } from './world.ts';

const hold = (id: string, of: Partial<HoldRecord>): HoldRecord => ({
  ...{ id, kind: 'out-of-service', device: null, building: null, area: '331081100203-02' },
  ...{ place: { zh: '泽国镇', en: 'Zeguo' }, reason: '检修', startedAt: 0, startedBy: 'li', until: 900 },
  ...{ endedAt: null, endedBy: null, version: 1 },
  ...of,
});
const shelf = { since: 0, until: 500, by: 'wang', reason: '粉尘' };

test('what is put aside shows with its end and why; what shows again first stands first', () => {
  const world = worldOf(
    sampleSnapshot({
      alarms: [
        sampleAlarm({ id: 'A1', state: 'out-of-service', outOfService: true }),
        sampleAlarm({ id: 'A2', state: 'shelved', shelved: true, shelf }),
        sampleAlarm({ id: 'A3', state: 'suppressed-by-design', suppressed: true, building: 'B9' }),
        sampleAlarm({ id: 'A4' }),
      ],
      holds: [hold('H1', { device: 'YG-1', until: 700 }), hold('H2', { building: 'B1' })],
    }),
  );
  expect(putAside(world).map(({ alarm, until, by }) => [alarm.id, until, by])).toEqual([
    ['A2', 500, 'wang'],
    ['A1', 900, 'li'],
    ['A3', null, null],
  ]);
});

test('an incident all of whose alarms are put aside is not open to see, unless it has a ticket', () => {
  const alarms = [sampleAlarm({ id: 'A1', state: 'shelved', shelved: true, shelf, acknowledged: false })];
  const bare = { incidents: [sampleIncident({ id: 'I1', alarms: ['A1'] })], alarms };
  expect(openIncidents(worldOf(sampleSnapshot(bare)))).toEqual([]);
  const ordered = {
    ...{ incidents: [sampleIncident({ id: 'I1', alarms: ['A1'], ticket: 'T1' })], alarms },
    tickets: [sampleTicket({ id: 'T1' })],
  };
  expect(openIncidents(worldOf(sampleSnapshot(ordered)))).toMatchObject([{ unacknowledged: false }]);
});
