import { expect, test } from 'vitest';
import type { WaitingDelivery } from '../store/sql/find-delivery.ts';
import { type OutwardChannel, passOut } from './pipeline.ts';

const words = { zh: '火警', en: 'Fire' };
const waiting: WaitingDelivery = {
  ...{
    id: '331081-M1-opened:webhook:P1',
    kind: 'opened',
    channel: 'webhook',
    attempts: 0,
    at: 0,
    demo: false,
    drill: null,
  },
  person: { id: 'P1', name: '李梅', phone: '13900000004' },
  unit: 'U1',
  note: null,
  run: null,
  ticket: {
    ...{
      id: 'T-1',
      run: null,
      incident: 'I-1',
      caseCode: 'WL-1',
      severity: 'high',
      title: words,
      place: words,
      area: '',
    },
    ...{ stage: 'received', holder: 'U1', holderLevel: 'township', due: null },
  },
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
  run: 'R1',
});

test('a participant of a drill that runs is told', async () => {
  expect(await passedOut(drilled(['P1'], false))).toMatchObject({ sent: 1 });
});

test('of a drill, without a ticket: who takes no part is not told', async () => {
  const verdict = { state: 'refused', reason: 'no-participant' };
  expect(await passedOut({ ...drilled(['P2'], false), ticket: null })).toEqual({ verdict, sent: 0 });
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
