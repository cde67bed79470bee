import { expect, test } from 'vitest';
import { sampleAlarm, sampleIncident, sampleSnapshot, sampleTicket } from '../state/sample-records.ts';
import { worldOf } from '../state/world.ts';
import { calls, dueOf, keptWorld, nextMoves, ordersOf } from './orders.ts';
import type { WaitingMove } from './outbox.ts';

const words = { zh: '步', en: 'step' };
const step = (id: string, stage: 'dispatched' | 'accepted' | 'feedback', to: string | null) => ({
  ...{ id, stage, name: words, heldBy: stage === 'feedback' ? ('township' as const) : ('team' as const) },
  moves:
    to === null
      ? []
      : [
          { to: 'back', kind: 'return' as const, by: ['holder' as const], reason: true, evidence: [] },
          { to, kind: 'forward' as const, by: ['holder' as const], reason: false, evidence: [] },
        ],
});
const severity = {
  acknowledgedWithinMs: null,
  deadlines: [],
  escalateEveryMs: null,
  followUpWithinMs: null,
  supervised: false,
};
const world = worldOf(
  sampleSnapshot({
    tickets: [
      sampleTicket({ id: 'mild', incident: 'I2', severity: 'low' }),
      sampleTicket({ id: 'ours', incident: 'I1' }),
      sampleTicket({ id: 'theirs', incident: 'I3', holder: 'T9' }),
    ],
    incidents: ['I1', 'I2', 'I3'].map((id) => sampleIncident({ id, alarms: [`A${id}`] })),
    alarms: ['I1', 'I2', 'I3'].map((incident) => sampleAlarm({ id: `A${incident}`, incident })),
    workflows: [
      {
        ...{ id: 'wenling', version: 1, name: words, yellowShare: 0.3, reopen: null },
        severities: { high: severity, medium: severity, low: severity },
        steps: [
          step('dispatched', 'dispatched', 'accepted'),
          step('accepted', 'accepted', 'feedback'),
          step('feedback', 'feedback', null),
        ],
      },
    ],
    units: [
      {
        ...{ id: 'T1', level: 'team', parent: null, area: '331081', name: words, lon: 0, lat: 0 },
        ...{ capabilities: [], staff: 1, onDuty: null },
      },
    ],
  }),
);
const who = { account: 'li', name: '李', role: 'responder', area: '331081', unit: 'T1' } as const;
const nothing = { entries: [], told: new Map() };

test('a phone shows the orders of its unit, the gravest first, and keeps nothing of others', () => {
  expect(ordersOf(world, who, nothing).map(({ ticket }) => ticket.id)).toEqual(['ours', 'mild']);
  const kept = keptWorld(world, who, []);
  expect([...kept.tickets.keys(), ...kept.alarms.keys()].toSorted()).toEqual(['AI1', 'AI2', 'mild', 'ours']);
  expect(ordersOf(kept, who, nothing)).toEqual(ordersOf(world, who, nothing));
});

test('accepted without network: the order calls no more, and offers what follows, the way back last', () => {
  const accept: WaitingMove = {
    ...{ kind: 'move', no: 1, id: 'm', account: 'li', ticket: 'ours', incident: 'I1', caseCode: '' },
    ...{ doneAt: 0, refused: null, from: 'dispatched', to: 'accepted', toName: words, reason: '' },
    ...{ version: 1, needsFiles: false },
  };
  const [order] = ordersOf(world, who, nothing);
  const [after] = ordersOf(world, who, { entries: [accept], told: new Map() });
  expect([calls(order!), calls(after!)]).toEqual([true, false]);
  expect([dueOf(order!)?.stage, dueOf(after!)]).toEqual(['accepted', null]);
  expect(nextMoves(after!, world, who).map(({ to }) => to)).toEqual(['feedback', 'back']);
});
