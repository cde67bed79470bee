import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { expect, test } from 'vitest';
import { Registry } from '../registry/registry.ts';
import { shippedRulebook } from '../shipped-rulebook.ts';
import { Effects } from './effects.ts';
import { EngineState } from './engine-state.ts';
import { tellHolder } from './tell-holder.ts';

const words = { zh: '火警', en: 'Fire' };
const ticket: TicketRecord = {
  ...{
    id: 'T-1',
    run: null,
    caseCode: 'WL-1',
    incident: 'I-1',
    severity: 'high',
    title: words,
    place: words,
  },
  ...{ workflow: 'wenling@1', stage: 'received', escalations: [], parties: [], evidence: [] },
  ...{ listed: null, followUp: null, reopened: 0 },
  ...{ area: '331081100', step: 'received', stepSince: 0, holder: 'U1', holderLevel: 'township' },
  ...{ holderName: words, due: { stage: 'accepted', since: 0, at: 60_000, limitMs: 60_000 }, overdue: false },
  ...{ moves: [], openedAt: 0, countedFrom: 0, closedAt: null, version: 1 },
};

function messagesOf(told: TicketRecord) {
  const county = { code: '331081', name: words, casePrefix: 'WL', demo: false };
  const effects = new Effects();
  const rulebook = shippedRulebook();
  const turn = {
    ...{ state: new EngineState(rulebook), registry: new Registry(county), rulebook, effects },
    ...{ no: 36, event: null, made: '', stirred: [], now: 0, day: '', timeZone: 'Asia/Shanghai' },
  };
  tellHolder(turn, 'opened', told);
  tellHolder(turn, 'raised', told);
  return effects.messages;
}

test('a message is named by the input that it tells of, and holds the ticket as it was', () => {
  const messages = messagesOf(ticket);
  expect(messages.map(({ id }) => id)).toEqual(['331081-M10-opened', '331081-M10.2-raised']);
  expect(messages[0]?.ticket).toMatchObject({ holder: 'U1', due: { stage: 'accepted', at: 60_000 } });
});

test('of a drill nobody is told', () => {
  expect(messagesOf({ ...ticket, run: 'R1' })).toEqual([]);
});
