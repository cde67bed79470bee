import type { MessageTicket } from '@fenghuo/contracts/deliveries.ts';
import { expect, test } from 'vitest';
import type { WaitingDelivery } from '../store/sql/find-delivery.ts';
import { type OutwardChannel, passOut } from './pipeline.ts';

const words = { zh: '火警', en: 'Fire' };
const ticket: MessageTicket = {
  ...{
    id: 'T-1',
    run: null,
    incident: 'I-1',
    caseCode: 'WL-1',
    severity: 'high',
    title: words,
    place: words,
  },
  ...{ area: '', stage: 'received', holder: 'U1', holderLevel: 'township', due: null },
};
const waiting: WaitingDelivery = {
  ...{ id: '331081-M1-opened:webhook:P1', channel: 'webhook', attempts: 0, at: 0, demo: false, drill: null },
  person: { id: 'P1', name: '李梅', phone: '13900000004' },
  unit: 'U1',
  says: { kind: 'opened', run: null, note: null, ticket },
};

async function passedOut(delivery: WaitingDelivery, configured = true) {
  const sent: object[] = [];
  const channel: OutwardChannel = {
    async send(message) {
      sent.push(message);
      return { state: 'sent' };
    },
  };
  const verdict = await passOut(delivery, configured ? new Map([['webhook', channel]]) : new Map());
  return { verdict, sent: sent.length };
}

const drilled = (participants: string[], over: boolean): WaitingDelivery => ({
  ...waiting,
  drill: { participants, over },
  says: { ...waiting.says, run: 'R1' },
});

test('a participant of a drill that runs is told', async () => {
  expect(await passedOut(drilled(['P1'], false))).toMatchObject({ sent: 1 });
});

test('that a drill is over is told once it is, to who took part and nobody else', async () => {
  const says = { kind: 'drill-ended', run: 'R1', drill: { title: words, startedBy: 'tester' } } as const;
  expect(await passedOut({ ...drilled(['P1'], true), says })).toMatchObject({ sent: 1 });
  expect(await passedOut({ ...drilled(['P2'], true), says })).toMatchObject({ sent: 0 });
});

test('of a drill, without a ticket: who takes no part is not told', async () => {
  const verdict = { state: 'refused', reason: 'no-participant' };
  const says = { kind: 'broadcast', run: 'R1', note: words, ticket: null } as const;
  expect(await passedOut({ ...drilled(['P2'], false), says })).toEqual({ verdict, sent: 0 });
});

test('a real person of a configured channel is told', async () => {
  expect(await passedOut(waiting)).toEqual({ verdict: { state: 'sent' }, sent: 1 });
});

test.each([
  ['demo-data', { ...waiting, demo: true }, true],
  ['person-gone', { ...waiting, person: null }, true],
  ['not-configured', waiting, false],
  ['no-participant', drilled(['P2'], false), true],
  ['no-participant', { ...drilled(['P1'], false), drill: null }, true],
  ['drill-over', drilled(['P1'], true), true],
])('refused: %s', async (reason, delivery, configured) => {
  expect(await passedOut(delivery, configured)).toEqual({ verdict: { state: 'refused', reason }, sent: 0 });
});
