import type { Change } from '@fenghuo/contracts/push.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openIncidents } from './open-incidents.ts';
import { OpenList } from './open-list.ts';
import { sampleAlarm, sampleIncident, sampleSnapshot, sampleTicket } from './sample-records.ts';
import { type World, withChanges, worldOf } from './world.ts';

const ids = ['1', '2', '3', '4', '5', '6'] as const;
const severity = fc.constantFrom('high', 'medium', 'low');
const aside = fc.constantFrom('unacknowledged', 'acknowledged', 'shelved');

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({
      id: fc.constantFrom(...ids),
      severity,
      openedAt: fc.nat(9),
      over: fc.boolean(),
      ticket: fc.boolean(),
    })
    .map(({ id, over, ticket, ...rest }) => ({
      topic: 'incident' as const,
      key: `I${id}`,
      doc: sampleIncident({
        ...{ id: `I${id}`, alarms: [`A${id}`, `B${id}`], ticket: ticket ? `T${id}` : null, ...rest },
        closedAt: over ? 1 : null,
      }),
    })),
  fc
    .record({
      id: fc.constantFrom(...ids),
      letter: fc.constantFrom('A', 'B'),
      state: aside,
      gone: fc.boolean(),
    })
    .map(({ id, letter, state, gone }) => ({
      topic: 'alarm' as const,
      key: `${letter}${id}`,
      doc: gone ? null : alarmOf(`${letter}${id}`, `I${id}`, state),
    })),
  fc.record({ id: fc.constantFrom(...ids), over: fc.boolean() }).map(({ id, over }) => ({
    topic: 'ticket' as const,
    key: `T${id}`,
    doc: sampleTicket({ id: `T${id}`, incident: `I${id}`, closedAt: over ? 1 : null }),
  })),
);

function alarmOf(id: string, incident: string, state: 'unacknowledged' | 'acknowledged' | 'shelved') {
  const acknowledged = state === 'acknowledged';
  return sampleAlarm({ id, incident, state, acknowledged, shelved: state === 'shelved' });
}

/** What is drawn of either. */
const drawn = (
  open: readonly { incident: { id: string }; unacknowledged: boolean; alarms: readonly { id: string }[] }[],
) =>
  open.map(({ incident, unacknowledged, alarms }) => [
    incident.id,
    unacknowledged,
    alarms.map(({ id }) => id),
  ]);

const after = (world: World, changes: Change[]): World =>
  withChanges(world, { after: world.no, no: world.no + 1, at: 0, changes });

test('kept up change by change it is what a reading of the whole world would be', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyChange, { maxLength: 6 }), { maxLength: 12 }), (batches) => {
      let world = worldOf(sampleSnapshot({}));
      const list = new OpenList();
      list.take(world);
      for (const batch of batches) {
        world = after(world, batch);
        list.apply(batch);
        expect(drawn(list.order)).toEqual(drawn(openIncidents(world)));
      }
    }),
  );
});

test('snapshot → an alarm closes → a page read before that comes late → it stays closed', () => {
  const incident = sampleIncident({ id: 'I1', alarms: ['A1', 'A2'] });
  const list = new OpenList();
  list.take(
    worldOf(sampleSnapshot({ incidents: [incident], alarms: [sampleAlarm({ id: 'A1', incident: 'I1' })] })),
  );
  list.apply([{ topic: 'alarm', key: 'A2', doc: sampleAlarm({ id: 'A2', incident: 'I1', closedAt: 5 }) }]);
  list.fill([sampleAlarm({ id: 'A2', incident: 'I1' })]);
  expect(drawn(list.order)).toEqual([['I1', true, ['A1']]]);
});

test('snapshot → a page brings alarms that it left out → their incident has them', () => {
  const incident = sampleIncident({ id: 'I1', alarms: ['A1', 'A2'] });
  const list = new OpenList();
  list.take(worldOf(sampleSnapshot({ incidents: [incident] })));
  list.fill([sampleAlarm({ id: 'A1', incident: 'I1' }), sampleAlarm({ id: 'A2', incident: 'I1' })]);
  expect(drawn(list.order)).toEqual([['I1', true, ['A1', 'A2']]]);
  expect(list.alarmCount).toBe(2);
});
